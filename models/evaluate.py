"""How good a ranking is: precision, recall and lift in the first k, average precision; ties and uncertainty shown.

With ties at the border the first k is not one set: `worst` and `best` are its bounds and `expected` its mean over all
orders of the tied rows, so that no ranking gains by the order of its rows. `measure.py` does the same for many redraws
at once; these plain functions are its oracle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.tables import Floats


@dataclass(frozen=True, kw_only=True)
class Precision:
    """Share of true rows among the first k."""

    worst: float
    expected: float
    best: float


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A figure with its 90% interval."""

    value: float
    low: float
    high: float


def precision_at(y: Floats, score: Floats, k: int) -> Precision:
    """Precision in the first k (k is cut to n; 0 rows give NaN). y 0/1; score higher = earlier."""
    k = min(k, len(y))
    if k == 0:
        return Precision(worst=float("nan"), expected=float("nan"), best=float("nan"))
    border = np.partition(score, len(score) - k)[len(score) - k]
    above, tied = score > border, score == border
    sure, room, hits = y[above].sum(), k - above.sum(), y[tied].sum()
    misses = tied.sum() - hits
    return Precision(
        worst=float(sure + max(0, room - misses)) / k,
        expected=float(sure + room * hits / tied.sum()) / k,
        best=float(sure + min(room, hits)) / k,
    )


def average_precision(y: Floats, score: Floats) -> float:
    """Area under precision-recall in steps, tied rows entering together; NaN without positives."""
    positives = y.sum()
    if positives == 0:
        return float("nan")
    order = np.argsort(-score, kind="stable")
    ordered, truth = score[order], y[order]
    last = np.flatnonzero(np.append(np.diff(ordered) != 0, True))
    hits = np.cumsum(truth)[last]
    gained = np.diff(np.concatenate([[0.0], hits]))
    return float((hits / (last + 1) * gained).sum() / positives)


def redrawn(
    figure: Callable[[Floats, Floats], float], y: Floats, score: Floats, *, seed: int, draws: int = 200
) -> Floats:
    """`figure` on `draws` bootstrap samples: positives and negatives redrawn apart, so their numbers stay."""
    rng = np.random.default_rng(seed)
    strata = [np.flatnonzero(y == 1), np.flatnonzero(y != 1)]
    values = np.empty(draws)
    for draw in range(draws):
        rows = np.concatenate([rng.choice(stratum, len(stratum)) for stratum in strata if len(stratum)])
        values[draw] = figure(y[rows], score[rows])
    return values


def interval(
    figure: Callable[[Floats, Floats], float], y: Floats, score: Floats, *, seed: int, draws: int = 200
) -> Interval:
    """`figure` with its 90% bootstrap interval."""
    low, high = np.quantile(redrawn(figure, y, score, seed=seed, draws=draws), [0.05, 0.95])
    return Interval(value=figure(y, score), low=float(low), high=float(high))
