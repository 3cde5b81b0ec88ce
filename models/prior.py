"""What is known before the first label: declared directions and the rules of practice, as additive tables.

Evidence of one feature is how rare a value is in the direction that was declared to speak for the target: minus the
10-log of the share of the population that lies in this cell or beyond it. Adding such terms is Fisher's combination of
one-sided tail probabilities (Fisher 1925, Statistical Methods for Research Workers, §21.1). Nothing here looks at an
outcome, and nothing was tuned on a generated town.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from models.tables import MISSING, Floats, Term, bins

RAREST = 3.0  # one in a thousand or rarer counts the same: past that a value is more often an error than a clue


def evidence(name: str, values: Floats, cuts: Floats, direction: int) -> Term:
    """The table of one feature: 0 for missing and for the least suspicious cell, up to RAREST for the rarest.

    values: the population's. direction: +1 high values speak for the target, -1 low values do.
    """
    cells = bins(values, cuts)
    counts = np.bincount(cells[cells != MISSING] - 1, minlength=len(cuts) + 1).astype(np.float64)
    beyond = counts[::-1].cumsum()[::-1] if direction > 0 else counts.cumsum()
    share = np.maximum(beyond, 0.5) / max(counts.sum(), 1.0)  # an empty tail: as if half an address lay there
    scores = np.zeros(len(cuts) + 3)
    scores[1:-1] = np.clip(-np.log10(share), 0.0, RAREST)
    return Term(features=(name,), cuts=(cuts,), scores=scores)


def evidence_terms(
    population: pd.DataFrame, cuts: Mapping[str, Floats], directions: Mapping[str, int]
) -> tuple[Term, ...]:
    """One table for every feature that has borders and a declared direction, in the order of `cuts`."""
    return tuple(
        evidence(name, population[name].to_numpy(dtype=np.float64), cut, directions[name])
        for name, cut in cuts.items()
        if directions.get(name, 0)
    )


def start_weights(terms: tuple[Term, ...], groups: Mapping[str, str]) -> Floats:
    """The weight of each evidence table before any label: a group of m features that tell of the same shares one voice.

    1 / sqrt(m): between counting each feature in full (m independent witnesses) and 1 / m (one witness heard m times).
    """
    of = [groups.get(term.features[0], term.features[0]) for term in terms]
    sizes = {group: of.count(group) for group in set(of)}
    return np.array([1.0 / np.sqrt(sizes[group]) for group in of])
