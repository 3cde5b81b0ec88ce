"""The simplest challenger: one feature, sorted up or down, chosen by its average precision on the training labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import numpy as np
import pandas as pd

from models.evaluate import average_precision
from models.tables import Floats

LAST = -1e30


@dataclass(eq=False)
class Single:
    """A Ranker that needs labels. A missing value comes last. name_, sign_: what was chosen."""

    name_: str = field(default="", init=False)
    sign_: int = field(default=1, init=False)
    sorted_: Floats = field(default_factory=lambda: np.empty(0), init=False)

    def fit(self, X: pd.DataFrame, y: Floats | None = None, sample_weight: Floats | None = None) -> Self:
        """Choose; ties go to the first column. Weights are not used."""
        if y is None or not y.any():
            raise ValueError("Expected a positive label.")
        best = -1.0
        for name in X.columns:
            values = X[name].to_numpy(dtype=np.float64)
            for sign in (1, -1):
                found = average_precision(y, _last_where_missing(sign * values))
                if found > best:
                    best, self.name_, self.sign_ = found, str(name), sign
        self.sorted_ = np.sort(_last_where_missing(self.sign_ * X[self.name_].to_numpy(dtype=np.float64)))
        return self

    def score(self, X: pd.DataFrame) -> Floats:
        """n shares 0-1 of the rows fitted on that lie below: so the features of two folds can be laid together."""
        if not self.name_:
            raise ValueError("Expected fit first.")
        values = _last_where_missing(self.sign_ * X[self.name_].to_numpy(dtype=np.float64))
        return np.searchsorted(self.sorted_, values, side="left") / len(self.sorted_)


def _last_where_missing(values: Floats) -> Floats:
    """Missing becomes a number below all that fits in a feature; not -inf, which cannot be subtracted from itself."""
    return np.where(np.isnan(values), LAST, values)
