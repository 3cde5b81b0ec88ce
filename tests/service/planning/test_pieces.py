"""The pieces of the solver, each on its own."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyvrp.search import NeighbourhoodParams, compute_neighbours

from service.planning import lane
from service.planning.effort import Effort, Progress, Watch
from service.planning.lane import Lanes
from service.planning.model import RESOLUTION, modelled
from service.planning.names import named
from service.planning.near import neighbours
from service.planning.problem import Plan, Problem, Route, Shift, Stop, Visit, Why, Window
from service.planning.recombine import recombined
from service.planning.search import Lap
from service.planning.solve import solve
from service.planning.windows import joined
from tests.service.planning.test_laws import BRIEF, check, drawn

HOUR = 3600.0


def shift(name: str, begin: float, end: float) -> Shift:
    return Shift(id=name, start=0, finish=0, begin=begin, end=end)


def test_office_hours_on_two_days_are_one_window_when_the_shifts_lie_within_them() -> None:
    week = [shift("ma", 9, 17), shift("di", 33, 41)]
    stop = Stop(id="x", place=0, service=1, prize=1, windows=(Window(begin=7, end=22), Window(begin=31, end=46)))
    assert joined(stop, week) == (Window(begin=9, end=41),)
    late = replace(stop, windows=(Window(begin=15, end=22), Window(begin=39, end=46)))
    assert joined(late, week) == (Window(begin=15, end=17), Window(begin=39, end=41))


@settings(max_examples=60)
@given(st.integers(0, 10_000))
def test_joined_windows_allow_the_same_visits(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shifts = [shift(str(k), b := float(rng.integers(0, 60)), b + float(rng.integers(0, 20))) for k in range(3)]
    windows = tuple(Window(begin=b, end=b + rng.integers(-2, 25)) for b in rng.integers(0, 60, rng.integers(0, 4)))
    stop = Stop(id="x", place=0, service=float(rng.integers(0, 6)), prize=1, windows=windows)
    found = joined(stop, shifts)
    for begin in np.arange(0, 90, 0.5):
        end = begin + stop.service
        in_shift = any(s.begin <= begin and end <= s.end for s in shifts)
        allowed = not windows or any(w.begin <= begin and end <= w.end for w in windows)
        assert (in_shift and allowed) == (in_shift and any(w.begin <= begin and end <= w.end for w in found))


def test_neighbours_are_those_of_pyvrp() -> None:
    problem = drawn(3)
    stops = [stop for stop in problem.stops if not stop.windows or min(w.end - w.begin for w in stop.windows) > 800]
    data = modelled(problem, stops, problem.shifts).data
    theirs = compute_neighbours(data, NeighbourhoodParams(num_neighbours=5))
    ours = neighbours(data, 5)
    shared = [len(set(ours[client]) & set(theirs[client])) / 5 for client in theirs]
    assert ours.keys() == theirs.keys()
    assert np.mean(shared) > 0.8  # theirs makes the relation symmetric, ours does not


def test_the_best_set_of_routes_shares_no_stop() -> None:
    travel = np.zeros((5, 5))
    stops = [Stop(id=str(i), place=i, service=1, prize=float(p)) for i, p in ((1, 3), (2, 4), (3, 5), (4, 1))]
    problem = Problem(stops=tuple(stops), shifts=(shift("a", 0, 9), shift("b", 0, 9)), travel=travel)
    model = modelled(problem, stops, problem.shifts)
    pool = {(0, frozenset(clients)): clients for clients in ((0, 1), (1, 2), (2,), (0, 3), (3,))}
    # 3 + 4 and 5 is 12; 4 + 5 and 3 + 1 is 13
    assert set(recombined(pool, model, (), 5.0)) == {(0, (1, 2)), (0, (0, 3))}
    assert recombined(pool, model, ((0, (1, 2)), (0, (0, 3))), 5.0) == ()
    assert recombined({}, model, (), 5.0) == ()


def test_teams_that_are_alike_keep_their_own_rounds() -> None:
    stops = {name: Stop(id=name, place=0, service=0, prize=1) for name in "1234"}
    visits = {"a": "34", "b": "12"}
    before = Plan(
        routes=tuple(
            Route(
                shift=name,
                visits=tuple(Visit(stop=stop, arrival=0, begin=0, end=0) for stop in order),
                departure=0,
                back=0,
            )
            for name, order in visits.items()
        ),
        left_out=(),
        prize=4,
    )
    found = {"a": [stops["1"], stops["2"]], "b": [stops["3"]], "c": [stops["4"]]}
    after = named(found, (("a", "b"), ("c",)), before)
    assert {name: "".join(stop.id for stop in order) for name, order in after.items()} == {
        "a": "3",
        "b": "12",
        "c": "4",
    }
    assert named(found, (("a", "b"), ("c",)), None) == found


def test_lanes_answer_in_the_order_they_were_asked() -> None:
    problem = drawn(5)
    model = modelled(problem, problem.stops[3:6], problem.shifts)
    far = time.monotonic() + 60
    laps = [Lap(seed=1, until=far, iterations=4_000), Lap(seed=2, until=far, iterations=1)]
    with Lanes(0) as here, Lanes(2) as there:
        here.load(model.data, model.margin)
        there.load(model.data, model.margin)
        found = there.run(laps, lambda: False)
        assert found == here.run(laps, lambda: False)
    assert found[0] != found[1]


def test_a_plan_before_that_no_longer_holds_is_where_it_begins_all_the_same() -> None:
    problem = drawn(11)
    before = solve(problem, BRIEF)
    shorter = tuple(replace(s, end=s.begin + (s.end - s.begin) * 0.6) for s in problem.shifts)
    asked = replace(problem, shifts=shorter, stops=problem.stops[1:])
    unknown = Visit(stop="weg", arrival=0.0, begin=0.0, end=0.0)
    strange = replace(before, routes=(*before.routes, Route(shift="weg", visits=(unknown,), departure=0.0, back=0.0)))
    after = solve(asked, replace(BRIEF, iterations=0), first=strange)
    check(asked, after)
    assert after.prize > 0


def test_progress_is_told_and_breaking_off_leaves_the_best_so_far() -> None:
    told: list[Progress] = []
    problem = drawn(5)
    whole = solve(problem, replace(BRIEF, rounds=3), watch=Watch(told=told.append))
    assert [one.prize for one in told] == sorted(one.prize for one in told) and len(told) == 3
    assert told[-1].prize <= whole.prize + 1e-9
    begun = time.monotonic()
    some = solve(problem, Effort(seconds=60, rounds=9), watch=Watch(broken_off=lambda: time.monotonic() > begun + 0.5))
    assert time.monotonic() - begun < 30
    check(problem, some)
    at_once = solve(problem, Effort(seconds=60), first=whole, watch=Watch(broken_off=lambda: True))
    assert at_once.prize >= whole.prize


def test_processes_that_do_not_come_up_only_cost_time(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = drawn(5)
    expected = solve(problem, BRIEF)
    monkeypatch.setattr(lane, "BEGIN", "raise SystemExit(1)")
    assert solve(problem, replace(BRIEF, workers=2)) == expected


def test_a_process_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = drawn(5)
    model = modelled(problem, problem.stops[:3], problem.shifts)
    monkeypatch.setattr(lane, "BEGIN", "import time; time.sleep(60)")
    monkeypatch.setattr(lane, "GRACE", 0.3)
    with Lanes(1) as lanes:
        lanes.load(model.data, model.margin)
        found = lanes.run([Lap(seed=1, until=time.monotonic() + 0.2, iterations=20)], lambda: False)
    assert len(found) == 1


def test_nothing_to_plan() -> None:
    assert solve(Problem(stops=(), shifts=(), travel=np.zeros((0, 0)))) == Plan(routes=(), left_out=(), prize=0.0)
    lone = Problem(stops=(Stop(id="1", place=0, service=1, prize=1),), shifts=(), travel=np.zeros((1, 1)))
    assert solve(lone).left_out == (("1", Why.GEEN_TEAM),)


def test_places_that_no_road_joins_and_prizes_of_every_size() -> None:
    travel = np.full((4, 4), 1e12)
    travel[:3, :3] = np.abs(np.subtract.outer(np.arange(3), np.arange(3))) * 600.0
    prizes = (1e-9, 1e12, 1.0)
    problem = Problem(
        stops=tuple(Stop(id=str(i), place=i, service=60, prize=p) for i, p in enumerate(prizes, start=1)),
        shifts=(shift("a", 0, HOUR),),
        travel=travel,
    )
    plan = solve(problem, BRIEF)
    check(problem, plan)
    assert plan.left_out == (("3", Why.TE_VER),)


def test_a_window_as_long_as_the_visit_at_an_awkward_moment() -> None:
    begin = 1000 / 3
    window = Window(begin=begin, end=begin + 700 / 3)
    stop = Stop(id="1", place=1, service=700 / 3, prize=1.0, windows=(window,))
    travel = np.array([[0.0, 100 / 3], [100 / 3, 0.0]])
    plan = solve(Problem(stops=(stop,), shifts=(shift("a", 0, 2000 / 3),), travel=travel), BRIEF)
    assert plan.prize == 1.0
    assert RESOLUTION > 1_000_000
