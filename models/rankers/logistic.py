"""The plain challenger: logistic regression on standardised features, with a flag where a value is missing.

Never published; it shows what the glass box gains over the method everybody knows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from models.tables import Floats

FAR = 5.0  # standard deviations: past that a value counts the same, or one typing error would decide a score


@dataclass(eq=False)
class Logistic:
    """A Ranker that needs labels. C: inverse strength of the ridge; missing values become the median, and a flag."""

    C: float = 0.1
    columns_: tuple[str, ...] = field(default=(), init=False)
    median_: Floats = field(default_factory=lambda: np.empty(0), init=False)
    mean_: Floats = field(default_factory=lambda: np.empty(0), init=False)
    sd_: Floats = field(default_factory=lambda: np.empty(0), init=False)
    model_: Any = field(default=None, init=False)

    def fit(self, X: pd.DataFrame, y: Floats | None = None, sample_weight: Floats | None = None) -> Self:
        """Learn from labels y (0/1). Columns that are missing everywhere stay out."""
        if y is None or len(np.unique(y)) < 2:
            raise ValueError("Expected labels of both kinds.")
        self.columns_ = tuple(name for name in X.columns if X[name].notna().any())
        values = X[list(self.columns_)].to_numpy(dtype=np.float64)
        self.median_ = np.nanmedian(values, axis=0)
        wide = self._wide(values)
        self.mean_, self.sd_ = wide.mean(axis=0), wide.std(axis=0)
        self.sd_ = np.where(self.sd_ > 0, self.sd_, 1.0)
        self.model_ = LogisticRegression(C=self.C, max_iter=2000, tol=1e-3)
        self.model_.fit(self._standard(wide), y.astype(np.int64), sample_weight)
        return self

    def score(self, X: pd.DataFrame) -> Floats:
        """n log-odds, higher = more likely; not calibrated."""
        if self.model_ is None:
            raise ValueError("Expected fit first.")
        wide = self._wide(X[list(self.columns_)].to_numpy(dtype=np.float64))
        return np.asarray(self.model_.decision_function(self._standard(wide)))

    def _wide(self, values: Floats) -> Floats:
        """n x k values -> n x 2k: the values with the median where missing, then the flags."""
        missing = np.isnan(values)
        return np.hstack([np.where(missing, self.median_, values), missing.astype(np.float64)])

    def _standard(self, wide: Floats) -> Floats:
        return np.clip((wide - self.mean_) / self.sd_, -FAR, FAR)
