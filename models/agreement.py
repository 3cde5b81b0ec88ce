"""Do desk and model agree? From judgements given before the score was shown, and from where people looked anyway.

Agreement is no virtue in itself: full agreement may mean that people follow the list, none that it does not help them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.evaluate import Interval
from models.since import share
from models.tables import Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Judgements:
    """n judgements of the desk on one target. picked: the desk would have it investigated; kans: 0-1 at that time."""

    picked: NDArray[np.bool_]
    kans: Floats


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """same: share on which desk and model say the same, the model saying yes to as many as the desk did.

    kappa: agreement beyond chance (1 = full, 0 = as by lot; Cohen 1960, DOI 10.1177/001316446002000104).
    ordered: chance that an address the desk picked has a higher kans than one it did not (0.5 = by lot).
    """

    n: int
    picked: int
    same: Interval
    kappa: float
    ordered: float


def agreement(judged: Judgements) -> Agreement | None:
    """None without judgements of both kinds."""
    n, picked = len(judged.picked), int(judged.picked.sum())
    if picked in (0, n):
        return None
    ahead = np.zeros(n, dtype=bool)
    ahead[np.argsort(-judged.kans, kind="stable")[:picked]] = True
    agreed = int((ahead == judged.picked).sum())
    by_lot = (picked / n) ** 2 + (1 - picked / n) ** 2
    return Agreement(
        n=n,
        picked=picked,
        same=share(agreed, n),
        kappa=(agreed / n - by_lot) / (1 - by_lot),
        ordered=_ordered(judged),
    )


def _ordered(judged: Judgements) -> float:
    """The share of pairs in the right order, ties half (Mann & Whitney 1947), by ranks."""
    _, place, often = np.unique(judged.kans, return_inverse=True, return_counts=True)
    rank = (np.cumsum(often) - (often - 1) / 2)[place]
    picked, n = int(judged.picked.sum()), len(judged.picked)
    above = rank[judged.picked].sum() - picked * (picked + 1) / 2
    return float(above / (picked * (n - picked)))
