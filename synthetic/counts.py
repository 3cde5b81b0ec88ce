"""Intervals of persons at addresses -> how many per address and month (state of the 15th)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.params import Params

Ints = npt.NDArray[np.int64]


def per_month(
    address: Ints, van: Ints, tot: Ints, size: int, params: Params, weight: Ints | int = 1
) -> npt.NDArray[np.int16]:
    """n x M: the sum of `weight` over intervals [van, tot) that hold the 15th of the month."""
    middle = params.month_starts[:-1].astype(np.int64) + 14
    first, last = np.searchsorted(middle, van), np.searchsorted(middle, tot)
    keep = (address >= 0) & (last > first)
    weights = np.broadcast_to(weight, len(address))[keep].astype(np.int32)
    grid = np.zeros((size, params.months + 1), dtype=np.int32)
    np.add.at(grid, (address[keep], first[keep]), weights)
    np.add.at(grid, (address[keep], last[keep]), -weights)
    return np.cumsum(grid, axis=1)[:, :-1].astype(np.int16)


def of_stays(stays: pd.DataFrame, size: int, params: Params) -> npt.NDArray[np.int16]:
    """n x M: the number of stays (columns address, van, tot) that hold the 15th of the month."""
    return per_month(stays["address"].to_numpy(), stays["van"].to_numpy(), stays["tot"].to_numpy(), size, params)
