"""A cold start: no labels, so no learned model. Ranked on unusualness and the rules of practice, and it says so.

score (0-1) = half the isolation forest's percentile + half the rules' points, full marks from FULL points on. Reasons:
what each rule adds, and by how much the percentile falls when a group of features is set to what is typical of its
peers. There is no probability: `kans` stays empty until outcomes come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.rankers.isolation import Isolation
from models.rankers.profiles import Profiles
from models.tables import Floats

HALF = 0.5
FULL = 6.0  # points of the rules that count as full marks
EXPLAINED = 0.10  # the part of the list (bands A-D) whose unusualness is taken apart: each group costs one more scoring


@dataclass(frozen=True, eq=False)
class ColdScore:
    """score, afwijking: n, 0-1, higher = more urgent, more unusual. terms, contributions: n x terms, change in score.

    The contributions need not add up to the score: what no single rule or group accounts for is left (`overige`).
    """

    score: Floats
    afwijking: Floats
    terms: tuple[tuple[str, ...], ...]
    contributions: Floats


def cold_score(X: pd.DataFrame, isolation: Isolation, profiles: Profiles, groups: Mapping[str, str]) -> ColdScore:
    """Score and account for every row of X. groups: feature -> group; isolation: fitted on X."""
    comparable = isolation.comparable(X)
    unusual = isolation.fitted_
    points = profiles.score(X)
    share = np.minimum(points, FULL) / np.where(points > 0, points, 1.0) * (HALF / FULL)
    parts: dict[tuple[str, ...], Floats] = {}
    for rule in profiles.rules:
        _add(parts, rule.features, rule.hits(X) * rule.points * share)
    score = HALF * unusual + points * share
    top = np.flatnonzero(score >= np.quantile(score, 1 - EXPLAINED)) if len(score) else np.empty(0, dtype=np.int64)
    columns = isolation.columns_
    for group in sorted({groups.get(name, name) for name in columns}):
        members = np.array([j for j, name in enumerate(columns) if groups.get(name, name) == group])
        near = comparable[top]
        spoken_by = members[np.abs(near[:, members]).argmax(axis=1)]  # the group's most unusual feature
        near[:, members] = 0.0
        fall = HALF * (unusual[top] - isolation.percentile(isolation.raw(near)))
        for member in members:
            change = np.zeros(len(X))
            change[top] = np.where(spoken_by == member, fall, 0.0)
            _add(parts, (columns[member],), change)
    contributions = np.column_stack(list(parts.values())) if parts else np.zeros((len(score), 0))
    return ColdScore(score=score, afwijking=unusual, terms=tuple(parts), contributions=contributions)


def _add(parts: dict[tuple[str, ...], Floats], term: tuple[str, ...], values: Floats) -> None:
    parts[term] = parts[term] + values if term in parts else values
