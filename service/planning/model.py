"""A Problem as PyVRP understands it: whole numbers, and every rule as a window, a load or a prize.

Which shifts may take a stop, when windows do not say it already, is a load: such stops share a dimension in which they
weigh something, and the other shifts have no room in it. So one travel matrix serves all. Pins are prizes that nothing
outweighs: a pin that does not fit is then left out and named, and the rest of the plan stands (a required client would
make all infeasible). Shifts that are the same in everything are one vehicle type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType

from service.planning.problem import Problem, Shift, Stop
from service.planning.windows import joined

RESOLUTION = 4_000_000  # ticks in the longest shift or trip: rounding up costs at most that part of it per leg
WORTH = 8  # the prize of a median stop, in lengths of all shifts: travel only breaks ties
NEAR = 5
HEAVY = 4  # a stop in a shift that may not take it is as bad as so many visits too many
MOST, STEEPEST = 1e13, 1e8  # all prizes together, and prize per tick: what keeps every sum within 64 bits


Order = tuple[int, tuple[int, ...]]  # a route: its vehicle type, and its clients in order


@dataclass(frozen=True, kw_only=True)
class Modelled:
    """The model, and for each of its clients the stop it stands for (a stop with several windows has several)."""

    data: ProblemData
    stop_of: tuple[int, ...]  # client -> position in the sequence of stops given
    prizes: tuple[int, ...]  # of those stops, as the model counts them
    margin: float  # what a tick is worth, about: by this the penalties are measured
    shifts: tuple[tuple[str, ...], ...]  # vehicle type -> the shifts of that kind
    ticks: NDArray[np.int64]  # the travel matrix
    per_second: float  # ticks
    origin: float  # the moment of tick 0

    def worth(self, routes: Sequence[Order]) -> int:
        """The prizes of all stops in `routes`."""
        return sum(self.prizes[self.stop_of[client]] for _, clients in routes for client in clients)

    def rank(self, routes: Sequence[Order]) -> tuple[int, int]:
        """What a better set of routes has more of: prize first, then less travel."""
        return self.worth(routes), -sum(self._length(kind, clients) for kind, clients in routes)

    def _length(self, kind: int, clients: Sequence[int]) -> int:
        vehicle = self.data.vehicle_type(kind)
        path = [self.data.client(client).location for client in clients]
        path = [self.data.depot(vehicle.start_depot).location, *path, self.data.depot(vehicle.end_depot).location]
        return int(self.ticks[path[:-1], path[1:]].sum())


def modelled(problem: Problem, stops: Sequence[Stop], shifts: Sequence[Shift]) -> Modelled:
    """`stops` and `shifts`: those that fit somewhere. Ticks are rounded up, so what the model holds to fit does fit."""
    origin = min(shift.begin for shift in shifts)
    longest = max(max(shift.end - shift.begin for shift in shifts), float(problem.travel.max()), 1.0)
    per_second = RESOLUTION / longest
    limits = _limits(stops, shifts)
    total = sum(_down((shift.end - shift.begin) * per_second) for shift in shifts)
    prizes = _prizes(stops, max(total, 1))
    ticks = np.ceil(problem.travel * per_second - 1e-9).astype(np.int64)
    np.fill_diagonal(ticks, 0)
    takes = _takes(ticks, stops, per_second)
    weight = int(np.median(takes)) * HEAVY

    clients: list[Client] = []
    groups: list[ClientGroup] = []
    stop_of: list[int] = []
    for i, stop in enumerate(stops):
        load = [weight * (limit == _limit(stop)) for limit in limits]
        windows = joined(stop, [shift for shift in shifts if shift.takes(stop)])
        group = ClientGroup(required=False) if len(windows) > 1 else None
        for window in windows:
            service = _up(stop.service * per_second)
            late = _down((window.end - origin) * per_second) - service
            early = min(
                _up((window.begin - origin) * per_second), max(late, _down((window.begin - origin) * per_second))
            )
            if group is not None:
                group.add_client(len(clients))
            clients.append(
                Client(
                    stop.place,
                    delivery=load,
                    service_duration=service,
                    tw_early=early,
                    tw_late=max(early, late),
                    prize=prizes[i],
                    required=False,
                    group=None if group is None else len(groups),
                )
            )
            stop_of.append(i)
        if group is not None:
            groups.append(group)
    kinds = _kinds(shifts, limits)
    places = sorted({place for shift in shifts for place in (shift.start, shift.finish)})
    vehicles = [
        VehicleType(
            len(same),
            capacity=[weight * len(clients) if _within(same[0], limit) else 0 for limit in limits],
            start_depot=places.index(same[0].start),
            end_depot=places.index(same[0].finish),
            tw_early=_up((same[0].begin - origin) * per_second),
            tw_late=_down((same[0].end - origin) * per_second),
            shift_duration=_down((same[0].end - same[0].begin) * per_second),
        )
        for same in kinds
    ]
    matrix: Any = ticks  # PyVRP declares its matrices less exactly than they are
    data = ProblemData(
        [Location(0, 0) for _ in range(len(ticks))],
        clients,
        [Depot(place) for place in places],
        vehicles,
        [matrix],
        [matrix],
        groups,
    )
    return Modelled(
        data=data,
        stop_of=tuple(stop_of),
        prizes=tuple(prizes),
        margin=_margin(prizes, takes, total),
        shifts=tuple(tuple(shift.id for shift in same) for same in kinds),
        ticks=ticks,
        per_second=per_second,
        origin=origin,
    )


Limit = tuple[frozenset[str], frozenset[str]]  # what is needed, and the shifts named


def _limit(stop: Stop) -> Limit:
    return stop.needs, stop.shifts


def _within(shift: Shift, limit: Limit) -> bool:
    needs, named = limit
    return needs <= shift.offers and (not named or shift.id in named)


def _limits(stops: Sequence[Stop], shifts: Sequence[Shift]) -> list[Limit]:
    """The limits that some shift does not meet: the others bind nobody."""
    found = {_limit(stop) for stop in stops}
    binding = [limit for limit in found if not all(_within(shift, limit) for shift in shifts)]
    return sorted(binding, key=lambda limit: (sorted(limit[0]), sorted(limit[1])))


def _kinds(shifts: Sequence[Shift], limits: Sequence[Limit]) -> list[list[Shift]]:
    """Shifts that nothing tells apart, together, in the order of their first."""
    kinds: dict[object, list[Shift]] = {}
    for shift in shifts:
        able = tuple(_within(shift, limit) for limit in limits)
        kinds.setdefault((shift.start, shift.finish, shift.begin, shift.end, able), []).append(shift)
    return list(kinds.values())


def _prizes(stops: Sequence[Stop], total: int) -> list[int]:
    """Whole prizes; a pinned stop is worth more than all others together."""
    worth = np.array([stop.prize for stop in stops])
    positive = worth[worth > 0]
    unit = min(WORTH * total / float(np.median(positive)), MOST / float(worth.sum())) if len(positive) else 0.0
    whole = np.rint(worth * unit).astype(np.int64)
    above = int(whole.sum()) + total
    return [int(w) + above if stop.pinned else int(w) for w, stop in zip(whole, stops, strict=True)]


def _takes(ticks: NDArray[np.int64], stops: Sequence[Stop], per_second: float) -> NDArray[np.float64]:
    """Ticks that a visit takes, about: the visit itself and the way from a neighbour (the mean of the five nearest)."""
    at = [stop.place for stop in stops]
    near = min(NEAR + 1, len(stops))
    ways = np.partition(ticks[np.ix_(at, at)], near - 1, axis=1)[:, :near].sum(axis=1) / max(near - 1, 1)
    takes: NDArray[np.float64] = ways + np.array([stop.service for stop in stops]) * per_second
    return np.maximum(takes, RESOLUTION / 1000)


def _margin(prizes: Sequence[int], takes: NDArray[np.float64], total: int) -> float:
    """Prize per tick of the last stop that still fits when those worth most per tick fill the shifts: what time is
    worth here. Below it everything is worth a violation, above it nothing is.
    """
    rates = np.array(prizes) / takes
    order = np.argsort(-rates, kind="stable")
    last = int(np.searchsorted(np.cumsum(takes[order]), total))
    return float(np.clip(rates[order[min(last, len(order) - 1)]], 1e-3, STEEPEST))


def _up(value: float) -> int:
    return int(np.ceil(value - 1e-9))


def _down(value: float) -> int:
    return int(np.floor(value + 1e-9))
