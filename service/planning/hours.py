"""When a stop may be visited in these duties, and what it is worth then.

Time in a Problem is in seconds on the wall clock since midnight of its first day; nobody is on the road when the clock
changes, at three on a Sunday morning. A stop is visited in those hours of the duties that suit it best: in which it is
worth most beside what it would be worth then had nobody been there yet. Its prize is its mean worth over those hours.
So a door that stayed shut by day goes to the evening, if there is one, and one that was never tried may be called at in
any hour: else all would want the one evening.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from service.planning.calendar import at, local, weekday
from service.planning.chance import Floats
from service.planning.doors import Candidate, Duty, Visiting
from service.planning.problem import Shift, Window
from service.planning.worth import allowed, usual, worth

Piece = tuple[float, float, tuple[int, int]]  # from, to (seconds), (weekday, hour)
GOOD = 0.85  # hours that suit a stop less than this part of its best hour are left to others


def seconds(moment: datetime, begin: datetime) -> float:
    """Since the moment of second 0, on the wall clock."""
    return (local(moment) - local(begin)).total_seconds()  # of one zone: Python subtracts what the wall says


def moment(second: float, begin: datetime) -> datetime:
    """The other way round, on the wall clock."""
    return local(begin) + timedelta(seconds=second)


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The hours of all duties, as pieces of the clock that lie in one hour of one weekday."""

    shifts: Mapping[str, Duty]
    begin: datetime
    pieces: list[tuple[float, float, int, int, str]] = field(default_factory=list)  # from, to, weekday, hour, duty

    def __post_init__(self) -> None:
        for name, duty in self.shifts.items():
            now, end = at(duty.dag, duty.begin), at(duty.dag, duty.einde)
            while now < end:
                hour = (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
                upto = min(hour, end)
                span = seconds(now, self.begin), seconds(upto, self.begin)
                self.pieces.append((*span, weekday(duty.dag), now.hour, name))
                now = upto

    def shift(self, duty: Duty, offices: Sequence[tuple[float, float]]) -> Shift:
        """The duty in seconds. offices: the first places of the travel matrix."""
        office = offices.index((duty.team.start_x, duty.team.start_y))
        return Shift(
            id=duty.id,
            start=office,
            finish=office,
            begin=seconds(at(duty.dag, duty.begin), self.begin),
            end=seconds(at(duty.dag, duty.einde), self.begin),
            offers=duty.team.offers,
        )


def windows_of(
    doors: tuple[Candidate, ...], hours: Hours, visiting: Visiting, must: bool, into: frozenset[str], service: float
) -> tuple[tuple[Window, ...], float]:
    """When, and the mean worth then. () = what is allowed and wished lies outside every shift."""
    value, needs = worth(doors, visiting), frozenset[str]().union(*(one.nodig for one in doors))
    able = [p for p in hours.pieces if needs <= hours.shifts[p[4]].team.offers and (not into or p[4] in into)]
    may = np.logical_and.reduce([allowed(one, visiting) for one in doors])
    found = [(a, b, (day, hour)) for a, b, day, hour, _ in able or hours.pieces if may[day, hour]]
    wishes = {(seconds(wish.van, hours.begin), seconds(wish.tot, hours.begin)) for wish in doors[0].windows}
    if wishes:
        found = [
            (max(a, van), min(b, tot), when) for a, b, when in found for van, tot in wishes if max(a, van) < min(b, tot)
        ]
    suits = _suits(value, doors, visiting)
    best = max((suits[when] for _, _, when in found), default=0.0)
    good = [piece for piece in found if suits[piece[2]] >= GOOD * best]
    if must or not _fits(good, service):
        good = found
    length = sum(b - a for a, b, _ in good)
    prize = sum((b - a) * float(value[when]) for a, b, when in good) / length if length else 0.0
    return _joined(good), prize


def _suits(value: Floats, doors: tuple[Candidate, ...], visiting: Visiting) -> Floats:
    """(7, 24): worth beside what is usual at that hour."""
    beside = usual(doors, visiting)
    return np.divide(value, beside, out=np.zeros_like(value), where=beside > 0)


def _fits(pieces: Sequence[Piece], service: float) -> bool:
    return any(window.end - window.begin >= service for window in _joined(pieces))


def _joined(pieces: Iterable[Piece]) -> tuple[Window, ...]:
    """The pieces as windows; those that touch or overlap are one."""
    spans: list[list[float]] = []
    for begin, end, _ in sorted(pieces):
        if spans and begin <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([begin, end])
    return tuple(Window(begin=begin, end=end) for begin, end in spans)
