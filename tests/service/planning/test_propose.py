from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.columns import Doel
from service.planning import planned
from service.planning.doors import Duty, Pin, Team, Visiting, Wish
from service.planning.in_order import by_rank, in_order
from service.planning.problem import Stop, Why, Window
from service.planning.propose import Complaint, Fault, Proposal, propose
from service.planning.solve import Effort, solve
from service.planning.worth import worth
from service.worklist.codes import Aanleiding
from tests.service.planning.doors import PAIR, TUESDAY, Straight, door, duty

HOUR = 3600.0
QUICK = Effort(seconds=30, iterations=100)
TEN = datetime(2026, 11, 17, 10)


def only(proposal: Proposal) -> Stop:
    (stop,) = proposal.problem.stops
    return stop


def test_a_yard_is_one_stop_with_the_time_of_all_its_doors() -> None:
    doors = [door(1, 1000), door(2, 1020), door(2, 1020, doel=Doel.SCHIJNBEWONING), door(3, 3000, minuten=40.0)]
    proposal = propose(doors, [duty()], Straight())
    assert {stop.id: stop.service / 60 for stop in proposal.problem.stops} == {
        "0" * 15 + "1": 15 + 8,
        "0" * 15 + "3": 40,
    }
    assert [len(found) for found in proposal.doors.values()] == [3, 1]
    assert proposal.points.tolist() == [[0, 0], [1000, 0], [3000, 0]]
    assert proposal.problem.travel[0].tolist() == [0, 100, 300]
    assert len(propose(doors, [duty()], Straight(), group=False).problem.stops) == 3


def test_the_prize_is_the_mean_worth_over_the_hours_in_which_it_may_be_visited() -> None:
    stop = only(propose([door(1)], [duty(9, 16)], Straight()))
    value = worth([door(1)], Visiting())[1]
    assert stop.windows == (Window(begin=9 * HOUR, end=16 * HOUR),)
    assert np.isclose(stop.prize, value[9:16].mean())


def test_a_door_that_stayed_shut_by_day_goes_to_the_evening() -> None:
    tried = door(1, pogingen=(TEN,))
    stop = only(propose([tried], [duty(9, 21)], Straight()))
    assert stop.windows == (Window(begin=17 * HOUR, end=21 * HOUR),)
    assert stop.prize > only(propose([tried], [duty(9, 16)], Straight())).prize


def test_a_door_that_was_never_tried_may_be_called_at_in_any_hour() -> None:
    """Evenings are better for all: they are for those to whom they matter most."""
    assert only(propose([door(1)], [duty(9, 21)], Straight())).windows == (Window(begin=9 * HOUR, end=21 * HOUR),)


def test_a_pinned_door_may_be_visited_in_any_hour_that_is_allowed() -> None:
    tried = door(1, pogingen=(TEN,))
    stop = only(propose([tried], [duty(9, 21)], Straight(), pins=[Pin(identificatie=tried.identificatie)]))
    assert stop.pinned and stop.windows == (Window(begin=9 * HOUR, end=21 * HOUR),)


def test_several_days_are_one_problem() -> None:
    days = [duty(9, 12), duty(18, 21, dag=date(2026, 11, 26))]
    proposal = propose([door(1, pogingen=(TEN,))], days, Straight())
    assert [(s.begin / HOUR, s.end / HOUR) for s in proposal.problem.shifts] == [(9, 12), (66, 69)]
    assert only(proposal).windows == (Window(begin=66 * HOUR, end=69 * HOUR),)
    plan = solve(proposal.problem, QUICK)
    (found,) = planned.rounds(proposal, plan)
    assert found.dienst == days[1]
    assert found.stops[0].begin.isoformat() == "2026-11-26T18:00:00+01:00"


def test_hours_too_short_for_the_visit_are_no_choice() -> None:
    long = door(1, pogingen=(TEN,), minuten=90.0)  # the evening suits best, and there is one hour of it
    assert only(propose([long], [duty(9, 18)], Straight())).windows == (Window(begin=9 * HOUR, end=18 * HOUR),)


def test_the_clock_on_the_wall_holds_when_summer_ends() -> None:
    days = [duty(9, 12, dag=date(2026, 10, 23)), duty(9, 12, dag=date(2026, 10, 26))]
    late = door(
        1, windows=(Wish(van=datetime(2026, 10, 26, 9, tzinfo=UTC), tot=datetime(2026, 10, 26, 11, tzinfo=UTC)),)
    )
    proposal = propose([late], days, Straight())
    (found,) = planned.rounds(proposal, solve(proposal.problem, QUICK))
    assert found.stops[0].begin.isoformat() == "2026-10-26T10:00:00+01:00"


def test_two_people_are_needed_and_there() -> None:
    alone = replace(PAIR, leden=("a",), naam="alleen")
    wants = door(1, nodig=frozenset({"twee_personen"}))
    assert dict(solve(propose([wants], [duty(team=alone)], Straight()).problem, QUICK).left_out) == {
        wants.identificatie: Why.GEEN_TEAM
    }
    assert not solve(propose([wants], [duty()], Straight()).problem, QUICK).left_out


def test_every_bad_question_is_told() -> None:
    other = Team(naam="team 2", leden=("c",), start_x=0, start_y=0)
    night = Wish(van=datetime(2026, 11, 24, 23), tot=datetime(2026, 11, 24, 23, 30))
    twisted = Wish(van=datetime(2026, 11, 24, 12), tot=datetime(2026, 11, 24, 11))
    proposal = propose(
        [
            door(1),
            door(2, x=nan),
            door(3, x=500, windows=(night,)),
            door(4, x=900, windows=(twisted,)),
            door(5, x=2000),
        ],
        [duty(), duty(), duty(9, 9, team=other)],
        Straight(),
        pins=[Pin(identificatie="9" * 16), Pin(identificatie=door(5).identificatie, dienst="gisteren team 1")],
    )
    assert {(c.over.lstrip("0"), c.fout) for c in proposal.complaints} == {
        ("2", Fault.PLAATS_ONBEKEND),
        ("3", Fault.TIJDEN_STRIJDIG),
        ("4", Fault.TIJDEN_STRIJDIG),
        ("9" * 16, Fault.VASTGEZET_NIET_GEVONDEN),
        ("5", Fault.DIENST_ONBEKEND),
        ("2026-11-24 team 1", Fault.DIENST_DUBBEL),
        ("2026-11-24 team 2", Fault.DIENST_LEEG),
    }
    assert dict(solve(proposal.problem, QUICK).left_out) == {door(5).identificatie: Why.GEEN_TEAM}
    nobody = propose([door(1)], [], Straight())
    assert dict(solve(nobody.problem, QUICK).left_out) == {door(1).identificatie: Why.GEEN_TEAM}
    assert propose([], [], Straight()).problem.stops == ()


def test_doors_of_a_yard_with_other_wishes_or_pinned_elsewhere_are_stops_apart() -> None:
    noon = Wish(van=datetime(2026, 11, 24, 12), tot=datetime(2026, 11, 24, 13))
    doors = [door(1), door(2), door(3, windows=(noon,))]
    proposal = propose(doors, [duty()], Straight(), pins=[Pin(identificatie=doors[1].identificatie, dienst=duty().id)])
    assert len(proposal.problem.stops) == 3
    by_id = {stop.id: stop for stop in proposal.problem.stops}
    assert by_id[doors[1].identificatie].shifts == {duty().id}
    assert by_id[doors[2].identificatie].windows == (Window(begin=12 * HOUR, end=13 * HOUR),)


def test_a_banned_door_is_in_nothing() -> None:
    proposal = propose([door(1), door(2, 900)], [duty()], Straight(), bans=[door(1).identificatie])
    assert set(proposal.doors) == {door(2).identificatie} and not proposal.complaints


def test_what_the_lot_drew_is_visited_though_it_is_worth_nothing_and_looks_like_the_rest() -> None:
    lot = [door(9, 4000, kans=0.0, stroom=Aanleiding.STEEKPROEF, selectiekans=0.1, gekozen=True)]
    rich = [door(n, 400 * n) for n in range(1, 8)]
    proposal = propose([*rich, *lot], [duty(9, 11)], Straight())
    plan = solve(proposal.problem, QUICK)
    (found,) = planned.rounds(proposal, plan)
    assert lot[0] in [one for stop in found.stops for one in stop.deuren]
    assert not any(stop.vast for stop in found.stops)  # `vast` is what the planner pinned, not what the lot put in


def test_what_the_lot_drew_and_does_not_fit_is_carried_over_and_not_given_away() -> None:
    far = [door(n, 30_000 * n, stroom=Aanleiding.STEEKPROEF, selectiekans=0.1, gekozen=True) for n in (1, 2, -1)]
    far = [replace(one, identificatie=f"{n:016d}") for n, one in enumerate(far)]
    proposal = propose([*far, door(7, 100)], [duty(9, 12)], Straight())
    plan = solve(proposal.problem, QUICK)
    left = planned.left_out(proposal, plan)
    assert len(planned.carried(proposal, plan)) == 2
    assert all(one.selectiekans == 0.1 for one in planned.carried(proposal, plan))
    assert {one.waarom for one in left} >= {Why.PAST_NIET}
    assert Why.PAST_NIET not in {one.gezegd for one in left}  # that word would tell that it was drawn


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_door_is_in_a_round_or_left_out_or_complained_of(seed: int) -> None:
    rng = np.random.default_rng(seed)
    doors = [
        door(
            n,
            x=float(rng.integers(0, 60) * 20),
            y=nan if rng.random() < 0.05 else 0.0,
            kans=float(rng.random()),
            pogingen=(TEN,) * int(rng.integers(0, 3)),
            nodig=frozenset({"politie"}) if rng.random() < 0.1 else frozenset(),
        )
        for n in range(20)
    ]
    proposal = propose(doors, [duty(9, 10), duty(17, 18, dag=date(2026, 11, 26))], Straight())
    plan = in_order(proposal.problem, [stop.id for stop in proposal.problem.stops])
    visited = [one for part in planned.rounds(proposal, plan) for stop in part.stops for one in stop.deuren]
    told = {one.over for one in proposal.complaints}
    everything = [*visited, *(left.deur for left in planned.left_out(proposal, plan))]
    assert sorted([*(one.identificatie for one in everything), *told]) == sorted(one.identificatie for one in doors)
    for part in planned.rounds(proposal, plan):
        assert time(9) <= part.vertrek.time() and part.terug.time() <= time(18)
        assert [stop.nr for stop in part.stops] == list(range(1, len(part.stops) + 1))


def test_the_top_of_the_list_takes_the_likeliest_first_wherever_it_lies() -> None:
    doors = [door(1, 100, kans=0.1), door(2, 20_000, kans=0.9), door(3, 200, kans=0.2)]
    proposal = propose(doors, [duty(9, 11)], Straight())
    # To 2 and back 4,000 s, 15 minutes there: with 3 (900 s) 5,820 s of the 7,200; with 1 too 6,720
    plan = by_rank(proposal)
    assert [visit.stop for visit in plan.routes[0].visits] == [f"{n:016d}" for n in (2, 3, 1)]
    assert np.isclose(planned.hours(plan), (2000 + 1980 + 10 + 10 + 3 * 900) / HOUR)
    assert planned.doors(proposal, plan) == 3
    assert np.isclose(planned.expected(proposal, plan), sum(stop.prize for stop in proposal.problem.stops))


@pytest.mark.parametrize("einde", [9, 8])
def test_a_shift_of_no_length_gives_no_round(einde: int) -> None:
    none = Duty(team=PAIR, dag=TUESDAY, begin=time(9), einde=time(einde))
    assert propose([door(1)], [none], Straight()).complaints == (Complaint(over=none.id, fout=Fault.DIENST_LEEG),)
