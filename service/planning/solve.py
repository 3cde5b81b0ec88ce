"""A Problem in, a Plan out: what cannot be is named, the rest is searched, put together anew, and checked exactly."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from service.planning.effort import Effort, Progress, Watch
from service.planning.feasible import possible
from service.planning.improve import Rounds, filled, with_pins
from service.planning.lane import Lanes
from service.planning.model import Modelled, Order, modelled
from service.planning.names import named
from service.planning.problem import Plan, Problem, Shift, Stop, Why
from service.planning.recombine import recombined
from service.planning.search import Lap, Routes, Style
from service.planning.timing import fitting, timed

__all__ = ["Effort", "Progress", "Watch", "solve"]

PACKING = 0.15  # of the time of a round, for putting together anew
AFTER = 0.15  # seconds kept for what comes after the searching
STEADY = 60.0  # seconds for it when the run must be repeatable: other bounds come first
FIRST, UNWATCHED = Effort.first(), Watch()
STYLES = (
    Style(),
    Style(begin=1.0, history=300, most=20),
    Style(begin=1.0),
    Style(history=300, most=20),
    Style(begin=0.6, history=300),
)  # no style is best everywhere; together they are seldom all wrong
PINS = Effort(seconds=0.5, lanes=1, workers=0, iterations=300)  # for the pins alone


@dataclass(frozen=True, kw_only=True)
class _Question:
    """What can be done at all: the stops that fit somewhere, the shifts in which something fits."""

    problem: Problem
    stops: tuple[Stop, ...]
    shifts: tuple[Shift, ...]
    model: Modelled


def solve(problem: Problem, effort: Effort = FIRST, first: Plan | None = None, watch: Watch = UNWATCHED) -> Plan:
    """The plan with the highest prize found. first: where to begin, e.g. the plan before a stop was pinned."""
    begun = time.monotonic()
    fits = {stop.id: possible(problem, stop) for stop in problem.stops}
    impossible = {name: why for name, why in fits.items() if isinstance(why, Why)}
    stops = tuple(stop for stop in problem.stops if stop.id not in impossible and (stop.prize > 0 or stop.pinned))
    able = {name for stop in stops for name in _shifts(fits[stop.id])}
    shifts = tuple(shift for shift in problem.shifts if shift.id in able)
    rounds: Rounds = {}
    if stops:
        with Lanes(min(effort.workers, effort.lanes)) as lanes:
            question = _Question(problem=problem, stops=stops, shifts=shifts, model=modelled(problem, stops, shifts))
            lanes.load(question.model.data, question.model.margin)
            rounds = _searched(question, effort, lanes, _begin(question, first), watch, begun)
        rounds = named(rounds, question.model.shifts, first)
    return _plan(problem, rounds, impossible)


def _begin(question: _Question, first: Plan | None) -> Rounds:
    """The plan before as far as it still holds, with every pin for which room can be made."""
    problem, shifts = question.problem, question.shifts
    known = {stop.id: stop for stop in question.stops}
    rounds: Rounds = {shift.id: [] for shift in shifts}
    for shift in shifts:
        before = next((route.visits for route in first.routes if route.shift == shift.id), ()) if first else ()
        rounds[shift.id] = fitting(problem, shift, [known[visit.stop] for visit in before if visit.stop in known])[0]
    pins = [stop for stop in question.stops if stop.pinned]
    there = _ids(rounds)
    rounds = with_pins(problem, rounds, shifts, [pin for pin in pins if pin.id not in there])
    missing = [pin for pin in pins if pin.id not in _ids(rounds)]
    if not missing or len(pins) == len(question.stops):
        return rounds
    alone = _Question(problem=problem, stops=tuple(pins), shifts=shifts, model=modelled(problem, pins, shifts))
    with Lanes(0) as lanes:
        lanes.load(alone.model.data, alone.model.margin)
        other = _searched(alone, PINS, lanes, {}, UNWATCHED, time.monotonic())
    more = len(_ids(other)) > len(pins) - len(missing)
    return other if more else rounds


def _searched(question: _Question, effort: Effort, lanes: Lanes, rounds: Rounds, watch: Watch, begun: float) -> Rounds:
    model, until = question.model, begun + effort.seconds - AFTER
    best = _orders(question, rounds)
    routes: Routes = {(kind, frozenset(clients)): clients for kind, clients in best}
    starts = [best] * effort.lanes
    for turn in range(effort.rounds):
        left = (until - time.monotonic()) / (effort.rounds - turn)
        laps = _laps(effort, turn, left * (1 - PACKING), starts)
        found = lanes.run(laps, watch.broken_off)
        for one in found:
            best = max(best, one.best, key=model.rank)
            for key, clients in one.routes.items():
                routes.setdefault(key, clients)
        if not watch.broken_off():
            seconds = STEADY if effort.iterations is not None else max(left * PACKING, 0.2)
            best = max(best, recombined(routes, model, best, seconds), key=model.rank)
        starts = [() if one.settled else one.best for one in found]
        if turn % 2 or not found[0].settled:  # the first lane goes on from the best of all, every other time at least
            starts[0] = best
        watch.told(Progress(prize=_prize(question, best), seconds=time.monotonic() - begun, of=effort.seconds))
        if watch.broken_off():
            break
    return _exact(question, best)


def _laps(effort: Effort, turn: int, seconds: float, starts: Sequence[tuple[Order, ...]]) -> list[Lap]:
    """One search per lane; fewer workers than lanes take turns."""
    at_once = max(min(effort.workers, effort.lanes), 1)
    now = time.monotonic()
    return [
        Lap(
            seed=effort.seed * 1_000 + turn * effort.lanes + lane,
            until=now + max(seconds, 0.05) * (lane // at_once + 1) * at_once / effort.lanes,
            iterations=effort.iterations,
            first=start,
            style=STYLES[(turn * effort.lanes + lane) % len(STYLES)],
        )
        for lane, start in enumerate(starts)
    ]


def _orders(question: _Question, rounds: Rounds) -> tuple[Order, ...]:
    """Rounds as the model's routes: of the clients of a stop, the one in whose window the visit begins."""
    model, clients = question.model, _clients(question)
    kinds = {name: kind for kind, same in enumerate(model.shifts) for name in same}
    found = []
    for shift in question.shifts:
        route = timed(question.problem, shift, rounds.get(shift.id, []))
        if route is not None and route.visits:
            at = [(visit.stop, (visit.begin - model.origin) * model.per_second) for visit in route.visits]
            found.append((kinds[shift.id], tuple(_within(model, clients[stop], tick) for stop, tick in at)))
    return tuple(found)


def _clients(question: _Question) -> dict[str, list[int]]:
    clients: dict[str, list[int]] = {}
    for client, position in enumerate(question.model.stop_of):
        clients.setdefault(question.stops[position].id, []).append(client)
    return clients


def _within(model: Modelled, clients: Sequence[int], tick: float) -> int:
    """The client whose window is nearest to `tick`."""

    def outside(client: int) -> float:
        window = model.data.client(client)
        return max(window.tw_early - tick, tick - window.tw_late, 0.0)

    return min(clients, key=outside)


def _exact(question: _Question, best: Sequence[Order]) -> Rounds:
    """The model's routes as rounds that fit the exact clock, with whatever still fits put in."""
    problem, known = question.problem, {shift.id: shift for shift in question.shifts}
    free = {kind: list(same) for kind, same in enumerate(question.model.shifts)}
    rounds: Rounds = {}
    for kind, clients in best:
        shift = known[free[kind].pop(0)]
        order = [question.stops[question.model.stop_of[client]] for client in clients]
        rounds[shift.id] = fitting(problem, shift, order)[0]
    there = _ids(rounds)
    return filled(problem, rounds, question.shifts, [stop for stop in question.stops if stop.id not in there])


def _prize(question: _Question, best: Sequence[Order]) -> float:
    of = question.model.stop_of
    return float(sum(question.stops[of[client]].prize for _, clients in best for client in clients))


def _ids(rounds: Rounds) -> set[str]:
    return {stop.id for order in rounds.values() for stop in order}


def _shifts(found: frozenset[str] | Why) -> frozenset[str]:
    return found if isinstance(found, frozenset) else frozenset()


def _plan(problem: Problem, rounds: Rounds, impossible: dict[str, Why]) -> Plan:
    timings = [timed(problem, shift, rounds.get(shift.id, [])) for shift in problem.shifts]
    planned = _ids(rounds)
    left = [
        (stop.id, impossible.get(stop.id) or (Why.PAST_NIET if stop.pinned else Why.MINDER_WAARDE))
        for stop in problem.stops
        if stop.id not in planned
    ]
    return Plan(
        routes=tuple(route for route in timings if route is not None and route.visits),
        left_out=tuple(left),
        prize=float(sum(stop.prize for stop in problem.stops if stop.id in planned)),
    )
