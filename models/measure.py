"""Every figure of a ranking with its interval, from one set of redraws: a matrix of how often each row was drawn.

Row 0 of the matrix is the sample as it is, the others are bootstrap samples of it (positives and negatives redrawn
apart, so their numbers stay). All contenders are measured on the same redraws, so the difference of two is paired.
`evaluate.redrawn`, a plain loop, is the oracle in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.evaluate import Interval, precision_at
from models.figures import AtK, Measured
from models.tables import Floats

DRAWS = 200
DEPTHS = (8, 20, 60, 200)
PERCENT, CAPACITY = "1%", "capaciteit"


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcomes:
    """n rows to be ranked. y: 0/1; weight: what a row stands for (1 = itself); counts: draws + 1 x n, see above."""

    y: Floats
    weight: Floats
    counts: Floats

    @classmethod
    def of(cls, y: Floats, *, weight: Floats | None = None, seed: int = 0, draws: int = DRAWS) -> Outcomes:
        """Draw the matrix; the same for the same seed."""
        rng = np.random.default_rng(seed)
        counts = np.ones((draws + 1, len(y)))
        for stratum in (np.flatnonzero(y == 1), np.flatnonzero(y != 1)):
            if len(stratum):
                drawn = rng.integers(0, len(stratum), (draws, len(stratum))) + np.arange(draws)[:, None] * len(stratum)
                counts[1:, stratum] = np.bincount(drawn.ravel(), minlength=draws * len(stratum)).reshape(draws, -1)
        return cls(y=y, weight=np.ones(len(y)) if weight is None else weight, counts=counts)


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """One ranking of the outcomes, per redraw (row) and group of tied rows (column): running sums from the top.

    rows: number of rows; mass: what they stand for; hits: the part of that which is positive.
    """

    rows: Floats
    mass: Floats
    hits: Floats

    @classmethod
    def of(cls, outcomes: Outcomes, score: Floats) -> Curve:
        """score: n, higher = earlier."""
        order = np.argsort(-score, kind="stable")
        last = np.flatnonzero(np.append(np.diff(score[order]) != 0, True))
        rows = np.cumsum(outcomes.counts[:, order], axis=1)
        mass = outcomes.counts[:, order] * outcomes.weight[order]
        hits = np.cumsum(mass * outcomes.y[order], axis=1)
        return cls(rows=rows[:, last], mass=np.cumsum(mass, axis=1)[:, last], hits=hits[:, last])

    def average_precision(self) -> Floats:
        """Per redraw: area under precision-recall in steps, tied rows entering together; NaN without positives."""
        gained = np.diff(self.hits, axis=1, prepend=0.0)
        precision = np.divide(self.hits, self.mass, out=np.zeros_like(self.hits), where=self.mass > 0)
        total = self.hits[:, -1]
        return np.divide((precision * gained).sum(axis=1), total, out=np.full(len(total), np.nan), where=total > 0)

    def until(self, k: int) -> tuple[Floats, Floats]:
        """(mass, hits) of the first k rows per redraw; rows tied at the border count for the share that fits."""
        at = (self.rows < k).sum(axis=1)
        draw = np.arange(len(self.rows))
        before = np.maximum(at - 1, 0)
        rows, mass, hits = (np.where(at > 0, part[draw, before], 0.0) for part in (self.rows, self.mass, self.hits))
        share = (k - rows) / np.maximum(self.rows[draw, at] - rows, 1e-12)
        return mass + share * (self.mass[draw, at] - mass), hits + share * (self.hits[draw, at] - hits)


def interval(values: Floats) -> Interval:
    """Value (row 0) and the 90% interval of the redraws."""
    if not np.isfinite(values).all():
        return Interval(value=float(values[0]), low=float("nan"), high=float("nan"))
    low, high = np.quantile(values[1:], [0.05, 0.95])
    return Interval(value=float(values[0]), low=float(low), high=float(high))


def depths(n: int, capacity: int) -> tuple[tuple[str, int], ...]:
    """The k that n rows allow, by name. capacity: the team's; cut to n; 0 = unknown, left out."""
    found = [(str(k), k) for k in DEPTHS if k <= n] + [(PERCENT, max(1, round(n / 100)))]
    return tuple(found + ([(CAPACITY, min(capacity, n))] if capacity else []))


def measured(
    contender: str, outcomes: Outcomes, score: Floats, profiles: Floats, at: Sequence[tuple[str, int]]
) -> Measured:
    """All figures of one contender. profiles: the rules' score on the same rows, for the paired difference."""
    curve = Curve.of(outcomes, score)
    found = curve.average_precision()
    return Measured(
        contender=contender,
        n=len(outcomes.y),
        positives=int(outcomes.y.sum()),
        at=tuple(_at(name, k, curve, outcomes, score) for name, k in at),
        average_precision=interval(found),
        difference=interval(found - Curve.of(outcomes, profiles).average_precision()),
    )


def difference(outcomes: Outcomes, score: Floats, other: Floats) -> Interval:
    """Average precision of `score` minus that of `other`, paired."""
    pair = [Curve.of(outcomes, one).average_precision() for one in (score, other)]
    return interval(pair[0] - pair[1])


def _at(name: str, k: int, curve: Curve, outcomes: Outcomes, score: Floats) -> AtK:
    mass, hits = curve.until(k)
    precision = np.divide(hits, mass, out=np.zeros_like(hits), where=mass > 0)
    total, share = curve.hits[:, -1], curve.hits[:, -1] / curve.mass[:, -1]
    unknown = np.full(len(hits), np.nan)
    ties = precision_at(outcomes.y, score, k)
    return AtK(
        name=name,
        k=k,
        precision=interval(precision),
        recall=interval(np.divide(hits, total, out=unknown.copy(), where=total > 0)),
        lift=interval(np.divide(precision, share, out=unknown.copy(), where=share > 0)),
        hits=interval(precision * k),
        worst=ties.worst,
        best=ties.best,
    )
