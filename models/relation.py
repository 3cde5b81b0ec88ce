"""Two of the five tests in figures: how a feature goes with the outcomes, and with the groups of the audit.

Statistical test: the chance that a positive has the higher value (AUC; 2 x AUC - 1 is the rank-biserial correlation,
Cureton 1956, DOI 10.1007/BF02289138), with the spread of DeLong et al. (1988, DOI 10.2307/2531595), weighted rows
included, and Wilson's interval on as many draws as that spread is worth, so that it stays within 0-1.
Proxy test: Cramer's V, 0 = tells nothing of the group, 1 = gives it away, with Bergsma's correction for chance (2013,
DOI 10.1016/j.jkss.2012.10.002); and the group whose values lie furthest from those of all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from models.groups import NOBODY
from models.proportions import Rate, effective, share, unknown
from models.tables import Codes, Floats

FEWEST = 5  # positives, and as many negatives, below which a relation is not given
CLASSES = 10  # values of a feature are told apart by tenths, and unknown
SMALLEST = 50  # rows of a group that is named


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """How much a feature tells of one grouping. group: which it tells most of; higher: the chance that somebody of that
    group has the higher value than somebody of the others (0.5 = the same)."""

    grouping: str
    strength: float
    group: str
    higher: float


def auc(x: Floats, y: Floats, weight: Floats) -> Rate:
    """The chance that a positive (y 1) has the higher x, ties half; rows without x are left out. n: rows used."""
    known = ~np.isnan(x)
    x, y, weight = x[known], y[known], weight[known]
    positive = y == 1
    if min(positive.sum(), (~positive).sum()) < FEWEST:
        return unknown(len(x))
    above = _beaten(x[positive], x[~positive], weight[~positive])
    below = 1 - _beaten(x[~positive], x[positive], weight[positive])
    value = float(np.average(above, weights=weight[positive]))
    spread = _spread(above - value, weight[positive]) + _spread(below - value, weight[~positive])
    least = min(effective(weight[positive]), effective(weight[~positive]))
    worth = value * (1 - value) / spread if spread > 0 else least  # all on one side: no more than its rows are worth
    return share(value, worth, len(x))


def _beaten(x: Floats, other: Floats, weight: Floats) -> Floats:
    """Per x the weighted share of `other` that lies below it, ties half."""
    order = np.argsort(other, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(weight[order])])
    low, high = np.searchsorted(other[order], x, "left"), np.searchsorted(other[order], x, "right")
    return (total[low] + total[high]) / 2 / total[-1]


def _spread(gap: Floats, weight: Floats) -> float:
    return float((weight**2 * gap**2).sum() / weight.sum() ** 2)


def verdict(direction: int, found: Sequence[Rate]) -> str:
    """Dutch: what the first known figure says of the declared direction (+1, -1; 0 = none declared)."""
    figure = next((rate for rate in found if rate.known), None)
    if figure is None:
        return "te weinig"
    up, down = figure.low > 0.5, figure.high < 0.5
    if not up and not down:
        return "niet te zien"
    if direction == 0:
        return "hoger bij raak" if up else "lager bij raak"
    return "bevestigd" if up == (direction > 0) else "spreekt tegen"


def proxies(x: Floats, groups: pd.DataFrame) -> tuple[Proxy, ...]:
    """One per grouping with at least two groups large enough, strongest first. groups: n x groupings."""
    classes = _classes(x)
    found = [_proxy(name, x, classes, groups[name]) for name in groups.columns]
    return tuple(sorted(filter(None, found), key=lambda proxy: -proxy.strength))


def _proxy(name: str, x: Floats, classes: Codes, groups: pd.Series) -> Proxy | None:
    codes, names = pd.factorize(groups)
    sizes = np.bincount(codes, minlength=len(names))
    usable = (sizes >= SMALLEST) & (np.asarray(names) != NOBODY)
    rows = usable[codes]
    if usable.sum() < 2:
        return None
    _, codes_here = np.unique(codes[rows], return_inverse=True)
    kept = np.asarray(names)[usable]
    higher = _higher(x[rows], codes_here, len(kept))
    furthest = int(np.argmax(np.abs(np.nan_to_num(higher, nan=0.5) - 0.5)))
    return Proxy(
        grouping=name,
        strength=cramers_v(classes[rows], codes_here),
        group=str(kept[furthest]),
        higher=float(higher[furthest]),
    )


def _classes(x: Floats) -> Codes:
    """Tenths of the known values, 0 = unknown."""
    known = ~np.isnan(x)
    if not known.any():
        return np.zeros(len(x), dtype=np.int64)
    edges = np.unique(np.quantile(x[known], np.arange(1, CLASSES) / CLASSES))
    return np.where(known, 1 + np.searchsorted(edges, x, "left"), 0).astype(np.int64)


def cramers_v(one: Codes, other: Codes) -> float:
    """Bias-corrected; 0 where either has one value only."""
    _, one = np.unique(one, return_inverse=True)
    _, other = np.unique(other, return_inverse=True)
    r, k, n = int(one.max()) + 1, int(other.max()) + 1, len(one)
    if min(r, k) < 2 or n < 2:
        return 0.0
    table = np.bincount(one * k + other, minlength=r * k).reshape(r, k).astype(np.float64)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    phi = float(((table - expected) ** 2 / expected).sum()) / n
    phi = max(0.0, phi - (r - 1) * (k - 1) / (n - 1))
    rows, columns = r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)
    return float(np.sqrt(phi / (min(rows, columns) - 1)))


def _higher(x: Floats, codes: Codes, size: int) -> Floats:
    """Per group the chance that its value is the higher one, ties half; NaN where a side has no known value."""
    known = ~np.isnan(x)
    ranks, codes = rankdata(x[known]), codes[known]
    n = np.bincount(codes, minlength=size).astype(np.float64)
    others = len(ranks) - n
    wins = np.bincount(codes, weights=ranks, minlength=size) - n * (n + 1) / 2
    return np.where((n > 0) & (others > 0), wins / np.where(n * others > 0, n * others, 1.0), np.nan)
