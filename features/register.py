"""The register of features: every variable a model may read, with its papers. What is not in here does not exist.

A feature enters with its source, legal ground, purpose and five tests; without them `admitted` refuses it, and the
trainer reads nothing else (law 5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

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
    ]  # wording may improve, and a status change, without making every model unusable: scoring refuses by name
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def admitted(
    doel: Doel, grants: Sequence[Grant], features: Sequence[Feature] = FEATURES, *, trial: bool = False
) -> tuple[Feature, ...]:
    """The features that may serve `doel`: admitted by their papers, and every source granted for this target.

    A feature on trial or refused is left out; trial: those on trial too, for a test run that is never published.
    Raises Refusal for one that claims to be admitted while a paper is missing.
    """
    granted = {grant.source for grant in grants if doel in grant.doelen}
    allowed = {Status.TOEGELATEN, Status.PROEF} if trial else {Status.TOEGELATEN}
    chosen = [f for f in features if f.papers.status in allowed and granted.issuperset(f.sources)]
    for feature in chosen:
        missing = feature.papers.missing()
        if missing:
            raise Refusal(
                f"feature register, {feature.name}",
                found=f"papers that are not complete: {', '.join(missing)}",
                expected="ground, purpose, reviewer, date and five tests, each with a sentence and evidence",
                do=f"complete them, or set the status to '{Status.PROEF}'",
            )
    return tuple(chosen)


def barred(names: Iterable[str], features: Sequence[Feature] = FEATURES) -> tuple[tuple[str, str], ...]:
    """(name, reason) of those among `names` that no model may read: on trial, refused, or not in the register."""
    known = {feature.name: feature.papers for feature in features}
    found = []
    for name in names:
        if name not in known:
            found.append((name, "not in the register"))
        elif known[name].status is not Status.TOEGELATEN:
            found.append((name, f"{known[name].status}: {known[name].why or 'no reason given'}"))
    return tuple(found)
