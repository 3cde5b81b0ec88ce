"""What each stop could do on its own: in which shifts it fits when it is the only stop, and if in none, why."""

from __future__ import annotations

from service.planning.problem import Problem, Shift, Stop, Why
from service.planning.timing import timed


def possible(problem: Problem, stop: Stop) -> frozenset[str] | Why:
    """The shifts that could visit `stop` and nothing else; when there is none, the first reason that holds."""
    able = [shift for shift in problem.shifts if _offers(shift, stop)]
    if not able:
        return Why.GEEN_TEAM
    fits = frozenset(shift.id for shift in able if timed(problem, shift, [stop]) is not None)
    if fits:
        return fits
    in_time = any(_meets(shift, stop) for shift in able)
    return Why.TE_VER if in_time else Why.GEEN_TIJD


def _offers(shift: Shift, stop: Stop) -> bool:
    return stop.needs <= shift.offers and (not stop.shifts or shift.id in stop.shifts)


def _meets(shift: Shift, stop: Stop) -> bool:
    """Whether a window and the shift overlap for as long as the visit takes, travel left aside."""
    if not stop.windows:
        return shift.end - shift.begin >= stop.service
    return any(min(w.end, shift.end) - max(w.begin, shift.begin) >= stop.service for w in stop.windows)
