from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, permutations
from typing import Any

import numpy as np
import pytest

from service.planning.effort import Effort
from service.planning.problem import Plan, Problem, Shift, Stop, Why, Window
from service.planning.solve import solve
from service.planning.timing import timed

HOUR = 3600.0
QUICK = Effort(seconds=30, workers=0, iterations=1500)  # bounded by iterations: the same on a busy machine
# Five farms along one road, 10 minutes apart; the office (place 0) at its beginning.
ROAD = np.abs(np.subtract.outer(np.arange(6), np.arange(6))) * 600.0
DAY = Shift(id="do", start=0, finish=0, begin=9 * HOUR, end=12 * HOUR)


def farm(place: int, prize: float = 1.0, **more: object) -> Stop:
    return replace(Stop(id=f"erf {place}", place=place, service=0.5 * HOUR, prize=prize), **more)


def visited(plan: Plan) -> set[str]:
    return {visit.stop for route in plan.routes for visit in route.visits}


def test_worth_per_hour_decides_and_not_worth_alone() -> None:
    # 3 hours: erf 5 alone takes 50 + 80 + 50 min, all of it. Erven 1-3: 30 min out, 90 min there, 30 min back.
    far = farm(5, 2.5, service=80 * 60.0)
    problem = Problem(stops=(farm(1), farm(2), farm(3), far), shifts=(DAY,), travel=ROAD)
    plan = solve(problem, QUICK)
    assert visited(plan) == {"erf 1", "erf 2", "erf 3"}
    assert plan.prize == 3.0
    assert plan.left_out == (("erf 5", Why.MINDER_WAARDE),)


def test_a_pinned_stop_is_visited_whatever_it_is_worth() -> None:
    problem = Problem(stops=(farm(1), farm(2), farm(3), farm(5, 0.0, pinned=True)), shifts=(DAY,), travel=ROAD)
    assert "erf 5" in visited(solve(problem, QUICK))


def test_what_cannot_be_is_named_with_its_reason() -> None:
    stops = (
        farm(1),
        farm(2, needs=frozenset({"politie"}), pinned=True),
        farm(3, windows=(Window(begin=13 * HOUR, end=15 * HOUR),)),
        farm(4, service=2 * HOUR),  # 40 min + 2 h + 40 min: 20 minutes too long
    )
    left = dict(solve(Problem(stops=stops, shifts=(DAY,), travel=ROAD), QUICK).left_out)
    assert left == {"erf 2": Why.GEEN_TEAM, "erf 3": Why.GEEN_TIJD, "erf 4": Why.TE_VER}


def test_more_pins_than_fit_are_told_and_the_rest_stands() -> None:
    stops = tuple(farm(place, pinned=True, service=HOUR) for place in (1, 2, 3))  # 3 h of visits and 1 h of road
    plan = solve(Problem(stops=stops, shifts=(DAY,), travel=ROAD), QUICK)
    assert len(visited(plan)) == 2
    assert [why for _, why in plan.left_out] == [Why.PAST_NIET]


def test_a_shift_of_zero_visits_nothing() -> None:
    none = replace(DAY, end=DAY.begin)
    assert solve(Problem(stops=(farm(1),), shifts=(none,), travel=ROAD), QUICK).left_out == (("erf 1", Why.GEEN_TIJD),)


def test_two_persons_and_a_named_team_are_respected() -> None:
    pair = replace(DAY, id="vr", begin=33 * HOUR, end=36 * HOUR, offers=frozenset({"twee_personen"}))
    stops = (farm(1, needs=frozenset({"twee_personen"})), farm(2, shifts=frozenset({"do"})), farm(3))
    plan = solve(Problem(stops=stops, shifts=(DAY, pair), travel=ROAD), QUICK)
    of = {visit.stop: route.shift for route in plan.routes for visit in route.visits}
    assert (of["erf 1"], of["erf 2"]) == ("vr", "do")
    assert set(of) == {"erf 1", "erf 2", "erf 3"}


def test_a_visit_waits_for_its_window_at_the_office() -> None:
    late = farm(1, windows=(Window(begin=8 * HOUR, end=9 * HOUR), Window(begin=11 * HOUR, end=12 * HOUR)))
    route = timed(Problem(stops=(late,), shifts=(DAY,), travel=ROAD), DAY, [late])
    assert route is not None
    assert (route.departure, route.visits[0].begin, route.back) == (11 * HOUR - 600, 11 * HOUR, 11.5 * HOUR + 600)


def test_the_plan_before_is_where_it_begins() -> None:
    problem = Problem(stops=tuple(farm(place) for place in range(1, 6)), shifts=(DAY,), travel=ROAD)
    before = solve(problem, QUICK)
    again = solve(problem, replace(QUICK, iterations=0), first=before)
    assert visited(again) == visited(before)


NAN = float("nan")


@pytest.mark.parametrize(
    "change",
    [
        {"travel": np.full((6, 6), np.nan)},
        {"travel": -ROAD},
        {"travel": ROAD[:5]},
        {"stops": (farm(9),)},
        {"stops": (farm(-1),)},
        {"stops": (farm(1), farm(1))},
        {"stops": (farm(1, -1.0),)},
        {"stops": (farm(1, NAN),)},
        {"stops": (farm(1, service=NAN),)},
        {"stops": (farm(1, windows=(Window(begin=0.0, end=NAN),)),)},
        {"shifts": (DAY, DAY)},
        {"shifts": (replace(DAY, begin=NAN),)},
        {"shifts": (replace(DAY, end=float("inf")),)},
    ],
)
def test_what_cannot_be_meant_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Problem(**{"stops": (farm(1),), "shifts": (DAY,), "travel": ROAD} | change)


def test_a_contradictory_window_and_a_shift_that_ends_before_it_begins_are_told() -> None:
    never = farm(1, pinned=True, windows=(Window(begin=11 * HOUR, end=10 * HOUR),))
    backwards = replace(DAY, id="vr", end=DAY.begin - HOUR)
    only_then = farm(2, shifts=frozenset({"vr"}))
    plan = solve(Problem(stops=(never, only_then, farm(3)), shifts=(DAY, backwards), travel=ROAD), QUICK)
    assert plan.left_out == (("erf 1", Why.GEEN_TIJD), ("erf 2", Why.GEEN_TIJD))
    assert visited(plan) == {"erf 3"}


def by_trying_all(problem: Problem) -> float:
    """The slow plain oracle for one shift: every subset in every order."""
    stops, shift = problem.stops, problem.shifts[0]
    best = 0.0
    for chosen in chain.from_iterable(combinations(stops, k) for k in range(1, len(stops) + 1)):
        worth = sum(stop.prize for stop in chosen)
        if worth > best and any(timed(problem, shift, order) for order in permutations(chosen)):
            best = worth
    return best


@pytest.mark.parametrize("seed", range(25))
def test_as_good_as_trying_everything(seed: int) -> None:
    rng = np.random.default_rng(seed)
    place = rng.random((6, 2)) * 3000
    travel = np.sqrt(((place[:, None] - place[None]) ** 2).sum(-1))
    stops = tuple(
        Stop(
            id=str(i),
            place=i,
            service=float(rng.integers(100, 2000)),
            prize=float(rng.integers(1, 9)),
            windows=(Window(begin=float(b := rng.integers(0, 6000)), end=float(b + 3000)),)
            if rng.random() < 0.5
            else (),
        )
        for i in range(1, 6)
    )
    problem = Problem(stops=stops, shifts=(Shift(id="a", start=0, finish=0, begin=0, end=9000),), travel=travel)
    assert solve(problem, QUICK).prize == by_trying_all(problem)
