"""Unlabelled unusualness: scikit-learn's IsolationForest on features made comparable within dwelling kind.

A value becomes the normal score of its rank among dwellings of the same kind, so a farm is compared with farms and
kWh with m2; tails stay tails. Missing becomes 0, the kind's median: a gap in the data is no reason to suspect anybody,
hence no missing flags either. (Liu, Ting & Zhou 2008, DOI 10.1109/ICDM.2008.17.)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd
from scipy.special import ndtri
from sklearn.ensemble import IsolationForest

from models.tables import Codes, Floats

SMALLEST_KIND = 200  # a rarer kind is compared with all dwellings
KNOTS = 500  # of the curve value -> normal score, per feature and kind
ENOUGH = 20_000  # rows from which a kind's curve is drawn, and from which the forest draws
CHUNK = 50_000  # rows scored at a time


@dataclass(eq=False)
class Isolation:
    """A Ranker that needs no labels. kind_columns: together they tell the dwelling kind; empty = one kind."""

    kind_columns: tuple[str, ...] = ()
    trees: int = 100
    seed: int = 0
    names_: tuple[str, ...] = field(default=(), init=False)
    columns_: tuple[str, ...] = field(default=(), init=False)
    curves_: dict[int, list[tuple[Floats, Floats]]] = field(default_factory=dict, init=False)
    forest_: Any = field(default=None, init=False)
    fitted_: Floats = field(default_factory=lambda: np.empty(0), init=False)  # `score` of the rows fitted on
    sorted_: Floats = field(default_factory=lambda: np.empty(0), init=False)

    def fit(self, X: pd.DataFrame, y: Floats | None = None, sample_weight: Floats | None = None) -> Self:
        """Learn from n x k `X`; labels and weights are not used. Columns without two different values are left out."""
        self.names_ = tuple(X.columns)
        self.columns_ = tuple(name for name in X.columns if X[name].min() < X[name].max())
        self.curves_ = {}
        kinds = self._kinds(X)
        values = X[list(self.columns_)].to_numpy(dtype=np.float64)
        for kind in np.unique(kinds):
            rows = np.flatnonzero(kinds == kind)
            if kind == -1 or len(rows) < SMALLEST_KIND:
                continue
            self.curves_[int(kind)] = _curves(values[_spread(rows)])
        self.curves_[-1] = _curves(values[_spread(np.arange(len(values)))])
        comparable = self.comparable(X)
        self.forest_ = IsolationForest(n_estimators=self.trees, max_samples=256, random_state=self.seed)
        self.forest_.fit(comparable[_spread(np.arange(len(comparable)))])  # each tree looks at 256 rows anyway
        raw = self.raw(comparable)
        self.sorted_ = np.sort(raw)
        self.fitted_ = self.percentile(raw)
        return self

    def score(self, X: pd.DataFrame) -> Floats:
        """n percentiles 0-1 of the population fitted on; higher = more unusual."""
        return self.percentile(self.raw(self.comparable(X)))

    def comparable(self, X: pd.DataFrame) -> Floats:
        """n x k normal scores within kind (0 = the kind's median, also where missing), float32 as the forest uses."""
        values = X[list(self.columns_)].to_numpy(dtype=np.float64)
        kinds = self._kinds(X)
        kinds = np.where(np.isin(kinds, list(self.curves_)), kinds, -1)
        out = np.zeros(values.shape, dtype=np.float32)
        for kind in np.unique(kinds):
            rows = np.flatnonzero(kinds == kind)
            for j, (at, score) in enumerate(self.curves_[int(kind)]):
                if len(at):
                    out[rows, j] = np.nan_to_num(np.interp(values[rows, j], at, score), nan=0.0)
        return out

    def raw(self, comparable: Floats) -> Floats:
        """The forest's own anomaly score, turned so that higher = more unusual."""
        parts = [self.forest_.score_samples(comparable[i : i + CHUNK]) for i in range(0, len(comparable), CHUNK)]
        return -np.concatenate(parts) if parts else np.empty(0)

    def percentile(self, raw: Floats) -> Floats:
        """Where a raw score lies among those of the population fitted on, 0-1."""
        return np.searchsorted(self.sorted_, raw, side="right") / len(self.sorted_)

    def _kinds(self, X: pd.DataFrame) -> Codes:
        """A stable number per kind: the mixed digits of its columns; -1 where one is missing."""
        code = np.zeros(len(X), dtype=np.int64)
        for name in self.kind_columns:
            values = X[name].to_numpy(dtype=np.float64)
            code = np.where(
                np.isnan(values) | (code < 0), -1, code * 1000 + np.nan_to_num(values).astype(np.int64) % 1000
            )
        return code


def _spread(rows: Codes) -> Codes:
    """At most ENOUGH of the rows, evenly."""
    return rows[:: max(1, len(rows) // ENOUGH)]


def _curves(values: Floats) -> list[tuple[Floats, Floats]]:
    return [_curve(values[:, j]) for j in range(values.shape[1])]


def _curve(values: Floats) -> tuple[Floats, Floats]:
    """(ascending values, their normal scores): the middle rank of ties, thinned to KNOTS points; the median is 0."""
    known = np.sort(values[np.isfinite(values)])
    if len(known) < 2:
        return np.empty(0), np.empty(0)
    at, counts = np.unique(known, return_counts=True)
    share = (np.cumsum(counts) - counts / 2) / len(known)
    if len(at) > KNOTS:
        keep = np.unique(np.linspace(0, len(at) - 1, KNOTS).round().astype(int))
        at, share = at[keep], share[keep]
    score = ndtri(share)
    return at, score - np.interp(np.median(known), at, score)
