"""What is asked of the solver, and the way between rounds of stops and the model's routes of clients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.planning.improve import Rounds, filled
from service.planning.model import Modelled, Order
from service.planning.problem import Problem, Shift, Stop
from service.planning.timing import fitting, timed


@dataclass(frozen=True, kw_only=True)
class Question:
    """What can be done at all. others: the stops that fit somewhere; stops: those of them that are searched, and
    modelled; shifts: those in which something fits.
    """

    problem: Problem
    others: tuple[Stop, ...]
    stops: tuple[Stop, ...]
    shifts: tuple[Shift, ...]
    model: Modelled


def orders(question: Question, rounds: Rounds) -> tuple[Order, ...]:
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


def _clients(question: Question) -> dict[str, list[int]]:
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


def exact(question: Question, best: Sequence[Order]) -> Rounds:
    """The model's routes as rounds that fit the exact clock, with whatever still fits put in."""
    problem, known = question.problem, {shift.id: shift for shift in question.shifts}
    free = {kind: list(same) for kind, same in enumerate(question.model.shifts)}
    rounds: Rounds = {}
    for kind, clients in best:
        shift = known[free[kind].pop(0)]
        order = [question.stops[question.model.stop_of[client]] for client in clients]
        rounds[shift.id] = fitting(problem, shift, order)[0]
    there = ids(rounds)
    return filled(problem, rounds, question.shifts, [stop for stop in question.others if stop.id not in there])


def prize(question: Question, best: Sequence[Order]) -> float:
    """Of the stops in the model's routes."""
    of = question.model.stop_of
    return float(sum(question.stops[of[client]].prize for _, clients in best for client in clients))


def ids(rounds: Rounds) -> frozenset[str]:
    """The stops in any of the rounds."""
    return frozenset(stop.id for order in rounds.values() for stop in order)
