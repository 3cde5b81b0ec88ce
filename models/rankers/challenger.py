"""The black-box challenger: scikit-learn's histogram gradient boosting.

Never published; it shows what transparency costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

from models.tables import Floats


@dataclass(eq=False)
class Challenger:
    """A Ranker that needs labels. directions: monotone constraints; empty = unrestricted."""

    directions: Mapping[str, int] = field(default_factory=dict)
    rounds: int = 200
    seed: int = 0
    columns_: tuple[str, ...] = field(default=(), init=False)
    model_: Any = field(default=None, init=False)

    def fit(self, X: pd.DataFrame, y: Floats | None = None, sample_weight: Floats | None = None) -> Self:
        """Learn from labels y (0/1). Columns that are missing everywhere stay out: the library crashes on them."""
        if y is None or len(np.unique(y)) < 2:
            raise ValueError("Expected labels of both kinds.")
        self.columns_ = tuple(name for name in X.columns if X[name].notna().any())
        self.model_ = HistGradientBoostingClassifier(
            max_iter=self.rounds,
            learning_rate=0.05,
            max_leaf_nodes=15,
            min_samples_leaf=20,
            early_stopping=False,
            monotonic_cst=[self.directions.get(name, 0) for name in self.columns_],
            random_state=self.seed,
        )
        self.model_.fit(X[list(self.columns_)].to_numpy(dtype=np.float64), y.astype(np.int64), sample_weight)
        return self

    def score(self, X: pd.DataFrame) -> Floats:
        """n log-odds, higher = more likely; not calibrated."""
        if self.model_ is None:
            raise ValueError("Expected fit first.")
        return np.asarray(self.model_.decision_function(X[list(self.columns_)].to_numpy(dtype=np.float64)))
