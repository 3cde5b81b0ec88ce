"""Whether somebody's outcomes differ from their colleagues' on comparable addresses, and where four eyes were missing.

A favour and an unlucky month look alike in small numbers, so little is said on purpose. Somebody is compared only with
colleagues on the same kind of address (target, reported or from the list, band when chosen), each kind weighing as much
as in their own work (direct standardisation). Too few cases on either side: no figure. Intervals hold for everybody
together (Bonferroni), and the best guess of a difference is drawn towards nothing by how much people differ at all
(empirical Bayes, the moment estimator of DerSimonian and Laird 1986, DOI 10.1016/0197-2456(86)90046-2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.proportions import Rate, difference, effective, share, simultaneous, unknown
from service.cases.codes import FOUND, NO_ANSWER, TOLD

Kind = tuple[str, bool, str]  # target, whether it was reported, band


@dataclass(frozen=True, kw_only=True)
class Closed:
    """One case that ended: who handled it, on what kind of address, with what outcome."""

    behandelaar: str
    doel: str
    aanleiding: str
    band: str
    uitkomst: str

    @property
    def kind(self) -> Kind:
        """Addresses of one kind are compared with each other."""
        return self.doel, self.aanleiding in TOLD, self.band


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One person beside the colleagues. eigen, collegas: shares 0-1. verschil: eigen - collegas, with an interval that
    holds for everybody together; unknown with too few cases. geschat: the same, drawn towards 0.
    """

    persoon: str
    eigen: Rate
    collegas: Rate
    verschil: Rate
    geschat: float

    @property
    def afwijkend(self) -> bool:
        """Whether the difference is more than chance explains. It says nothing of why."""
        return self.verschil.known and not self.verschil.low <= 0 <= self.verschil.high


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is compared: the share of cases whose outcome is one of these."""

    naam: str
    uitkomsten: frozenset[str]


QUESTIONS = (
    Question(naam="gevonden", uitkomsten=FOUND),  # too low: an eye kept shut; too high: over-eager
    Question(naam="zonder_antwoord", uitkomsten=NO_ANSWER),  # withdrawn or nobody met: the quiet way out
)


def compare(cases: Sequence[Closed], question: Question, least: int) -> tuple[Compared, ...]:
    """Everybody with at least one case, in the order of their pseudonyms. least: cases needed on either side."""
    people = sorted({case.behandelaar for case in cases})
    hits, totals = _counted(cases, question)
    weights = {person: _colleagues(person, hits, totals) for person in people}
    able = [person for person in people if min(weights[person].n, weights[person].size) >= least]
    z = simultaneous(len(able))
    made = [_one(person, weights[person], z, known=person in able) for person in people]
    shrunk = drawn_to_nothing([one.verschil for one in made], z)
    return tuple(
        Compared(persoon=one.persoon, eigen=one.eigen, collegas=one.collegas, verschil=one.verschil, geschat=guess)
        for one, guess in zip(made, shrunk, strict=True)
    )


def drawn_to_nothing(differences: Sequence[Rate], z: float) -> list[float]:
    """The best guess of each difference, d * t² / (t² + se²); t² is what people differ beyond chance. NaN = unknown."""
    known = [rate for rate in differences if rate.known]
    spread = [((rate.high - rate.low) / (2 * z)) ** 2 for rate in known]
    between = 0.0
    if len(known) > 1:
        inverse = 1 / np.array(spread)
        values = np.array([rate.value for rate in known])
        middle = float((inverse * values).sum() / inverse.sum())
        heterogeneity = float((inverse * (values - middle) ** 2).sum())
        scale = float(inverse.sum() - (inverse**2).sum() / inverse.sum())
        between = max(0.0, (heterogeneity - (len(known) - 1)) / scale)
    guesses = iter(rate.value * between / (between + var) for rate, var in zip(known, spread, strict=True))
    return [next(guesses) if rate.known else float("nan") for rate in differences]


@dataclass(frozen=True, kw_only=True)
class _Weighed:
    """A person's own comparable cases and the colleagues' share on the same kinds. size: effective colleague cases."""

    n: int
    hits: int
    share: float
    size: float
    colleagues: int


def _counted(
    cases: Sequence[Closed], question: Question
) -> tuple[Mapping[tuple[str, Kind], int], Mapping[tuple[str, Kind], int]]:
    hits: defaultdict[tuple[str, Kind], int] = defaultdict(int)
    totals: defaultdict[tuple[str, Kind], int] = defaultdict(int)
    for case in cases:
        totals[case.behandelaar, case.kind] += 1
        hits[case.behandelaar, case.kind] += case.uitkomst in question.uitkomsten
    return hits, totals


def _colleagues(person: str, hits: Mapping[tuple[str, Kind], int], totals: Mapping[tuple[str, Kind], int]) -> _Weighed:
    own = found = colleagues = 0
    expected = 0.0
    weights: list[float] = []
    for (who, kind), n in totals.items():
        if who != person:
            continue
        there = sum(m for (other, same), m in totals.items() if other != person and same == kind)
        theirs = sum(h for (other, same), h in hits.items() if other != person and same == kind)
        if not there:
            continue  # nobody else handled such an address: nothing to compare with
        own, found, colleagues = own + n, found + hits[who, kind], colleagues + there
        expected += n * theirs / there
        weights += [n / there] * there
    share_there = expected / own if own else 0.0
    return _Weighed(
        n=own, hits=found, share=share_there, size=effective(np.array(weights, dtype=np.float64)), colleagues=colleagues
    )


def _one(person: str, weighed: _Weighed, z: float, *, known: bool) -> Compared:
    nothing = unknown(weighed.n)
    own = share(weighed.hits / weighed.n, weighed.n, weighed.n, z) if known else nothing
    others = share(weighed.share, weighed.size, weighed.colleagues, z) if known else nothing
    return Compared(persoon=person, eigen=own, collegas=others, verschil=difference(own, others), geschat=float("nan"))
