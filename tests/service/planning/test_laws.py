"""What holds for every plan, whatever is asked: judged by a clock of its own, not by timing.py."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.planning.effort import Effort
from service.planning.feasible import possible
from service.planning.problem import Plan, Problem, Shift, Stop, Why, Window
from service.planning.solve import solve
from service.planning.timing import timed

BRIEF = Effort(seconds=60, workers=0, iterations=80)
TWEE = frozenset({"twee_personen"})


def drawn(seed: int, pins: float = 0.1) -> Problem:
    """24 stops, three shifts of which two alike; windows, also contradictory ones; needs; named shifts."""
    rng = np.random.default_rng(seed)
    at = rng.random((25, 2)) * 6000
    spans = [(0.0, 7000.0), (8000.0, 8000.0 + float(rng.choice([0, 3000, 7000])))]
    shifts = (
        Shift(id="a", start=0, finish=0, begin=spans[0][0], end=spans[0][1]),
        Shift(id="b", start=0, finish=1, begin=spans[1][0], end=spans[1][1], offers=TWEE),
        Shift(id="c", start=0, finish=1, begin=spans[1][0], end=spans[1][1], offers=TWEE),
    )
    stops = tuple(
        Stop(
            id=str(i),
            place=i,
            service=float(rng.choice([0, 300, 900])),
            prize=float(rng.choice([0.0, rng.random()], p=[0.1, 0.9])),
            windows=tuple(
                Window(begin=float(b), end=float(b + rng.choice([-100, 900, 4000])))
                for b in rng.integers(0, 12_000, rng.integers(0, 4))
            ),
            needs=TWEE if rng.random() < 0.3 else frozenset(),
            pinned=bool(rng.random() < pins),
            shifts=frozenset({"b"}) if rng.random() < 0.1 else frozenset(),
        )
        for i in range(1, 25)
    )
    travel = np.sqrt(((at[:, None] - at[None]) ** 2).sum(-1)) * (1 + 0.2 * rng.random((25, 25)))
    np.fill_diagonal(travel, 0.0)
    return Problem(stops=stops, shifts=shifts, travel=travel)


def check(problem: Problem, plan: Plan) -> None:
    stops = {stop.id: stop for stop in problem.stops}
    for route in plan.routes:
        shift = next(s for s in problem.shifts if s.id == route.shift)
        clock, where = route.departure, shift.start
        assert clock >= shift.begin
        for visit in route.visits:
            stop = stops[visit.stop]
            assert visit.arrival == pytest.approx(clock + problem.travel[where, stop.place])
            assert visit.begin >= visit.arrival and visit.end == visit.begin + stop.service
            assert not stop.windows or any(w.begin <= visit.begin and visit.end <= w.end + 1e-5 for w in stop.windows)
            assert stop.needs <= shift.offers
            assert not stop.shifts or shift.id in stop.shifts
            clock, where = visit.end, stop.place
        assert route.back == pytest.approx(clock + problem.travel[where, shift.finish])
        assert route.back <= shift.end + 1e-5
    planned = [visit.stop for route in plan.routes for visit in route.visits]
    assert sorted(planned + [name for name, _ in plan.left_out]) == sorted(stops)
    assert plan.prize == pytest.approx(sum(stops[name].prize for name in planned))


@settings(max_examples=12)
@given(st.integers(0, 10_000))
def test_shifts_windows_needs_and_every_stop_accounted_for(seed: int) -> None:
    problem = drawn(seed)
    check(problem, solve(problem, BRIEF))


@settings(max_examples=12)
@given(st.integers(0, 10_000))
def test_a_pin_is_in_the_plan_or_its_reason_is(seed: int) -> None:
    problem = drawn(seed, pins=0.4)
    plan = solve(problem, BRIEF)
    check(problem, plan)
    alone, left = possible(problem), dict(plan.left_out)
    for stop in problem.stops:
        if stop.pinned and stop.id in left:
            expected = alone[stop.id] if isinstance(alone[stop.id], Why) else Why.PAST_NIET
            assert left[stop.id] == expected
    nothing_else = replace(problem, stops=tuple(stop for stop in problem.stops if stop.pinned))
    assert pins_in(problem, plan) >= len(nothing_else.stops) - len(only(nothing_else))


def pins_in(problem: Problem, plan: Plan) -> int:
    pins = {stop.id for stop in problem.stops if stop.pinned}
    return sum(visit.stop in pins for route in plan.routes for visit in route.visits)


def only(problem: Problem) -> tuple[tuple[str, Why], ...]:
    return solve(replace(problem, stops=tuple(replace(stop, prize=1.0) for stop in problem.stops)), BRIEF).left_out


@settings(max_examples=8)
@given(st.integers(0, 10_000))
def test_solving_again_keeps_every_pin_and_loses_no_prize(seed: int) -> None:
    problem = drawn(seed)
    before = solve(problem, BRIEF)
    pin = next((name for name, why in before.left_out if why == Why.MINDER_WAARDE), None)
    asked = replace(problem, stops=tuple(replace(s, pinned=s.pinned or s.id == pin) for s in problem.stops))
    after = solve(asked, replace(BRIEF, iterations=40), first=before)
    check(asked, after)
    kept = {visit.stop for route in before.routes for visit in route.visits}
    pins = {stop.id for stop in problem.stops if stop.pinned} & kept
    assert pins <= {visit.stop for route in after.routes for visit in route.visits}
    same = solve(problem, replace(BRIEF, iterations=0), first=before)
    assert same.prize >= before.prize


@settings(max_examples=6)
@given(st.integers(0, 10_000))
def test_same_seed_same_plan(seed: int) -> None:
    problem = drawn(seed)
    effort = replace(BRIEF, rounds=2)
    assert solve(problem, effort) == solve(problem, effort)


def test_the_same_plan_in_this_process_and_in_one_or_two_others() -> None:
    problem = drawn(7)
    plans = [solve(problem, replace(BRIEF, rounds=2, workers=workers)) for workers in (0, 1, 2)]
    assert plans[0] == plans[1] == plans[2]


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_what_is_possible_alone_is_what_the_clock_says(seed: int) -> None:
    problem = drawn(seed)
    for stop in problem.stops:
        slowly = frozenset(s.id for s in problem.shifts if timed(problem, s, [stop]) is not None)
        found = possible(problem)[stop.id]
        assert found == slowly if slowly else isinstance(found, Why)


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_nothing_that_would_still_fit_is_left_out(seed: int) -> None:
    problem = drawn(seed)
    plan = solve(problem, BRIEF)
    stops = {stop.id: stop for stop in problem.stops}
    visits = {route.shift: [stops[visit.stop] for visit in route.visits] for route in plan.routes}
    for name in (name for name, why in plan.left_out if why == Why.MINDER_WAARDE and stops[name].prize > 0):
        for shift in problem.shifts:
            order = visits.get(shift.id, [])
            for at in range(len(order) + 1):
                assert timed(problem, shift, [*order[:at], stops[name], *order[at:]]) is None
