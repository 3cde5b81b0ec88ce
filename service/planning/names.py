"""Which of the shifts that are alike drives which round: as in the plan before, as far as that can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from service.planning.improve import Rounds
from service.planning.problem import Plan


def named(rounds: Rounds, alike: Sequence[Sequence[str]], first: Plan | None) -> Rounds:
    """`rounds`, exchanged among shifts that are `alike` so that as many stops as possible stay with their team."""
    before = {visit.stop: route.shift for route in first.routes for visit in route.visits} if first else {}
    named: Rounds = {}
    for same in alike:
        stayed = np.array(
            [[sum(before.get(s.id) == name for s in rounds.get(old, [])) for name in same] for old in same]
        )
        for i, j in zip(*linear_sum_assignment(-stayed), strict=True):
            named[same[j]] = rounds.get(same[i], [])
    return named
