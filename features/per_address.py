"""From rows to addresses: counts, sums and medians as arrays of length n, by position.

Every function takes `adres` (integer positions, -1 = not linked: ignored) and `size` (n, the number of addresses) and
gives float64 of length n. None depends on the order of the rows.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def count(adres: Ints, size: int) -> Floats:
    """Rows per address; 0 where there are none."""
    return total(adres, np.ones(len(adres)), size)


def total(adres: Ints, values: Floats, size: int) -> Floats:
    """Sum of `values` (no NaN) per address; 0 where there are none."""
    linked = adres >= 0
    sums = np.bincount(adres[linked], weights=values[linked], minlength=size)
    return sums.astype(np.float64, copy=False)


def highest(adres: Ints, values: Floats, size: int, *, empty: float = np.nan) -> Floats:
    """Largest of `values` (NaN skipped) per address; `empty` where there are none."""
    usable = (adres >= 0) & ~np.isnan(values)
    found = np.full(size, -np.inf)
    np.maximum.at(found, adres[usable], values[usable])
    return np.where(np.isneginf(found), empty, found)


def lowest(adres: Ints, values: Floats, size: int, *, empty: float = np.nan) -> Floats:
    """Smallest of `values` (NaN skipped) per address; `empty` where there are none."""
    return -highest(adres, -values, size, empty=-empty)


def distinct(adres: Ints, things: Ints, size: int) -> Floats:
    """Number of different `things` (integer codes, >= 0) per address; 0 where there are none."""
    linked = adres >= 0
    pairs = np.unique(_pair(adres[linked], things[linked]))
    return np.bincount(pairs >> 32, minlength=size).astype(np.float64)


def largest_share(adres: Ints, things: Ints, size: int) -> Floats:
    """How often the commonest of `things` (integer codes, >= 0) occurs per address; 0 where there are none."""
    linked = adres >= 0
    pairs, times = np.unique(_pair(adres[linked], things[linked]), return_counts=True)
    return highest(pairs >> 32, times.astype(np.float64), size, empty=0.0)


def median(adres: Ints, values: Floats, size: int) -> Floats:
    """Median of `values` (NaN skipped) per address; NaN where there are none."""
    usable = (adres >= 0) & ~np.isnan(values)
    rows, kept = adres[usable], values[usable]
    ordered = kept[np.lexsort((kept, rows))]
    times = np.bincount(rows, minlength=size)
    start = np.cumsum(times) - times
    result = np.full(size, np.nan)
    some = times > 0
    low = ordered[start[some] + (times[some] - 1) // 2]
    high = ordered[start[some] + times[some] // 2]
    result[some] = (low + high) / 2
    return result


def _pair(adres: Ints, things: Ints) -> npt.NDArray[np.int64]:
    return (adres.astype(np.int64) << 32) | things.astype(np.int64)
