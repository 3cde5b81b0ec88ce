"""What the exact clock and a plain look add to a set of routes: a stop where it fits, a pin where it must."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from service.planning.problem import Problem, Route, Shift, Stop
from service.planning.timing import SLACK, fitting, timed

TRIES = 4  # places in a round at which a pin is tried

Rounds = dict[str, list[Stop]]  # shift -> its stops in order


def with_pins(problem: Problem, rounds: Rounds, shifts: Sequence[Shift], pins: Sequence[Stop]) -> Rounds:
    """`rounds` with each of `pins` put in where it costs least; other stops make way, no pin does."""
    rounds = {shift.id: list(rounds.get(shift.id, [])) for shift in shifts}
    for pin in pins:
        tries = []
        for shift in shifts:
            if shift.takes(pin):
                now = rounds[shift.id]
                tries += [_made_way(problem, shift, now, pin, at) for at in _detours(problem, shift, now, pin)]
        able = [kept for kept in tries if kept is not None]
        if able:
            *_, name, order = min(able, key=lambda kept: kept[:3])
            rounds[name] = order
    return rounds


def _detours(problem: Problem, shift: Shift, now: Sequence[Stop], pin: Stop) -> list[int]:
    """The places in a round where the way past `pin` is shortest."""
    path = np.array([shift.start, *(stop.place for stop in now), shift.finish])
    detour = (
        problem.travel[path[:-1], pin.place] + problem.travel[pin.place, path[1:]] - problem.travel[path[:-1], path[1:]]
    )
    return [int(at) for at in np.argsort(detour, kind="stable")[:TRIES]]


def _made_way(
    problem: Problem, shift: Shift, now: Sequence[Stop], pin: Stop, at: int
) -> tuple[float, float, str, list[Stop]] | None:
    """(prize lost, time back, shift, order) with the pin at this place; None when that takes another pin out."""
    order, route = fitting(problem, shift, [*now[:at], pin, *now[at:]])
    pinned = sum(stop.pinned for stop in now) + 1
    if sum(stop.pinned for stop in order) < pinned:
        return None
    return sum(stop.prize for stop in now) - sum(stop.prize for stop in order), route.back, shift.id, order


def filled(problem: Problem, rounds: Rounds, shifts: Sequence[Shift], others: Sequence[Stop]) -> Rounds:
    """`rounds` with every one of `others` that still fits somewhere, those worth most first: nothing that could be
    visited for nothing is left out.
    """
    rounds = {shift.id: list(rounds.get(shift.id, [])) for shift in shifts}
    waiting = sorted(others, key=lambda stop: (not stop.pinned, -stop.prize, stop.id))
    for shift in shifts:
        tried = 0  # what did not fit in a round does not fit in a fuller one
        while tried < len(waiting):
            near = _near(problem, shift, rounds[shift.id], waiting[tried:])
            fit = next((i for i, places in near if _put_in(problem, shift, rounds, waiting[tried + i], places)), None)
            if fit is None:
                break
            tried += fit
            waiting.pop(tried)
    return rounds


def _put_in(problem: Problem, shift: Shift, rounds: Rounds, stop: Stop, places: Sequence[int]) -> bool:
    """Whether `stop` fits at one of these places of the round; then it is there, where the team is back soonest."""
    now = rounds[shift.id]
    orders = [[*now[:at], stop, *now[at:]] for at in places]
    fits = [(route.back, i) for i, order in enumerate(orders) if (route := timed(problem, shift, order)) is not None]
    if fits:
        rounds[shift.id] = orders[min(fits)[1]]
    return bool(fits)


def _near(problem: Problem, shift: Shift, now: Sequence[Stop], waiting: Sequence[Stop]) -> list[tuple[int, list[int]]]:
    """Which of `waiting`, and where in the round, take no longer a detour than there is time left in it."""
    route = timed(problem, shift, now)
    if route is None:
        return []
    path = np.array([shift.start, *(stop.place for stop in now), shift.finish])
    at = np.array([stop.place for stop in waiting])
    travel = problem.travel
    direct = travel[path[:-1], path[1:]] if now else np.zeros(1)
    detour = travel[np.ix_(path[:-1], at)] + travel[np.ix_(at, path[1:])].T - direct[:, None]
    able = detour + np.array([stop.service for stop in waiting]) <= _spare(shift, route) + SLACK
    return [
        (i, np.flatnonzero(able[:, i]).tolist())
        for i in np.flatnonzero(able.any(axis=0)).tolist()
        if shift.takes(waiting[i])
    ]


def _spare(shift: Shift, route: Route) -> float:
    """Seconds of the shift in which the team neither drives nor visits."""
    if not route.visits:
        return shift.end - shift.begin
    waits = sum(visit.begin - visit.arrival for visit in route.visits)
    return shift.end - route.back + waits + route.departure - shift.begin
