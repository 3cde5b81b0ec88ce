"""The clock of a route, exactly: the one place where times of a plan are computed, and the judge of the solver."""

from __future__ import annotations

from collections.abc import Sequence

from service.planning.problem import Problem, Route, Shift, Stop, Visit

SLACK = 1e-6  # seconds: what adding floating-point numbers may differ


def timed(problem: Problem, shift: Shift, order: Sequence[Stop]) -> Route | None:
    """The visits of `order` as early as they can be, leaving as late as that allows; None when they do not fit."""
    clock, place, visits = shift.begin, shift.start, []
    for stop in order:
        if not stop.needs <= shift.offers or (stop.shifts and shift.id not in stop.shifts):
            return None
        arrival = clock + problem.travel[place, stop.place]
        begin = _begin(stop, arrival)
        if begin is None:
            return None
        clock, place = begin + stop.service, stop.place
        visits.append(Visit(stop=stop.id, arrival=arrival, begin=begin, end=clock))
    back = clock + problem.travel[place, shift.finish]
    if back > shift.end + SLACK:
        return None
    if not visits:
        return Route(shift=shift.id, visits=(), departure=shift.begin, back=shift.begin)
    wait = visits[0].begin - visits[0].arrival  # better to wait at the office than at the gate
    first = Visit(stop=visits[0].stop, arrival=visits[0].begin, begin=visits[0].begin, end=visits[0].end)
    return Route(shift=shift.id, visits=(first, *visits[1:]), departure=shift.begin + wait, back=back)


def _begin(stop: Stop, arrival: float) -> float | None:
    """The earliest moment at or after `arrival` at which the whole visit lies in a window."""
    if not stop.windows:
        return arrival
    fits = [max(arrival, w.begin) for w in stop.windows if max(arrival, w.begin) + stop.service <= w.end + SLACK]
    return min(fits) if fits else None
