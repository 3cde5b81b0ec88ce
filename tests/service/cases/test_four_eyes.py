"""Four eyes, ties and draws: the rules in words of rules.py, each tried where it hurts."""

from __future__ import annotations

import pytest
from fastapi import HTTPException
from sqlalchemy import delete, select, update

from service.cases import acting
from service.cases.codes import Deel, Toestand, Wacht
from service.cases.draw import draw
from service.cases.reach import without_handler
from service.cases.records import Case
from service.cases.rules import Act
from service.cases.steps import Stap
from service.cases.tables import delen, onderzoeken, stappen
from service.faults import Conflict
from service.logs.entry import Entry, Trace
from service.people import Role
from tests.service.cases.working import Clock, Work


def test_a_tie_passes_the_case_on_at_random_and_nobody_hears_why(work: Work) -> None:
    case = work.open()
    first = case.behandelaar
    case = work.take(case, Stap.WEL_BAND)
    other = ({"p-anna", "p-bilal"} - {first}).pop()
    assert case.behandelaar == other and case.people(Deel.BEHANDELAAR) == (other,)
    with pytest.raises(HTTPException) as gone:
        work.take(case, Stap.GEEN_BAND, by=first)
    assert gone.value.status_code == 404
    told = next(step for step in case.stappen if step.stap == Stap.WEL_BAND)
    assert (told.motivering, told.gegevens) == ("", {})
    case = work.take(case, Stap.WEL_BAND)  # the other has a tie too: nobody is left
    assert case.behandelaar == "" and case.toestand is Toestand.VOORONDERZOEK
    lot = case.stappen[-1].gegevens
    assert (lot["kandidaten"], lot["gekozen"]) == ([], "")


def test_who_has_no_handler_is_drawn_for_again_without_seeing_the_case(work: Work) -> None:
    case = work.open()
    carla = work.people["p-carla"]
    with work.database.looking() as read:
        assert without_handler(read, carla) == ()
    work.dismiss(work.people[case.behandelaar], by=carla)
    with work.database.looking() as read:
        assert [each.id for each in without_handler(read, carla)] == [case.id]
    with work.database.unit(carla, Trace()) as unit:
        chosen = acting.assign_again(unit, carla, case.id)
    after = work.case(case.id)
    assert after.behandelaar == chosen != case.behandelaar and after.people(Deel.BEHANDELAAR) == (chosen,)
    with pytest.raises(HTTPException), work.database.unit(carla, Trace()) as unit:
        acting.assign_again(unit, carla, case.id)


def test_every_draw_can_be_drawn_again_from_what_was_kept(work: Work) -> None:
    case = work.started()
    lots = [step.gegevens for step in case.stappen if step.stap == Stap.TOEWIJZEN]
    assert [lot["deel"] for lot in lots] == ["behandelaar", "goedkeurder"]
    for lot in lots:
        assert draw(dict(lot["kandidaten"]), seed=lot["zaad"]).gekozen == lot["gekozen"]
    assert {person for person, _ in lots[1]["kandidaten"]} == {"p-carla", "p-cem"}


def test_who_handles_and_may_approve_never_approves_what_is_his(work: Work) -> None:
    for name in ("anna", "bilal"):  # the roles as they are now; carla and cem leave
        work.hire(Role.BEOORDELAAR, Role.GOEDKEURDER, name=name)
    for name in ("p-carla", "p-cem"):
        work.dismiss(work.people[name], by=work.people["p-anna"])
    case = work.open()
    work.declare(case, case.behandelaar)
    put = work.take(case, Stap.START_VOORLEGGEN, motivering="x")
    assert put.tweede and put.tweede != put.behandelaar


def alone_at_the_door(work: Work) -> Case:
    """A case whose one visit was made alone by cem, who may approve as well."""
    cem = work.hire(Role.GOEDKEURDER, Role.VELD, name="cem")
    case = work.started()
    other = ({"p-anna", "p-bilal"} - {case.behandelaar}).pop()
    work.dismiss(work.people[other], by=cem)
    case = work.at_the_door(case)
    assert case.people(Deel.BEZOEKER) == (cem.id,)
    return work.visit(case, cem.id)


def test_the_only_visitor_is_never_the_second_person_of_a_decision(work: Work) -> None:
    case = alone_at_the_door(work)
    for _ in range(6):  # cem would be drawn half of the time
        put = work.take(case, Stap.BESLUIT_VOORLEGGEN, motivering="x", uitkomst="in_orde")
        assert put.tweede == "p-carla"
        work.declare(put, "p-carla")
        case = work.take(put, Stap.BESLUIT_TERUGGEVEN, motivering="nog eens")
    put = work.take(case, Stap.BESLUIT_VOORLEGGEN, motivering="x", uitkomst="in_orde")
    with work.database.unit(None, Trace()) as unit:  # even if it lay with him by some mistake
        unit.connection.execute(update(onderzoeken).values(tweede="p-cem"))
        row = {"onderzoek_id": put.id, "persoon": "p-cem", "deel": "goedkeurder", "sinds": unit.now, "band": False}
        unit.connection.execute(delete(delen).where(delen.c.persoon == "p-cem", delen.c.deel == "goedkeurder"))
        unit.connection.execute(delen.insert(), {**row, "verklaard": unit.now, "tot": None})
        unit.log(Entry(handeling="proef", object_soort="onderzoek"))
    with pytest.raises(Conflict, match="als enige op dit adres"):
        work.take(put, Stap.BESLUIT_AKKOORD, by="p-cem")


def test_without_a_second_person_only_when_there_is_none_and_it_stays_visible(work: Work) -> None:
    case = work.open()
    work.declare(case, case.behandelaar)
    put = work.take(case, Stap.START_VOORLEGGEN, motivering="x")
    with pytest.raises(Conflict, match="als er niemand anders is"):
        work.take(put, Stap.START_ZONDER_TWEEDE, motivering="haast")
    for name in ("p-carla", "p-cem"):
        work.dismiss(work.people[name], by=work.people[put.behandelaar])
    done = work.take(put, Stap.START_ZONDER_TWEEDE, motivering="er is niemand")
    assert done.gestart is not None and done.stappen[-1].stap == Stap.START_ZONDER_TWEEDE
    assert done.stappen[-1].motivering == "er is niemand"


def test_nobody_decides_alone_on_an_address_he_visited_alone(work: Work) -> None:
    case = work.at_the_door(work.started())
    case = work.visit(case, case.behandelaar)
    for name in ("p-carla", "p-cem"):
        work.dismiss(work.people[name], by=work.people[case.behandelaar])
    put = work.take(case, Stap.BESLUIT_VOORLEGGEN, motivering="x", uitkomst="niemand_aangetroffen")
    assert put.tweede == ""
    with pytest.raises(Conflict, match="als enige op dit adres"):
        work.take(put, Stap.BESLUIT_ZONDER_TWEEDE, motivering="er is niemand")


def test_a_second_person_who_lets_it_lie_is_replaced_by_lot_after_a_week(work: Work, clock: Clock) -> None:
    case = work.open()
    work.declare(case, case.behandelaar)
    put = work.take(case, Stap.START_VOORLEGGEN, motivering="x")
    clock.forward(days=6, hours=23)
    with pytest.raises(Conflict, match="7 dagen"):
        work.take(put, Stap.ANDERE_GOEDKEURDER)
    clock.forward(hours=1)
    after = work.take(put, Stap.ANDERE_GOEDKEURDER)
    assert after.tweede not in ("", put.tweede) and after.wacht_op is Wacht.START
    assert after.people(Deel.GOEDKEURDER) == (after.tweede,)


def test_an_old_form_is_refused_and_the_same_form_twice_is_done_once(work: Work) -> None:
    case = work.open()
    anna = work.people[case.behandelaar]
    asked = Act(stap=Stap.GEEN_BAND, versie=case.versie, sleutel="dezelfde")
    for _ in range(2):
        with work.database.unit(anna, Trace()) as unit:
            acting.act(unit, anna, case.id, asked, work.policy)
    stale = Act(stap=Stap.START_VOORLEGGEN, versie=case.versie, sleutel="andere", motivering="x")
    with pytest.raises(Conflict, match="langer open"), work.database.unit(anna, Trace()) as unit:
        acting.act(unit, anna, case.id, stale, work.policy)
    with work.database.looking() as read:
        taken = read.execute(select(stappen.c.stap).order_by(stappen.c.nr)).scalars().all()
    assert taken == [Stap.OPENEN, Stap.TOEWIJZEN, Stap.GEEN_BAND]
