"""A Problem as PyVRP understands it: whole numbers, and every rule as a window, a load or a prize.

Which shifts may take a stop, when windows do not say it already, is a load: such stops share a dimension in which they
weigh something, and the other shifts have no room in it. So one travel matrix serves all. Pins that can be met are
prizes that nothing outweighs (with a client that is required, PyVRP would rather give an infeasible plan than go
without). Shifts that are the same in everything are one vehicle type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType

from service.planning.problem import Problem, Shift, Stop, Window
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


def modelled(
    problem: Problem, stops: Sequence[Stop], shifts: Sequence[Shift], first: frozenset[str] = frozenset()
) -> Modelled:
    """`stops` and `shifts`: those that fit somewhere. first: stops that go before all others, all of which can be met
    (the penalties are too small against such a prize for the search to find its way out of what cannot be). Ticks are
    rounded up, so what the model holds to fit does fit.
    """
    longest = max(max(shift.end - shift.begin for shift in shifts), 1.0)
    scale = _Scale(origin=min(shift.begin for shift in shifts), per_second=RESOLUTION / longest)
    used = sorted({stop.place for stop in stops} | {place for shift in shifts for place in (shift.start, shift.finish)})
    place = {at: row for row, at in enumerate(used)}
    # No trip is longer than the longest shift; one that is (places that no road joins) stays just too long.
    travel = np.minimum(problem.travel[np.ix_(used, used)], longest * 1.01 + 1)
    ticks = np.ceil(travel * scale.per_second - 1e-9).astype(np.int64)
    np.fill_diagonal(ticks, 0)

    total = max(sum(scale.down(shift.end - shift.begin) for shift in shifts), 1)
    prizes = _prizes(stops, total, first)
    takes = _takes(ticks, [place[stop.place] for stop in stops], np.array([scale.up(stop.service) for stop in stops]))
    limits, weight = _limits(stops, shifts), int(np.median(takes)) * HEAVY
    clients: list[Client] = []
    groups: list[ClientGroup] = []
    stop_of: list[int] = []
    for i, stop in enumerate(stops):
        windows = joined(stop, [shift for shift in shifts if shift.takes(stop)])
        alternatives = range(len(clients), len(clients) + len(windows))
        group = len(groups) if len(windows) > 1 else None
        load = [weight * (limit == _limit(stop)) for limit in limits]
        clients += [_client(stop, place[stop.place], window, scale, prizes[i], load, group) for window in windows]
        groups += [] if group is None else [ClientGroup(list(alternatives), required=False)]
        stop_of += [i for _ in windows]
    kinds = _kinds(shifts, limits)
    depots = sorted({place[at] for shift in shifts for at in (shift.start, shift.finish)})
    vehicles = [
        VehicleType(
            len(same),
            capacity=[weight * len(clients) if _within(same[0], limit) else 0 for limit in limits],
            start_depot=depots.index(place[same[0].start]),
            end_depot=depots.index(place[same[0].finish]),
            tw_early=scale.up(same[0].begin - scale.origin),
            tw_late=scale.down(same[0].end - scale.origin),
            shift_duration=scale.down(same[0].end - same[0].begin),
        )
        for same in kinds
    ]
    matrix: Any = ticks  # PyVRP declares its matrices less exactly than they are
    locations = [Location(0, 0) for _ in used]
    return Modelled(
        data=ProblemData(locations, clients, [Depot(at) for at in depots], vehicles, [matrix], [matrix], groups),
        stop_of=tuple(stop_of),
        prizes=tuple(prizes),
        margin=_margin(prizes, takes, total),
        shifts=tuple(tuple(shift.id for shift in same) for same in kinds),
        ticks=ticks,
        per_second=scale.per_second,
        origin=scale.origin,
    )


@dataclass(frozen=True, kw_only=True)
class _Scale:
    origin: float
    per_second: float

    def up(self, seconds: float) -> int:
        return int(np.ceil(seconds * self.per_second - 1e-9))

    def down(self, seconds: float) -> int:
        return int(np.floor(seconds * self.per_second + 1e-9))


def _client(
    stop: Stop, place: int, window: Window, scale: _Scale, prize: int, load: list[int], group: int | None
) -> Client:
    """A visit in one of the stop's windows. In a window as long as the visit it begins when the window does."""
    service = scale.up(stop.service)
    late = scale.down(window.end - scale.origin) - service
    early = min(scale.up(window.begin - scale.origin), max(late, scale.down(window.begin - scale.origin)))
    return Client(
        place,
        delivery=load,
        service_duration=service,
        tw_early=early,
        tw_late=max(early, late),
        prize=prize,
        required=False,
        group=group,
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


def _prizes(stops: Sequence[Stop], total: int, first: frozenset[str]) -> list[int]:
    """Whole prizes; a stop of `first` is worth more than all others together."""
    worth = np.array([stop.prize for stop in stops])
    positive = worth[worth > 0]
    unit = min(WORTH * total / float(np.median(positive)), MOST / float(worth.sum())) if len(positive) else 0.0
    whole = np.rint(worth * unit).astype(np.int64)
    above = int(whole.sum()) + total
    return [int(w) + above if stop.id in first else int(w) for w, stop in zip(whole, stops, strict=True)]


def _takes(ticks: NDArray[np.int64], at: list[int], service: NDArray[np.int64]) -> NDArray[np.float64]:
    """Ticks that a visit takes, about: the visit itself and the way from a neighbour (the mean of the five nearest)."""
    near = min(NEAR + 1, len(at))
    ways = np.partition(ticks[np.ix_(at, at)], near - 1, axis=1)[:, :near].sum(axis=1) / max(near - 1, 1)
    takes: NDArray[np.float64] = np.maximum(ways + service, RESOLUTION / 1000)
    return takes


def _margin(prizes: Sequence[int], takes: NDArray[np.float64], total: int) -> float:
    """Prize per tick of the last stop that still fits when those worth most per tick fill the shifts: what time is
    worth here. Below it everything is worth a violation, above it nothing is.
    """
    rates = np.array(prizes) / takes
    order = np.argsort(-rates, kind="stable")
    last = int(np.searchsorted(np.cumsum(takes[order]), total))
    return float(np.clip(rates[order[min(last, len(order) - 1)]], 1e-3, STEEPEST))
