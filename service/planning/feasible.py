"""What each stop could do on its own: in which shifts it fits when it is the only stop, and if in none, why."""

from __future__ import annotations

from service.planning.problem import Problem, Shift, Stop, Why
from service.planning.timing import SLACK, timed


def possible(problem: Problem, stop: Stop) -> frozenset[str] | Why:
    """The shifts that could visit `stop` and nothing else; when there is none, the first reason that holds."""
    able = [shift for shift in problem.shifts if shift.takes(stop)]
    if not able:
        return Why.GEEN_TEAM
    fits = frozenset(shift.id for shift in able if timed(problem, shift, [stop]) is not None)
    if fits:
        return fits
    in_time = any(_meets(shift, stop) for shift in able)
    return Why.TE_VER if in_time else Why.GEEN_TIJD


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
