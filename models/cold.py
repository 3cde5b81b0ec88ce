"""A cold start: no labels, so no learned model. Ranked on the declared directions of the features, and it says so.

Each feature adds how rare its value is in the direction that was declared to speak for the target (prior.py), and so
does the isolation forest's percentile; a group of features that tell of the same shares one voice. The same tables are
what a first model starts from, so labels correct this list and do not replace it. The account is exact: score = the sum
of its contributions. There is no probability: `kans` stays empty until outcomes come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.cuts import cut_points
from models.derived import UNUSUAL, with_unusual
from models.prior import RAREST, evidence_terms, start_weights
from models.rankers.isolation import Isolation
from models.tables import Floats, term_values


@dataclass(frozen=True, eq=False)
class ColdScore:
    """score, afwijking: n, 0-1, higher = more urgent, more unusual. terms, contributions: n x terms, its account."""

    score: Floats
    afwijking: Floats
    terms: tuple[tuple[str, ...], ...]
    contributions: Floats


def cold_score(
    X: pd.DataFrame, isolation: Isolation, directions: Mapping[str, int], groups: Mapping[str, str]
) -> ColdScore:
    """Score and account for every row of X. directions, groups: per feature; isolation: fitted on X.

    1 would be an address that is the rarest of all in every feature with a direction.
    """
    town = with_unusual(X, isolation.fitted_)
    borders = {name: cut_points(town[name].to_numpy(dtype=np.float64)) for name in town}
    speaking = {**directions, UNUSUAL.name: 1}
    terms = evidence_terms(town, {name: cuts for name, cuts in borders.items() if len(cuts)}, speaking)
    weights = start_weights(terms, groups)
    contributions = term_values(terms, town) * (weights / max(RAREST * weights.sum(), 1.0))
    return ColdScore(
        score=contributions.sum(axis=1),
        afwijking=isolation.fitted_,
        terms=tuple(term.features for term in terms),
        contributions=contributions,
    )
