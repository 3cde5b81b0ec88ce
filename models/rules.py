"""A rule of practice: when certain values meet, an address gets points. As tables, so that rules explain themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.tables import Floats, Term, bins


@dataclass(frozen=True, kw_only=True)
class When:
    """The value of `feature` is at least / at most so much. An unknown value never meets a condition."""

    feature: str
    at_least: float | None = None
    at_most: float | None = None

    def cuts(self) -> Floats:
        """The borders between met and not met."""
        low = [] if self.at_least is None else [self.at_least]
        high = [] if self.at_most is None else [float(np.nextafter(self.at_most, np.inf))]
        return np.array(low + high)

    def met(self) -> NDArray[np.bool_]:
        """Per cell of the borders (missing, from low to high, unknown) whether the condition is met."""
        cells = np.zeros(len(self.cuts()) + 3, dtype=bool)
        cells[2 if self.at_least is not None else 1] = True
        return cells


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`points` where all conditions (one, or two on different features) are met. source: who works by it."""

    name: str
    source: str
    points: float
    when: tuple[When, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """The features it reads."""
        return tuple(condition.feature for condition in self.when)

    def hits(self, X: pd.DataFrame) -> NDArray[np.bool_]:
        """n: whether the rule is met; nowhere where a feature it reads is absent."""
        met = np.ones(len(X), dtype=bool)
        for condition in self.when:
            if condition.feature not in X.columns:
                return np.zeros(len(X), dtype=bool)
            values = X[condition.feature].to_numpy(dtype=np.float64)
            met &= condition.met()[bins(values, condition.cuts())]
        return met

    def term(self) -> Term:
        """The rule as a table of its points."""
        masks = [condition.met() for condition in self.when]
        cells = masks[0] if len(masks) == 1 else np.logical_and.outer(masks[0], masks[1])
        return Term(
            features=self.features,
            cuts=tuple(condition.cuts() for condition in self.when),
            scores=cells.astype(np.float64) * self.points,
        )
