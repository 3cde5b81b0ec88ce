"""A plan without thought: the stops in a given order, as long as they fit. What ours is compared with."""

from __future__ import annotations

from collections.abc import Iterable

from service.planning.problem import Plan, Problem, Route, Why
from service.planning.propose import Proposal
from service.planning.timing import timed
from service.planning.worth import chance_of


def in_order(problem: Problem, order: Iterable[str]) -> Plan:
    """Each stop of `order` goes at the end of the first shift in which it still fits."""
    stops = {stop.id: stop for stop in problem.stops}
    taken: dict[str, list[str]] = {shift.id: [] for shift in problem.shifts}
    routes: dict[str, Route] = {}
    for name in order:
        for shift in problem.shifts:
            route = timed(problem, shift, [stops[other] for other in (*taken[shift.id], name)])
            if route is not None:
                taken[shift.id].append(name)
                routes[shift.id] = route
                break
    planned = {name for names in taken.values() for name in names}
    return Plan(
        routes=tuple(routes[shift.id] for shift in problem.shifts if shift.id in routes),
        left_out=tuple((name, Why.MINDER_WAARDE) for name in stops if name not in planned),
        prize=sum(stop.prize for stop in problem.stops if stop.id in planned),
    )


def by_rank(proposal: Proposal) -> Plan:
    """The top of the list on the same hours: the likeliest door first, wherever it lies."""
    best = {stop: max(map(chance_of, doors)) for stop, doors in proposal.doors.items()}
    return in_order(proposal.problem, sorted(best, key=lambda stop: (-best[stop], stop)))
