"""The region: tables of several gemeenten as one, without a single person or address in them.

Gemeenten share tables, not people. Each learns on its own labels, shrunk to the region's last tables, and gives the
result with counts per cell (disclosure.py); joined, they are the region's next tables. The first round is the plain
average of models learned apart; a second and third round bring it to what pooled labels would give, because each
gemeente then only tells where its labels differ from what all know (federated averaging with a proximal term: McMahan
et al. 2017, arXiv:1602.05629; Li et al. 2020, FedProx, arXiv:1812.06127).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features.errors import Refusal
from models.tables import Floats, Term, bins

CELLS = 24  # the most cells of a joined table: neighbouring borders that say the least are dropped
EVERYBODY = 10.0  # labels that each gemeente counts for in every cell: a table is also an opinion where labels are few


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted:
    """One table of one gemeente. labels: per cell of `term` (missing, low to high, unknown) how many it rests on."""

    term: Term
    labels: Floats

    @property
    def feature(self) -> str:
        """The one feature it speaks of."""
        return self.term.features[0]


@dataclass(frozen=True, kw_only=True, eq=False)
class Share:
    """What one gemeente gives for one target. labels, positives: rounded. round: of the region it started from, + 1."""

    doel: str
    gemeente: str
    round: int
    register: str
    peildatum: str
    labels: int
    positives: int
    tables: tuple[Counted, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Region:
    """The joined tables of one target, and the shares they are made of: what each contributed stays visible."""

    doel: str
    round: int
    register: str
    shares: tuple[Share, ...]
    terms: tuple[Term, ...]

    def weight_of(self, gemeente: str) -> float:
        """The part (0-1) of all labels that this gemeente brought."""
        total = sum(share.labels for share in self.shares)
        return sum(share.labels for share in self.shares if share.gemeente == gemeente) / max(total, 1)


def join(shares: Sequence[Share]) -> Region:
    """The region of these shares; raises Refusal when they do not belong together."""
    _require_one_kind(shares)
    ordered = tuple(sorted(shares, key=lambda share: share.gemeente))
    names = dict.fromkeys(table.feature for share in ordered for table in share.tables)
    tables = {name: [t for share in ordered for t in share.tables if t.feature == name] for name in names}
    return Region(
        doel=ordered[0].doel,
        round=ordered[0].round,
        register=ordered[0].register,
        shares=ordered,
        terms=tuple(joined(found) for found in tables.values()),
    )


def joined(tables: Sequence[Counted]) -> Term:
    """The mean of several tables of one feature, cell by cell, each weighed by its labels there.

    A sum of step functions changes only at borders of its parts, so nothing is lost until borders are dropped.
    """
    cuts = np.unique(np.concatenate([table.term.cuts[0] for table in tables]))
    lowest = np.concatenate([[np.nan, -np.inf], cuts])  # one value in each cell: missing, then its low end
    total, weight = np.zeros(len(lowest)), np.zeros(len(lowest))
    for table in tables:
        cell = bins(lowest, table.term.cuts[0])
        share = table.labels[cell] + EVERYBODY
        total += (table.term.scores[cell] - _level(table)) * share
        weight += share
    return _fewer(tables[0].term.features, cuts, total / weight, weight)


def _level(table: Counted) -> float:
    """The mean score over the labels: tables are compared around it, whatever their intercepts."""
    inner = slice(1, -1)
    return float(np.average(table.term.scores[inner], weights=table.labels[inner] + 1.0))


def _fewer(features: tuple[str, ...], cuts: Floats, scores: Floats, weight: Floats) -> Term:
    """At most CELLS cells: the neighbours that differ least become one, again and again. scores: missing first."""
    inner, heavy = scores[1:], weight[1:]
    while len(inner) > CELLS:
        loss = np.diff(inner) ** 2 * heavy[:-1] * heavy[1:] / (heavy[:-1] + heavy[1:])
        at = int(loss.argmin())
        both = heavy[at] + heavy[at + 1]
        inner[at] = (inner[at] * heavy[at] + inner[at + 1] * heavy[at + 1]) / both
        heavy[at] = both
        inner, heavy, cuts = np.delete(inner, at + 1), np.delete(heavy, at + 1), np.delete(cuts, at)
    return Term(features=features, cuts=(cuts,), scores=np.concatenate([scores[:1], inner, [0.0]]))


def _require_one_kind(shares: Sequence[Share]) -> None:
    kinds = {(share.doel, share.round, share.register) for share in shares}
    if len(kinds) != 1:
        told = "; ".join(f"{doel}, round {number}, register {register}" for doel, number, register in sorted(kinds))
        raise Refusal(
            "join",
            found=told or "no share",
            expected="shares of one target, one round and one version of the register",
            do="join each target by itself; ask who is behind to share again from the last region",
        )
    names = [share.gemeente for share in shares]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refusal(
            "join", found=f"two shares of {', '.join(twice)}", expected="one of each gemeente", do="leave out the older"
        )
