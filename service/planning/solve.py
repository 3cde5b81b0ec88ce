"""A Problem in, a Plan out: what cannot be is named, the rest is searched, put together anew, and checked exactly."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyvrp import Solution
from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria

from service.planning.feasible import possible
from service.planning.model import Modelled, modelled
from service.planning.problem import Plan, Problem, Route, Stop, Why
from service.planning.recombine import recombined
from service.planning.search import Pool, searched
from service.planning.timing import timed


@dataclass(frozen=True, kw_only=True)
class Effort:
    """seconds: of searching in all; rounds: of search and recombination; iterations: bound per round, so that a run is
    repeatable where the clock is not (same seed and iterations, same plan).
    """

    seconds: float = 3.0
    rounds: int = 1
    iterations: int | None = None
    seed: int = 1


def solve(problem: Problem, effort: Effort = Effort(), first: Plan | None = None) -> Plan:
    """The plan with the highest prize found. first: where to begin, e.g. the plan before a stop was pinned."""
    fits = {stop.id: possible(problem, stop) for stop in problem.stops}
    impossible = {name: why for name, why in fits.items() if isinstance(why, Why)}
    stops = [stop for stop in problem.stops if stop.id not in impossible and (stop.prize > 0 or stop.pinned)]
    routes: list[Route] = []
    if stops:
        model = modelled(problem, stops, [_shifts(fits[stop.id]) for stop in stops])
        routes = _best(problem, stops, model, effort, first)
    return _plan(problem, routes, impossible)


def _best(problem: Problem, stops: Sequence[Stop], model: Modelled, effort: Effort, first: Plan | None) -> list[Route]:
    pool, best = Pool(), _begun(stops, model, first)
    until = time.monotonic() + effort.seconds
    prizes = np.array([client.prize for client in model.data.clients()], dtype=float)
    of_stop = np.zeros(len(stops))
    of_stop[list(model.stop_of)] = prizes
    for turn in range(effort.rounds):
        left = (until - time.monotonic()) / (effort.rounds - turn)
        limits = [MaxRuntime(max(left * 0.85, 0.05))]
        if effort.iterations is not None:
            limits.append(MaxIterations(effort.iterations))
        found = searched(model, MultipleCriteria(limits), effort.seed + turn, pool, best if turn % 3 == 2 else None)
        best = _better(best, found)
        chosen = recombined(pool.routes, of_stop, model.stop_of, len(model.shifts), max(left * 0.15, 0.5))
        best = _better(best, _solution(model, chosen))
    return [route for route in _timed(problem, stops, model, best) if route.visits]


def _better(one: Solution | None, other: Solution | None) -> Solution | None:
    known = [s for s in (one, other) if s is not None and s.is_feasible()]
    return min(known, key=lambda s: (s.uncollected_prizes(), s.distance()), default=None)


def _solution(model: Modelled, chosen: Sequence[tuple[int, tuple[int, ...]]]) -> Solution | None:
    from pyvrp import Activity, ActivityType
    from pyvrp import Route as Trip

    if not chosen:
        return None
    trips = [
        Trip(model.data, [Activity(ActivityType.CLIENT, client) for client in order], vehicle)
        for vehicle, order in chosen
    ]
    return Solution(model.data, trips)


def _begun(stops: Sequence[Stop], model: Modelled, first: Plan | None) -> Solution | None:
    if first is None:
        return None
    client = {stops[i].id: c for c, i in reversed(list(enumerate(model.stop_of)))}
    chosen = [
        (model.shifts.index(route.shift), tuple(client[v.stop] for v in route.visits if v.stop in client))
        for route in first.routes
        if route.shift in model.shifts
    ]
    return _solution(model, [(vehicle, order) for vehicle, order in chosen if order])


def _timed(problem: Problem, stops: Sequence[Stop], model: Modelled, best: Solution | None) -> list[Route]:
    """The routes on the exact clock. Raises RuntimeError when one does not fit: then the model is wrong."""
    routes = []
    for trip in best.routes() if best is not None else []:
        shift = problem.shifts[trip.vehicle_type()]
        order = [stops[model.stop_of[step.idx]] for step in trip.schedule() if step.is_client()]
        route = timed(problem, shift, order)
        if route is None:
            raise RuntimeError(f"shift {shift.id}: the solver's route does not fit the exact clock")
        routes.append(route)
    return routes


def _shifts(found: frozenset[str] | Why) -> frozenset[str]:
    return found if isinstance(found, frozenset) else frozenset()


def _plan(problem: Problem, routes: Sequence[Route], impossible: dict[str, Why]) -> Plan:
    planned = {visit.stop for route in routes for visit in route.visits}
    left = [
        (stop.id, impossible.get(stop.id) or (Why.PAST_NIET if stop.pinned else Why.MINDER_WAARDE))
        for stop in problem.stops
        if stop.id not in planned
    ]
    return Plan(
        routes=tuple(sorted(routes, key=lambda route: [s.id for s in problem.shifts].index(route.shift))),
        left_out=tuple(left),
        prize=float(sum(stop.prize for stop in problem.stops if stop.id in planned)),
    )
