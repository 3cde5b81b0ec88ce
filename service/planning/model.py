"""A Problem as PyVRP understands it: whole numbers, and every rule as a window, a load or a prize.

Which shifts may take a stop is a load: stops with the same set of shifts share a dimension in which they weigh 1, and
the other shifts have no room in it. So one travel matrix serves all. Pins are prizes that nothing outweighs: a pin that
does not fit is then left out and named, and the rest of the plan stands (a required client would make all infeasible).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType

from service.planning.problem import Problem, Stop, Window

RESOLUTION = 1_000_000  # ticks in the longest shift or trip: rounding up costs at most a millionth of it per leg
WORTH = 8  # the prize of a median stop, in lengths of all shifts: travel only breaks ties


@dataclass(frozen=True, kw_only=True)
class Modelled:
    """The model, and for each of its clients the stop it stands for (a stop with several windows has several)."""

    data: ProblemData
    stop_of: tuple[int, ...]  # client -> position in the sequence of stops given
    rate: float  # prize per tick of travel, about: where the penalties begin
    shifts: tuple[str, ...]  # vehicle type -> shift


def modelled(problem: Problem, stops: Sequence[Stop], allowed: Sequence[frozenset[str]]) -> Modelled:
    """`stops` (those that fit somewhere) with the shifts that may take each. Ticks are rounded up, so what the model
    holds to fit does fit.
    """
    origin = min(shift.begin for shift in problem.shifts)
    longest = max(max(shift.end - shift.begin for shift in problem.shifts), float(problem.travel.max()), 1.0)
    per_second = RESOLUTION / longest
    everywhere = frozenset(shift.id for shift in problem.shifts)
    sets = sorted({some for some in allowed if some != everywhere}, key=sorted)
    total = sum(_down((shift.end - shift.begin) * per_second) for shift in problem.shifts)
    prizes = _prizes(stops, total)

    clients, groups, stop_of = [], [], []
    for i, stop in enumerate(stops):
        load = [int(allowed[i] == some) for some in sets]
        windows = _windows(problem, stop, allowed[i])
        group = ClientGroup(required=False) if len(windows) > 1 else None
        for window in windows:
            early = _up((window.begin - origin) * per_second)
            service = _up(stop.service * per_second)
            if group is not None:
                group.add_client(len(clients))
            clients.append(
                Client(
                    stop.place,
                    delivery=load,
                    service_duration=service,
                    tw_early=early,
                    tw_late=max(early, _down((window.end - origin) * per_second) - service),
                    prize=prizes[i],
                    required=False,
                    group=None if group is None else len(groups),
                )
            )
            stop_of.append(i)
        if group is not None:
            groups.append(group)
    ticks = np.ceil(problem.travel * per_second - 1e-9).astype(np.int64)
    np.fill_diagonal(ticks, 0)
    places = sorted({place for shift in problem.shifts for place in (shift.start, shift.finish)})
    vehicles = [
        VehicleType(
            1,
            capacity=[len(clients) if shift.id in some else 0 for some in sets],
            start_depot=places.index(shift.start),
            end_depot=places.index(shift.finish),
            tw_early=_up((shift.begin - origin) * per_second),
            tw_late=_down((shift.end - origin) * per_second),
            shift_duration=_down((shift.end - shift.begin) * per_second),
        )
        for shift in problem.shifts
    ]
    data = ProblemData(
        [Location(0, 0) for _ in range(len(ticks))],
        clients,
        [Depot(place) for place in places],
        vehicles,
        [ticks],
        [ticks],
        groups,
    )
    mean = float(ticks[np.ix_([s.place for s in stops], [s.place for s in stops])].mean()) / 3 if stops else 1.0
    return Modelled(
        data=data,
        stop_of=tuple(stop_of),
        rate=float(np.median(prizes)) / max(mean, 1.0) if stops else 1.0,
        shifts=tuple(shift.id for shift in problem.shifts),
    )


def _prizes(stops: Sequence[Stop], total: int) -> list[int]:
    """Whole prizes; a pinned stop is worth more than all others together."""
    worth = np.array([stop.prize for stop in stops])
    positive = worth[worth > 0]
    unit = WORTH * total / float(np.median(positive)) if len(positive) else 0.0
    whole = np.rint(worth * unit).astype(np.int64)
    above = int(whole.sum()) + total
    return [int(w) + above if stop.pinned else int(w) for w, stop in zip(whole, stops, strict=True)]


def _windows(problem: Problem, stop: Stop, allowed: frozenset[str]) -> list[Window]:
    """The windows that meet an allowed shift, joined where one shift cannot tell them apart; one wide one without any."""
    shifts = [shift for shift in problem.shifts if shift.id in allowed]
    whole = Window(begin=min(s.begin for s in shifts), end=max(s.end for s in shifts))
    if not stop.windows:
        return [whole]
    return [
        Window(begin=max(w.begin, whole.begin), end=min(w.end, whole.end))
        for w in stop.windows
        if any(min(w.end, s.end) - max(w.begin, s.begin) >= stop.service for s in shifts)
    ]


def _up(value: float) -> int:
    return int(np.ceil(value - 1e-9))


def _down(value: float) -> int:
    return int(np.floor(value + 1e-9))
