"""Visits: when they may be, and what must be written down of a door that opened."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from service.cases.codes import Deel
from service.cases.steps import Stap
from service.cases.tables import bezoeken, stappen
from service.cases.visits import Getroffen, Toestemming, may_record
from service.faults import Conflict, InputFault, StoreUnavailable
from service.logs.entry import Entry, Trace
from service.people import Role
from tests.service.cases.working import Clock, Work

OPEN = {"getroffen": Getroffen.BEWONER, "gelegitimeerd": True, "toestemming": Toestemming.GEGEVEN}


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text + "+01:00")  # winter


def test_a_visit_is_between_seven_and_ten_and_in_a_weekend_says_why(work: Work, clock: Clock) -> None:
    case = work.at_the_door(work.started())
    (visitor,) = case.people(Deel.BEZOEKER)
    clock.now = wall("2026-11-29T23:00:00")  # Sunday evening
    for moment, fine in (
        ("2026-11-27T06:59:59", False),
        ("2026-11-27T07:00:00", True),
        ("2026-11-27T22:00:00", True),
        ("2026-11-27T22:00:01", False),
        ("2026-11-30T10:00:00", False),  # tomorrow
        ("2026-11-25T09:59:59", False),  # before the start was agreed to
    ):
        if fine:
            case = work.visit(case, visitor, moment=wall(moment))
            continue
        with pytest.raises(InputFault):
            work.visit(case, visitor, moment=wall(moment))
    with pytest.raises(InputFault, match="weekend"):
        work.visit(case, visitor, moment=wall("2026-11-28T10:00:00"))
    case = work.visit(case, visitor, moment=wall("2026-11-28T10:00:00"), opmerking="doordeweeks nooit thuis")
    assert [visit.moment for visit in case.bezoeken][-1] == wall("2026-11-28T10:00:00")
    assert case.stappen[-1].motivering == "doordeweeks nooit thuis"


def test_a_visit_on_a_holiday_says_why(work: Work, clock: Clock) -> None:
    case = work.at_the_door(work.started())
    (visitor,) = case.people(Deel.BEZOEKER)
    clock.now = wall("2026-12-28T12:00:00")
    with pytest.raises(InputFault, match="feestdag"):
        work.visit(case, visitor, moment=wall("2026-12-25T10:00:00"))  # a Friday
    case = work.visit(case, visitor, moment=wall("2026-12-24T10:00:00"))
    assert len(case.bezoeken) == 1


def test_nobody_enters_without_consent_and_without_saying_who_they_are(work: Work) -> None:
    case = work.at_the_door(work.started())
    me = case.behandelaar
    with pytest.raises(InputFault, match="toestemming"):
        work.visit(case, me, **{**OPEN, "toestemming": Toestemming.GEWEIGERD, "binnen": True})
    with pytest.raises(InputFault, match="wie u bent"):
        work.visit(case, me, **{**OPEN, "gelegitimeerd": False})
    with pytest.raises(InputFault, match="niemand"):
        work.visit(case, me, getroffen=Getroffen.NIEMAND, binnen=True)
    case = work.visit(case, me, **OPEN, binnen=True, bevinding="twee kamers, in gebruik")
    (seen,) = case.bezoeken
    assert (seen.binnen, seen.toestemming, seen.metgezel) == (True, "gegeven", "")


def test_where_somebody_has_secrecy_nothing_is_written_on_what_was_seen(work: Work) -> None:
    case = work.at_the_door(work.started())
    with pytest.raises(InputFault, match="geheimhouding"):
        work.visit(case, case.behandelaar, afgeschermd=True, bevinding="een gezin")
    assert work.visit(case, case.behandelaar, afgeschermd=True).bezoeken[0].bevinding == ""


def test_only_the_cases_own_people_go_along_and_only_while_it_is_time(work: Work) -> None:
    work.hire(Role.VELD, name="veerle")
    work.hire(Role.VELD, name="vera")
    case = work.at_the_door(work.started())
    (visitor,) = case.people(Deel.BEZOEKER)
    other = ({"p-veerle", "p-vera"} - {visitor}).pop()
    with pytest.raises(InputFault, match="hoort niet bij"):
        work.visit(case, case.behandelaar, metgezel=other)
    case = work.visit(case, case.behandelaar, metgezel=visitor)
    assert may_record(case, frozenset({Deel.BEZOEKER}))
    case = work.take(case, Stap.NADERE_INLICHTINGEN)
    with pytest.raises(Conflict):
        work.visit(case, case.behandelaar)


def test_no_step_and_no_visit_is_ever_changed_and_none_goes_while_the_case_runs(work: Work) -> None:
    case = work.at_the_door(work.started())
    work.visit(case, case.behandelaar)
    deeds = (
        update(stappen).values(motivering="mooier"),
        update(bezoeken).values(sporen=True),
        delete(stappen),
        delete(bezoeken),
    )
    for deed in deeds:
        with pytest.raises((IntegrityError, StoreUnavailable)), work.database.unit(None, Trace()) as unit:
            unit.log(Entry(handeling="proef", object_soort="onderzoek"))
            unit.connection.execute(deed)
