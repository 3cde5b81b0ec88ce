"""The clock of a route, exactly: the one place where times of a plan are computed, and the judge of the solver."""

from __future__ import annotations

from collections.abc import Sequence

from service.planning.problem import Problem, Route, Shift, Stop, Visit

SLACK = 1e-6  # seconds: what adding floating-point numbers may differ


def timed(problem: Problem, shift: Shift, order: Sequence[Stop]) -> Route | None:
    """The visits of `order` as early as they can be, leaving as late as that allows; None when they do not fit."""
    if not order:
        return Route(shift=shift.id, visits=(), departure=shift.begin, back=shift.begin)
    clock, place, visits = shift.begin, shift.start, []
    for stop in order:
        if not shift.takes(stop):
            return None
        arrival = clock + float(problem.travel[place, stop.place])
        begin = earliest(stop, arrival)
        if begin is None:
            return None
        clock, place = begin + stop.service, stop.place
        visits.append(Visit(stop=stop.id, arrival=arrival, begin=begin, end=clock))
    back = clock + float(problem.travel[place, shift.finish])
    if back > shift.end + SLACK:
        return None
    wait = visits[0].begin - visits[0].arrival  # better to wait at the office than at the gate
    first = Visit(stop=visits[0].stop, arrival=visits[0].begin, begin=visits[0].begin, end=visits[0].end)
    return Route(shift=shift.id, visits=(first, *visits[1:]), departure=shift.begin + wait, back=back)


def earliest(stop: Stop, arrival: float) -> float | None:
    """The earliest moment at or after `arrival` at which the whole visit lies in a window; None when there is none."""
    if not stop.windows:
        return arrival
    found = None
    for window in stop.windows:
        begin = max(arrival, window.begin)
        if begin + stop.service <= window.end + SLACK and (found is None or begin < found):
            found = begin
    return found


def fitting(problem: Problem, shift: Shift, order: Sequence[Stop]) -> tuple[list[Stop], Route]:
    """`order` without the stops that do not fit: while it does not, what is not pinned and worth least goes first."""
    kept = [stop for stop in order if shift.takes(stop)]
    while True:
        route = timed(problem, shift, kept)
        if route is not None:
            return kept, route
        kept.remove(min(kept, key=lambda stop: (stop.pinned, stop.prize)))
