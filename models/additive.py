"""Tables from few labels: one convex problem, shrunk to what was known before (a prior, or the region's tables).

Minimises weighted log-loss + strength/2 * sum((step - scale * start)^2) over intercept, a common scale >= 0 and the
STEPS of each feature's table: from one cell to the next, and to the missing cell from the lowest. Ridge on steps makes
smooth tables out of few labels (penalised B-splines of degree 0: Eilers & Marx 1996, DOI 10.1214/ss/1038425655), and a
declared direction is a bound on them, so it holds exactly. There is one optimum: the order of features says nothing,
and the same labels give the same tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from models.tables import Floats, Term, bins, probability

ROUNDS = 200  # of L-BFGS-B; some 60 are used


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of all features side by side: per feature missing, then from low to high. directions: +1, -1 or 0."""

    cuts: Mapping[str, Floats]
    directions: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Where each feature's cells begin, and where the last ends."""
        return np.concatenate([[0], np.cumsum([len(cuts) + 2 for cuts in self.cuts.values()], dtype=np.int64)])

    @cached_property
    def feature(self) -> NDArray[np.int64]:
        """The feature of each cell."""
        return np.repeat(np.arange(len(self.cuts)), np.diff(self.ends))

    def cells(self, X: pd.DataFrame) -> sparse.csr_matrix:
        """n x cells: 1 in the cell of each feature's value."""
        n, width = len(X), len(self.cuts)
        at = np.empty((n, width), dtype=np.int32)
        for column, (name, cuts, first) in enumerate(zip(self.cuts, self.cuts.values(), self.ends, strict=False)):
            at[:, column] = bins(X[name].to_numpy(dtype=np.float64), cuts) + first
        rows = np.arange(n + 1, dtype=np.int64) * width
        return sparse.csr_matrix((np.ones(at.size), at.ravel(), rows), shape=(n, int(self.ends[-1])))

    def bounds(self) -> tuple[Floats, Floats]:
        """Lowest and highest step per cell; the lowest cell of a feature is 0: the intercept holds its level."""
        ends = self.ends
        low, high = np.full(ends[-1], -np.inf), np.full(ends[-1], np.inf)
        for name, first, end in zip(self.cuts, ends[:-1], ends[1:], strict=True):
            low[first + 1] = high[first + 1] = 0.0
            if direction := self.directions.get(name, 0):
                (low if direction > 0 else high)[first + 2 : end] = 0.0
        return low, high

    def levels(self, steps: Floats) -> Floats:
        """Steps -> the score of each cell."""
        first = self.ends[:-1]
        inner = steps.copy()
        inner[first] = 0.0
        total = inner.cumsum()
        total -= total[first][self.feature]
        total[first] = steps[first]
        return total

    def steps(self, levels: Floats) -> Floats:
        """The score of each cell -> steps, each table moved so that its lowest cell is 0."""
        first = self.ends[:-1]
        steps = np.diff(levels, prepend=0.0)
        steps[first] = levels[first] - levels[first + 1]
        steps[first + 1] = 0.0
        return steps

    def gathered(self, slope: Floats) -> Floats:
        """The slope of a loss in each cell -> in each step: a step lifts every cell from its own on."""
        first, last = self.ends[:-1], self.ends[1:] - 1
        inner = slope.copy()
        inner[first] = 0.0
        total = inner[::-1].cumsum()[::-1]
        total += (inner[last] - total[last])[self.feature]
        total[first] = slope[first]
        return total

    def of_terms(self, terms: Sequence[Term]) -> Floats:
        """The score of each cell in tables of single features on this grid's cuts; 0 where there is no table."""
        place = dict(zip(self.cuts, self.ends, strict=False))
        levels = np.zeros(int(self.ends[-1]))
        for term in terms:
            first = place[term.features[0]]
            levels[first : first + len(term.scores) - 1] += term.scores[:-1]
        return levels

    def terms(self, levels: Floats) -> tuple[Term, ...]:
        """One table per feature; unknown scores 0."""
        parts = np.split(levels, self.ends[1:-1])
        return tuple(
            Term(features=(name,), cuts=(cuts,), scores=np.append(part, 0.0))
            for (name, cuts), part in zip(self.cuts.items(), parts, strict=True)
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Additive:
    """log-odds = intercept + cells @ levels. scale: how much of the start was taken (1 = as it was)."""

    intercept: float
    levels: Floats
    scale: float

    def score(self, cells: sparse.csr_matrix) -> Floats:
        """n x cells -> n log-odds, higher = more likely."""
        return self.intercept + cells @ self.levels


def fit_additive(
    grid: Grid,
    cells: sparse.csr_matrix,
    y: Floats,
    weight: Floats,
    start: Floats,
    strength: float,
    *,
    free_scale: bool = True,
) -> Additive:
    """Learn from n rows; y 0/1 with weights. start: the score per cell that is shrunk to; strength: how strongly (> 0).

    free_scale: a common scale of the start is learned too (with 0 the start is as good as absent); else it is 1.
    """
    begin, back = grid.steps(start), cells.T.tocsr()
    low, high = grid.bounds()
    scaled = free_scale and bool(np.any(begin))

    def loss(at: Floats) -> tuple[float, Floats]:
        intercept, scale, steps = at[0], at[1], at[2:]
        score = intercept + cells @ grid.levels(steps)
        gap = steps - scale * begin
        residual = weight * (probability(score) - y)
        value = (weight * (np.logaddexp(0.0, score) - y * score)).sum() + strength / 2 * (gap @ gap)
        slope = np.empty_like(at)
        slope[0] = residual.sum()
        slope[1] = -strength * (gap @ begin) if scaled else 0.0
        slope[2:] = grid.gathered(back @ residual) + strength * gap
        return float(value), slope

    rate = np.log(max((weight * y).sum(), 0.5) / max((weight * (1 - y)).sum(), 0.5))
    first = np.concatenate([[rate, 1.0], np.clip(begin, low, high)])
    bounds = [(None, None), (0.0, None) if scaled else (1.0, 1.0), *zip(low, high, strict=True)]
    found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": ROUNDS, "maxcor": 20})
    return Additive(intercept=float(found.x[0]), levels=grid.levels(found.x[2:]), scale=float(found.x[1]))
