"""A fitted ExplainableBoostingClassifier as tables, equal to the library's own output (law 3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from models.tables import Term


def terms_of(ebm: Any) -> tuple[Term, ...]:
    """The library's terms as ours, in its order.

    interpret-core 0.7.8: `bins_[feature][0]` are the cuts of the main effect, `[1]` (if present) those of pairs;
    `term_scores_[t]` has per axis missing, the cells, unknown. Raises ValueError for anything but continuous features.
    """
    if any(kind != "continuous" for kind in ebm.feature_types_in_):
        raise ValueError("Expected continuous features only: give numeric columns and explicit cuts.")
    terms = []
    for features, scores in zip(ebm.term_features_, ebm.term_scores_, strict=True):
        levels = [ebm.bins_[feature] for feature in features]
        terms.append(
            Term(
                features=tuple(str(ebm.feature_names_in_[feature]) for feature in features),
                cuts=tuple(np.asarray(level[min(len(level), len(features)) - 1], dtype=np.float64) for level in levels),
                scores=np.asarray(scores, dtype=np.float64),
            )
        )
    return tuple(terms)


def intercept_of(ebm: Any) -> float:
    """The library's intercept, log-odds."""
    return float(np.asarray(ebm.intercept_).ravel()[0])
