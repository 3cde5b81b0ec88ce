"""Pin, ban, move, window: the last word holds, nothing pinned is lost in silence, and who saw an older plan is told."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from service.cases.clocks import WALL
from service.faults import Conflict, InputFault
from service.logs.entry import Trace
from service.rounds.desk import solve_again
from service.rounds.tables import plan_wensen
from service.rounds.wishes import Soort
from service.rounds.wishing import Wanted, wish
from tests.service.rounds.planning import TODAY, Field, at_the_door, left, question, team, visited

SHORT = team(begin=time(9), einde=time(9, 50))  # room for one visit, two at most


def id_of(number: int) -> str:
    return f"017501{number:010d}"


def test_a_pin_is_kept_and_a_ban_is_told(made: Field) -> None:
    at_the_door(made, 1, 2, 3, 4, 5, 6)
    plan = made.plan(question(teams=(SHORT,)))
    outside = next(name for name in left(plan))
    number = int(outside[6:])
    inside = next(name for name in visited(plan))
    pinned = made.again(plan, Wanted(soort=Soort.VAST, adres=made.opaque(number)))
    assert outside in visited(pinned)
    assert [stop.vast for ronde in pinned.ronden for stop in ronde.stops if stop.adressen[0].identificatie == outside]
    banned = made.again(pinned, Wanted(soort=Soort.WEREN, adres=made.opaque(int(inside[6:]))))
    assert left(banned)[inside] == "geweerd" and outside in visited(banned)
    assert {(wens.adres, wens.soort) for wens in banned.wensen} == {
        (made.opaque(number), "vast"),
        (made.opaque(int(inside[6:])), "weren"),
    }
    free = made.again(banned, Wanted(soort=Soort.LOS, adres=made.opaque(int(inside[6:]))))
    assert left(free).get(inside) != "geweerd" and [wens.soort for wens in free.wensen] == ["vast"]


def test_a_stop_is_moved_to_another_team_on_another_day(made_here: Field) -> None:
    at_the_door(made_here, 1, 2)
    plan = made_here.plan(question(teams=(team(), team("Zuid", ("p-bilal",))), laatste_dag=TODAY + timedelta(days=2)))
    for duty in plan.diensten:
        plan = made_here.again(plan, Wanted(soort=Soort.VAST, adres=made_here.opaque(1), dienst=duty.id))
        there = [r for r in plan.ronden for s in r.stops for d in s.adressen if d.identificatie == id_of(1)]
        assert [(r.dag, r.team) for r in there] == [(duty.dag, duty.team)]
    assert len(plan.diensten) == 4


def test_more_pins_than_fit_are_all_told(made_here: Field) -> None:
    at_the_door(made_here, *range(1, 9))
    plan = made_here.plan(question(teams=(SHORT,)))
    plan = made_here.again(plan, *(Wanted(soort=Soort.VAST, adres=made_here.opaque(n)) for n in range(1, 9)))
    assert set(visited(plan)) | set(left(plan)) == {id_of(n) for n in range(1, 9)}
    assert set(left(plan).values()) == {"past_niet"} and visited(plan)


def test_windows_and_needs_that_nobody_can_meet_are_told(made_here: Field) -> None:
    at_the_door(made_here, 1, 2, 3)
    plan = made_here.plan(question())
    day = TODAY + timedelta(days=1)
    late = (datetime.combine(day, time(20), WALL), datetime.combine(day, time(21), WALL))
    noon = (datetime.combine(day, time(12), WALL), datetime.combine(day, time(13), WALL))
    plan = made_here.again(
        plan,
        Wanted(soort=Soort.VENSTER, adres=made_here.opaque(1), van=late[0], tot=late[1]),
        Wanted(soort=Soort.VENSTER, adres=made_here.opaque(2), van=noon[0], tot=noon[1]),
        Wanted(soort=Soort.NODIG, adres=made_here.opaque(3), nodig=frozenset({"politie"})),
    )
    assert left(plan) == {id_of(1): "geen_tijd", id_of(3): "geen_team"}
    (stop,) = [stop for ronde in plan.ronden for stop in ronde.stops]
    assert noon[0] <= stop.begin and stop.einde <= noon[1]


def test_who_saw_an_older_plan_is_told_so_and_nothing_is_written(made: Field) -> None:
    at_the_door(made, 1)
    plan = made.plan(question())
    one = Wanted(soort=Soort.VAST, adres=made.opaque(1))
    made.again(plan, one)
    with pytest.raises(Conflict, match="veranderd"):
        wish(made.desk, made.planner, Trace(), plan.id, plan.versie, [one])
    with pytest.raises(Conflict, match="veranderd"):
        solve_again(made.desk, made.planner, Trace(), plan.id, plan.versie)
    with made.desk.database.looking() as connection:
        assert len(connection.execute(select(plan_wensen)).all()) == 1
    for change in (update(plan_wensen).values(persoon="x"), delete(plan_wensen)):
        with made.desk.database.engine.connect() as connection, pytest.raises(IntegrityError, match="append-only"):
            connection.execute(change)


def test_a_wish_that_means_nothing_is_refused_whole(made_here: Field) -> None:
    at_the_door(made_here, 1)
    plan = made_here.plan(question())
    good, now = Wanted(soort=Soort.WEREN, adres=made_here.opaque(1)), made_here.clock()
    for bad in (
        Wanted(soort=Soort.VAST, adres=made_here.opaque(2)),  # not in this plan
        Wanted(soort=Soort.VAST, adres=made_here.opaque(1), dienst="2026-11-26 Nergens"),
        Wanted(soort=Soort.VENSTER, adres=made_here.opaque(1), van=now, tot=now),
        Wanted(soort=Soort.NODIG, adres=made_here.opaque(1), nodig=frozenset({"hond"})),
    ):
        with pytest.raises(InputFault):
            wish(made_here.desk, made_here.planner, Trace(), plan.id, plan.versie, [good, bad])
    assert made_here.read(plan.id).wensen == ()
