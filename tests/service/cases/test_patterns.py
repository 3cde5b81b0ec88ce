"""The figures of the privacy officer, against numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.proportions import Rate
from service.cases.patterns import QUESTIONS, Closed, Compared, compare, drawn_to_nothing
from service.cases.steps import Stap
from service.cases.watching import patterns
from tests.service.cases.working import NEVER, Work

FOUND = QUESTIONS[0]


def cases(person: str, hits: int, n: int, band: str = "A", aanleiding: str = "risico") -> list[Closed]:
    return [
        Closed(
            behandelaar=person,
            doel="spookbewoning",
            aanleiding=aanleiding,
            band=band,
            uitkomst="leegstand_bevestigd" if nr < hits else "in_orde",
        )
        for nr in range(n)
    ]


def by_person(found: tuple[Compared, ...]) -> dict[str, Compared]:
    return {one.persoon: one for one in found}


def test_colleagues_count_on_the_same_kinds_of_address_only() -> None:
    # a has 30 of band A and 10 of band B; b finds 50% on A and 10% on B: expected (30 * .5 + 10 * .1) / 40 = 40%.
    # By hand, every b case in A weighs 30/40, in B 10/20: effective size 40² / (40 * .75² + 20 * .5²) = 1600 / 27.5.
    rows = [
        *cases("a", 12, 30, "A"), *cases("a", 4, 10, "B"),
        *cases("b", 20, 40, "A"), *cases("b", 2, 20, "B"),
        *cases("b", 99, 99, "A", aanleiding="melding"),  # reported: another kind, which a never handled
    ]  # fmt: skip
    a = by_person(compare(rows, FOUND, 20))["a"]
    assert a.eigen.n == 40 and a.eigen.value == pytest.approx(0.4)
    assert a.collegas.n == 60 and a.collegas.value == pytest.approx(0.4)
    assert a.verschil.value == pytest.approx(0) and not a.afwijkend
    assert 1600 / 27.5 > 20


def test_too_few_of_either_side_is_no_figure() -> None:
    for own, others in ((19, 200), (200, 19)):
        a = by_person(compare([*cases("a", 0, own), *cases("b", others, others)], FOUND, 20))["a"]
        assert not a.verschil.known and not a.afwijkend and math.isnan(a.geschat)


def test_an_eye_kept_shut_is_seen_and_chance_is_not() -> None:
    rng = np.random.default_rng(7)
    flagged = 0
    for _ in range(
        300
    ):  # 8 people who do the same: in some 10% of towns anybody stands out, by the level of the interval
        town = [row for p in "abcdefgh" for row in cases(p, int(rng.binomial(60, 0.4)), 60)]
        flagged += any(one.afwijkend for one in compare(town, FOUND, 20))
    assert flagged <= 300 * 0.15
    shut = [row for p in "bcdefgh" for row in cases(p, 24, 60)] + cases("a", 6, 60)
    found = by_person(compare(shut, FOUND, 20))
    assert [p for p, one in found.items() if one.afwijkend] == ["a"]
    assert found["a"].verschil.value < found["a"].geschat < 0


def test_differences_are_drawn_to_nothing_by_what_people_differ_at_all() -> None:
    def rate(value: float, half: float) -> Rate:
        return Rate(value=value, low=value - half, high=value + half, n=50)

    # Standard errors .1: Q = 2 * (.1/.1)² = 2 over 1 degree of freedom; t² = (2 - 1) / 100; .01 / (.01 + .01) = 1/2.
    assert drawn_to_nothing([rate(0.1, 0.2), rate(-0.1, 0.2)], z=2.0) == pytest.approx([0.05, -0.05])
    assert drawn_to_nothing([rate(0.05, 0.2), rate(-0.05, 0.2)], z=2.0) == [0.0, -0.0]


def test_what_the_page_counts(work: Work) -> None:
    case = work.open()
    work.declare(case, case.behandelaar)
    put = work.take(case, Stap.START_VOORLEGGEN, motivering="x")
    for name in ("p-carla", "p-cem"):
        work.dismiss(work.people[name], by=work.people[put.behandelaar])
    work.take(put, Stap.START_ZONDER_TWEEDE, motivering="er is niemand")
    other = work.open("0175010000000002")
    work.take(other, Stap.WEL_BAND)
    with work.database.looking() as read:
        here = patterns(read, frozenset({"0175"}), work.database.clock(), NEVER)
        elsewhere = patterns(read, frozenset({"0344"}), work.database.clock(), NEVER)
    assert [(one.stap, one.persoon) for one in here.zonder_tweede] == [(Stap.START_ZONDER_TWEEDE, case.behandelaar)]
    assert (here.besluiten, here.doorgegeven, here.zaken) == (1, 1, 0)
    assert (elsewhere.besluiten, elsewhere.doorgegeven, elsewhere.zonder_tweede) == (0, 0, ())
