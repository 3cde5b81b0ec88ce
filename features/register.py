"""The register of features: every variable a model may read, with its papers. What is not in here does not exist.

A feature enters with its source, legal ground, purpose and five tests; without them `admitted` refuses it, and the
trainer reads nothing else (law 5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from features.columns import Doel, Feature, Status
from features.errors import Refusal
from features.groups.bewoning_declared import BEWONING
from features.groups.energie_declared import ENERGIE
from features.groups.gebouw_declared import GEBOUW
from features.groups.omgeving_declared import OMGEVING
from features.groups.samenloop_declared import SAMENLOOP
from features.groups.signalen_declared import SIGNALEN
from features.groups.vastgoed_declared import VASTGOED
from features.groups.verloop_declared import VERLOOP
from features.table import Grant

FEATURES: tuple[Feature, ...] = (*BEWONING, *VERLOOP, *ENERGIE, *VASTGOED, *GEBOUW, *OMGEVING, *SIGNALEN, *SAMENLOOP)


def version(features: Sequence[Feature] = FEATURES) -> str:
    """A digest of what a feature table depends on: names, order, groups, sources and directions."""
    parts = [
        f"{f.name}|{f.group}|{','.join(f.sources)}|{f.spookbewoning}|{f.schijnbewoning}" for f in features
    ]  # wording may improve without making a model unusable
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def admitted(doel: Doel, grants: Sequence[Grant], features: Sequence[Feature] = FEATURES) -> tuple[Feature, ...]:
    """The features that may serve `doel`: admitted by their papers, and every source granted for this target.

    A feature that is still being tested or was rejected is left out. Raises Refusal for one that claims to be admitted
    while a paper is missing.
    """
    granted = {grant.source for grant in grants if doel in grant.doelen}
    chosen = [f for f in features if f.papers.status is Status.TOEGELATEN and granted.issuperset(f.sources)]
    for feature in chosen:
        if not feature.papers.complete():
            raise Refusal(
                f"feature register, {feature.name}",
                found="papers that are not complete",
                expected="ground, purpose and five tests, each with a sentence",
                do="complete them, or set the status to 'in toetsing'",
            )
    return tuple(chosen)
