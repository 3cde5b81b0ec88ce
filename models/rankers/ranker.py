"""What every ranker is: something that learns from numbers (or from nothing) and puts the urgent rows first."""

from __future__ import annotations

from typing import Protocol, Self

import pandas as pd

from models.tables import Floats


class Ranker(Protocol):
    """One numeric frame in, one number per row out. Missing values are NaN; every ranker lives with them."""

    def fit(self, X: pd.DataFrame, y: Floats | None = None, sample_weight: Floats | None = None) -> Self:
        """Learn from n x k `X`; y: 1 = the target holds, 0 = not. Rankers that need no labels take y = None."""

    def score(self, X: pd.DataFrame) -> Floats:
        """n numbers; higher = more urgent."""
