"""A fixed plan is seen by its own people, takes its addresses out of other plans, and gives who walks it their part."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import HTTPException

from service.cases.codes import Deel
from service.cases.steps import Stap
from service.cases.write import join, leave
from service.faults import Conflict, Forbidden
from service.logs.entry import Entry, Trace
from service.people import Person, Role
from service.rounds.desk import own_rounds, read_plan
from service.rounds.fixing import fix, withdraw
from service.rounds.records import Plangegevens
from service.rounds.starting import start
from tests.service.rounds.planning import TODAY, Field, at_the_door, left, on_the_day, question, team, visited
from tests.service.serving import someone


def fixed(made: Field, plan: Plangegevens) -> Plangegevens:
    fix(made.desk, made.planner, Trace(), plan.id, plan.versie)
    return made.read(plan.id)


def who(made: Field, name: str) -> Person:
    return made.work.people[f"p-{name}"]


def test_need_to_know(made: Field) -> None:
    at_the_door(made, 1, 2)
    plan = made.plan(question())
    (ronde,) = plan.ronden
    assert made.round_of(ronde.id, who(made, "veerle")) is None  # a draft is the planner's alone
    assert made.round_of(ronde.id, made.planner) == ronde
    fixed(made, plan)
    on_the_day(made.clock)
    assert made.round_of(ronde.id, who(made, "veerle")) is not None
    assert [one.id for one in own_rounds(made.desk, who(made, "anna"), Trace())] == [ronde.id]
    for other in ("bilal", "carla"):
        assert made.round_of(ronde.id, who(made, other)) is None
        assert own_rounds(made.desk, who(made, other), Trace()) == ()
    elsewhere = someone(Role.PLANNER, name="elders", gemeenten=frozenset({"0999"}))
    moved = replace(who(made, "veerle"), gemeenten=frozenset({"0999"}))
    assert made.round_of(ronde.id, elsewhere) is None and made.round_of(ronde.id, moved) is None
    for person in (elsewhere, who(made, "veerle")):
        with pytest.raises(HTTPException, match="404"):
            read_plan(made.desk, person, Trace(), plan.id)


def test_its_addresses_are_in_no_other_plan_until_it_is_taken_back(made: Field) -> None:
    at_the_door(made, 1)
    first, second = made.plan(question()), made.plan(question())
    first = fixed(made, first)
    assert first.toestand == "vastgesteld"
    with pytest.raises(Conflict, match="ander plan"):
        fix(made.desk, made.planner, Trace(), second.id, second.versie)
    with pytest.raises(Conflict, match="ligt vast"):
        fix(made.desk, made.planner, Trace(), first.id, first.versie)
    assert set(left(made.plan(question())).values()) == {"al_gepland"}
    withdraw(made.desk, made.planner, Trace(), first.id, first.versie)
    assert visited(made.plan(question()))
    assert made.read(first.id).toestand == "vervangen"
    assert made.round_of(first.ronden[0].id, who(made, "veerle")) is None


def test_who_walks_it_gets_part_and_loses_it_with_the_plan(made: Field) -> None:
    (id,) = at_the_door(made, 1)
    drawn = made.visitor(id)
    plan = fixed(made, made.plan(question(teams=(team(leden=("p-anna", "p-bilal", "p-veerle")),))))
    case = made.work.case(id)
    parts = {part.persoon for part in case.delen if part.deel in (Deel.BEZOEKER, Deel.BEHANDELAAR)}
    assert parts == {"p-anna", "p-bilal", "p-veerle"}
    assert {one for one in case.people(Deel.BEZOEKER) if not case.declared(one)} <= parts - {drawn, case.behandelaar}
    withdraw(made.desk, made.planner, Trace(), plan.id, plan.versie)
    assert made.work.case(id).people(Deel.BEZOEKER) == (drawn,)


def test_who_has_a_tie_does_not_go_there_and_nobody_is_told_why(made: Field) -> None:
    (id, other) = at_the_door(made, 1, 2)
    tied = made.visitor(id)
    made.work.take(made.work.case(id), Stap.WEL_BAND, by=tied)
    plan = made.plan(question(teams=(team(leden=(tied,)),)))
    assert set(visited(plan).values()) == {other}
    assert set(left(plan).values()) == {"geen_team"}
    with made.desk.database.unit(None, Trace()) as unit:  # and when it is said after the plan was made
        join(unit, other, tied, Deel.BEZOEKER)
        leave(unit, other, tied, tie=True)
        unit.log(Entry(handeling="onderzoek.wel_band", object_soort="onderzoek"))
    with pytest.raises(Conflict, match="kan niet naar"):
        fix(made.desk, made.planner, Trace(), plan.id, plan.versie)


def test_nobody_is_in_two_rounds_at_once(made_here: Field) -> None:
    at_the_door(made_here, 1)
    fixed(made_here, made_here.plan(question()))
    at_the_door(made_here, 2)
    plan = made_here.plan(question(teams=(team("Zuid", ("p-veerle",)),)))
    assert visited(plan)
    with pytest.raises(Conflict, match="andere ronde"):
        fix(made_here.desk, made_here.planner, Trace(), plan.id, plan.versie)


def test_a_round_starts_once_on_its_day_by_its_people_and_drops_what_is_over(made: Field) -> None:
    (_, gone) = at_the_door(made, 1, 2)
    plan = fixed(made, made.plan(question()))
    (ronde,) = plan.ronden
    veerle = who(made, "veerle")
    with pytest.raises(Conflict, match="2026-11-26"):
        start(made.desk, veerle, Trace(), ronde.id, ronde.versie)
    made.work.take(made.work.case(gone), Stap.AANSCHRIJVEN)
    on_the_day(made.clock)
    with pytest.raises(HTTPException, match="404"):
        start(made.desk, who(made, "bilal"), Trace(), ronde.id, ronde.versie)
    with pytest.raises(Forbidden):
        start(made.desk, made.planner, Trace(), ronde.id, ronde.versie)
    begun = start(made.desk, veerle, Trace(), ronde.id, ronde.versie).ronde
    off = {stop.adressen[0].onderzoek_id: stop.vervallen for stop in begun.stops}
    assert off[gone] == "Het onderzoek vraagt geen huisbezoek meer." and sorted(off.values())[0] == ""
    assert begun.begonnen == made.clock() and begun.versie == ronde.versie + 1
    with pytest.raises(Conflict, match="al gestart"):
        start(made.desk, veerle, Trace(), ronde.id, begun.versie)
    with pytest.raises(Conflict, match="al gestart"):
        withdraw(made.desk, made.planner, Trace(), plan.id, plan.versie)
    made.clock.now += timedelta(days=1)
    assert own_rounds(made.desk, veerle, Trace()) == ()
    assert ronde.dag > TODAY
