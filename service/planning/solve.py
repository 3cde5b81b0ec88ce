"""A Problem in, a Plan out: what cannot be is named, the rest is searched, put together anew, and checked exactly."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from service.planning.effort import Effort, Progress, Watch
from service.planning.feasible import possible
from service.planning.improve import Rounds, with_pins
from service.planning.lane import Lanes
from service.planning.model import Order, modelled
from service.planning.names import named
from service.planning.problem import Plan, Problem, Shift, Stop, Why
from service.planning.prune import promising
from service.planning.question import Question, exact, ids, orders, prize
from service.planning.recombine import kept, recombined
from service.planning.search import Lap, Routes, Style
from service.planning.timing import fitting, timed

__all__ = ["Effort", "Progress", "Watch", "solve"]

PACKING = 0.15  # of the time of a round, for putting together anew
AFTER = 0.15  # seconds kept for what comes after the searching
LEAST = 0.1  # seconds for it at least
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


def solve(problem: Problem, effort: Effort = FIRST, first: Plan | None = None, watch: Watch = UNWATCHED) -> Plan:
    """The plan with the highest prize found. first: where to begin, e.g. the plan before a stop was pinned."""
    begun = time.monotonic()
    fits = possible(problem)
    impossible = {name: why for name, why in fits.items() if isinstance(why, Why)}
    stops = tuple(stop for stop in problem.stops if stop.id not in impossible and (stop.prize > 0 or stop.pinned))
    able = {name for stop in stops for name in _shifts(fits[stop.id])}
    shifts = tuple(shift for shift in problem.shifts if shift.id in able)
    rounds: Rounds = {}
    if stops:
        with Lanes(min(effort.workers, effort.lanes)) as lanes:
            rounds = _begin(problem, stops, shifts, first)
            met = frozenset(stop.id for order in rounds.values() for stop in order if stop.pinned)
            chosen = promising(problem, stops, shifts, ids(rounds))
            model = modelled(problem, chosen, shifts, met)
            lanes.load(model.data, model.margin)
            question = Question(problem=problem, others=stops, stops=chosen, shifts=shifts, model=model)
            rounds = _searched(question, effort, lanes, rounds, watch, begun)
        rounds = named(rounds, model.shifts, first)
    return _plan(problem, rounds, impossible)


def _begin(problem: Problem, stops: tuple[Stop, ...], shifts: tuple[Shift, ...], first: Plan | None) -> Rounds:
    """The plan before as far as it still holds, with every pin for which room can be made. A pin that is in it stays
    when another comes that does not fit beside it: that one is then told.
    """
    known = {stop.id: stop for stop in stops}
    before = {route.shift: route.visits for route in first.routes} if first else {}
    rounds: Rounds = {}
    for shift in shifts:
        order = [known[visit.stop] for visit in before.get(shift.id, ()) if visit.stop in known]
        rounds[shift.id] = fitting(problem, shift, order)[0]
    pins = [stop for stop in stops if stop.pinned]
    there = {pin.id for pin in pins} & ids(rounds)
    rounds = with_pins(problem, rounds, shifts, [pin for pin in pins if pin.id not in there])
    met = {pin.id for pin in pins} & ids(rounds)
    if len(met) == len(pins):
        return rounds
    alike = tuple(replace(pin, prize=1.0) for pin in pins)
    model = modelled(problem, alike, shifts, frozenset(there))
    alone = Question(problem=problem, others=alike, stops=alike, shifts=shifts, model=model)
    with Lanes(0) as lanes:
        lanes.load(model.data, model.margin)
        other = _searched(alone, PINS, lanes, {}, UNWATCHED, time.monotonic())
    if len(ids(other)) > len(met) and there <= ids(other):
        return {name: [known[stop.id] for stop in order] for name, order in other.items()}
    return rounds


def _searched(question: Question, effort: Effort, lanes: Lanes, rounds: Rounds, watch: Watch, begun: float) -> Rounds:
    model, until = question.model, begun + effort.seconds - AFTER
    best = orders(question, rounds)
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
        routes = kept(routes, model)
        if not watch.broken_off():
            seconds = STEADY if effort.iterations is not None else min(left * PACKING, until - time.monotonic())
            best = max(best, recombined(routes, model, best, max(seconds, LEAST)), key=model.rank)
        starts = [() if one.settled else one.best for one in found]
        if turn % 2 or not found[0].settled:  # the first lane goes on from the best of all, every other time at least
            starts[0] = best
        watch.told(Progress(prize=prize(question, best), seconds=time.monotonic() - begun, of=effort.seconds))
        if watch.broken_off():
            break
    return exact(question, best)


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


def _shifts(found: frozenset[str] | Why) -> frozenset[str]:
    return found if isinstance(found, frozenset) else frozenset()


def _plan(problem: Problem, rounds: Rounds, impossible: dict[str, Why]) -> Plan:
    timings = [timed(problem, shift, rounds.get(shift.id, [])) for shift in problem.shifts]
    planned = ids(rounds)
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
