"""What each stop could do on its own: in which shifts it fits when it is the only stop, and if in none, why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.planning.problem import Problem, Shift, Stop, Why
from service.planning.timing import SLACK


def possible(problem: Problem) -> dict[str, frozenset[str] | Why]:
    """For each stop the shifts that could visit it and nothing else; if there is none, the first reason that holds."""
    alone = _alone(problem)
    takers: dict[tuple[frozenset[str], frozenset[str]], list[int]] = {}
    found: dict[str, frozenset[str] | Why] = {}
    for stop, fits in zip(problem.stops, alone, strict=True):
        key = stop.needs, stop.shifts
        if key not in takers:
            takers[key] = [i for i, shift in enumerate(problem.shifts) if shift.takes(stop)]
        able = frozenset(problem.shifts[i].id for i in takers[key] if fits[i])
        found[stop.id] = able or _why([problem.shifts[i] for i in takers[key]], stop)
    return found


def _alone(problem: Problem) -> NDArray[np.bool_]:
    """(stops, shifts): timed() of the stop alone is a route, whatever it needs; for all at once."""
    most = max((len(stop.windows) for stop in problem.stops), default=0) or 1
    begins, ends = np.full((2, len(problem.stops), most), np.nan)  # no window: nothing is within it
    for i, stop in enumerate(problem.stops):
        windows = [(window.begin, window.end) for window in stop.windows] or [(-np.inf, np.inf)]
        begins[i, : len(windows)], ends[i, : len(windows)] = zip(*windows, strict=True)
    service = np.array([stop.service for stop in problem.stops])
    at = np.array([stop.place for stop in problem.stops], dtype=np.intp)
    able = np.zeros((len(problem.stops), len(problem.shifts)), dtype=bool)
    for k, shift in enumerate(problem.shifts):
        arrival = shift.begin + problem.travel[shift.start, at]
        visits = np.maximum(arrival[:, None], begins)
        visits[~(visits + service[:, None] <= ends + SLACK)] = np.inf
        back = visits.min(axis=1, initial=np.inf) + service + problem.travel[at, shift.finish]
        able[:, k] = back <= shift.end + SLACK
    return able


def _why(able: Sequence[Shift], stop: Stop) -> Why:
    if not able:
        return Why.GEEN_TEAM
    return Why.TE_VER if any(_meets(shift, stop) for shift in able) else Why.GEEN_TIJD


def _meets(shift: Shift, stop: Stop) -> bool:
    """Whether a window and the shift overlap for as long as the visit takes, travel left aside. In a shift of no length
    nothing is possible, not even a visit of no length.
    """
    if shift.end <= shift.begin:
        return False
    if not stop.windows:
        return shift.end - shift.begin + SLACK >= stop.service
    return any(
        w.begin <= w.end and min(w.end, shift.end) - max(w.begin, shift.begin) + SLACK >= stop.service
        for w in stop.windows
    )
