"""The chance that somebody opens the door, by weekday and hour, and what earlier attempts in vain tell of it.

A household is of one of five kinds; each kind has its chance per part of the day. A shut door makes the kinds that are
mostly out at that hour more likely (Bayes), and the same part of such a day less promising than the rest: within a kind
a household keeps habits, so its own chance in a slot is Beta distributed round that of its kind, and f shut doors in
that slot bring its mean from p to p c / (c + f) (Beta-Bernoulli; c = HABIT).

The figures are our own reading, to be replaced by a gemeente's own visits: nobody publishes who opens a door by hour.
What they lean on: in time-use surveys (SCP/CBS Tijdsbestedingsonderzoek) about a third of the working population is at
home at eleven on a working day and four fifths at eight in the evening; Wednesday and Friday are the days of part-time
work; and of 33 rural addresses looked at in one round, 17 had nobody at home.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from features.columns import Doel
from service.planning.calendar import FIRST_HOUR, LAST_HOUR, SATURDAY, SUNDAY, local, weekday

Floats = NDArray[np.float64]

PARTS = (7, 9, 12, 14, 17, 19, 22)  # a part of the day is from one of these hours to the next
DAY_OF = (0, 0, 1, 0, 1, 2, 3)  # Monday … Sunday -> ordinary working day, part-time day, Saturday, Sunday
KINDS = ("overdag_thuis", "werkt_buitenshuis", "wisselend", "zelden", "niemand")
PRIOR = np.array([0.37, 0.29, 0.14, 0.10, 0.10])
# ... where it is as suspected: of spookbewoning workers without registration, store rooms and hemp; of schijnbewoning
# the half who are simply others than those registered, and the homes that nobody lives in
IF_SO = {
    Doel.SPOOKBEWONING: np.array([0.20, 0.35, 0.15, 0.15, 0.15]),
    Doel.SCHIJNBEWONING: np.array([0.30, 0.27, 0.13, 0.13, 0.17]),
}
HABIT = 2.0  # c: how far households of one kind differ; lower = more
AHEAD = 14  # days in which a next attempt is sought
POINTLESS = 0.5  # from this chance on that nobody lives there, another visit is no longer the way to know

_SLOTS = len(PARTS) - 1
PROFILES: Floats = np.array(
    [
        # 7-9   9-12  12-14 14-17 17-19 19-22     rows: ordinary working day, part-time day, Saturday, Sunday
        [[0.62, 0.68, 0.68, 0.68, 0.78, 0.75], [0.62, 0.68, 0.68, 0.68, 0.78, 0.75],
         [0.60, 0.62, 0.64, 0.62, 0.72, 0.68], [0.55, 0.64, 0.70, 0.66, 0.72, 0.68]],
        [[0.35, 0.10, 0.12, 0.17, 0.62, 0.72], [0.38, 0.20, 0.24, 0.28, 0.62, 0.68],
         [0.48, 0.52, 0.50, 0.46, 0.60, 0.52], [0.45, 0.60, 0.60, 0.55, 0.68, 0.64]],
        [[0.38, 0.36, 0.38, 0.38, 0.44, 0.42], [0.38, 0.36, 0.38, 0.38, 0.44, 0.42],
         [0.36, 0.38, 0.38, 0.36, 0.42, 0.38], [0.36, 0.42, 0.44, 0.42, 0.44, 0.42]],
        [[0.04, 0.06, 0.07, 0.08, 0.11, 0.10], [0.04, 0.06, 0.07, 0.09, 0.13, 0.12],
         [0.14, 0.24, 0.25, 0.24, 0.20, 0.16], [0.14, 0.24, 0.25, 0.22, 0.15, 0.10]],
        [[0.01] * _SLOTS] * 4,
    ]
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Advice:
    """When to try again: on `dag` between `van` and `tot` (wall clock). kans: to meet somebody then. zinvol: False when
    nobody seems to live there: then ask elsewhere rather than knock again.
    """

    dag: date
    van: time
    tot: time
    kans: float
    zinvol: bool


def chances(attempts: Iterable[datetime] = ()) -> Floats:
    """(7, 24): the chance to meet somebody by weekday (0 = Monday) and hour, 0 outside 07:00-22:00.

    attempts: moments at which nobody was met, in any order.
    """
    return _chances(_slots(attempts))


def kinds(attempts: Iterable[datetime] = ()) -> dict[str, float]:
    """How likely each kind of household is."""
    return dict(zip(KINDS, map(float, _posterior(Counter(_slots(attempts)))), strict=True))


def advice(attempts: Sequence[datetime], after: datetime, *, weekend: bool = False, sunday: bool = False) -> Advice:
    """The best part of a day in the two weeks after the day of `after`; of equals the first."""
    chance, first = chances(attempts), local(after).date() + timedelta(days=1)
    last_day = SUNDAY if sunday else SATURDAY if weekend else SATURDAY - 1
    days = [day for n in range(AHEAD) if weekday(day := first + timedelta(days=n)) <= last_day]
    found = [
        (-round(float(chance[weekday(day), begin]), 9), day, begin, end)
        for day in days
        for begin, end in pairwise(PARTS)
    ]
    best, day, begin, end = min(found)
    return Advice(dag=day, van=time(begin), tot=time(end), kans=-best, zinvol=kinds(attempts)["niemand"] < POINTLESS)


def met(attempts: Iterable[datetime], moment: datetime) -> float:
    """The chance to meet somebody at one moment."""
    when = local(moment)
    return float(chances(attempts)[weekday(when.date()), when.hour])


def if_so(attempts: Iterable[datetime], doel: Doel, outside: Floats) -> tuple[float, Floats]:
    """What shut doors tell of the suspicion, and the chance that a visit finds it when it is so.

    outside: (5,), per kind the chance to see it while nobody opens. Returns the factor by which the odds that it is so
    have changed (more than 1: doors stay shut more often where it is so), and (7, 24) chances of an answer if it is so.
    """
    slots = _slots(attempts)
    by_kind, tried = _by_kind(slots), Counter(slots)
    likely = _shut(tried)
    weight = IF_SO[doel] * likely
    odds = float(weight.sum() / (PRIOR * likely).sum())
    answer = outside[:, None, None] + (1 - outside)[:, None, None] * by_kind
    return odds, np.asarray(np.tensordot(weight / weight.sum(), answer, axes=1))


def _slots(attempts: Iterable[datetime]) -> tuple[int, ...]:
    """The slot of each attempt, sorted; one outside 07:00-22:00 belongs to the nearest part."""
    found = []
    for moment in attempts:
        when = local(moment)
        hour = min(max(when.hour, FIRST_HOUR), LAST_HOUR - 1)
        found.append(DAY_OF[weekday(when.date())] * _SLOTS + _part(hour))
    return tuple(sorted(found))


def _part(hour: int) -> int:
    return int(np.searchsorted(PARTS, hour, side="right")) - 1


def _posterior(tried: Counter[int]) -> Floats:
    """The kinds after f shut doors per slot."""
    likely = PRIOR * _shut(tried)
    return np.asarray(likely / likely.sum(), dtype=np.float64)


def _shut(tried: Counter[int]) -> Floats:
    """Per kind, the chance of all these shut doors: of f in one slot the product of (c (1 - p) + i) / (c + i)."""
    likely, profile = np.ones(len(KINDS)), PROFILES.reshape(len(KINDS), -1)
    for slot, times in tried.items():
        for i in range(times):
            likely *= (HABIT * (1 - profile[:, slot]) + i) / (HABIT + i)
    return likely


@lru_cache(maxsize=4096)
def _chances(slots: tuple[int, ...]) -> Floats:
    found = np.asarray(np.tensordot(_posterior(Counter(slots)), _by_kind(slots), axes=1))
    found.setflags(write=False)
    return found


@lru_cache(maxsize=4096)
def _by_kind(slots: tuple[int, ...]) -> Floats:
    """(5, 7, 24): the chance to meet somebody of a household of each kind, after these attempts."""
    tried = Counter(slots)
    shut = np.array([tried[slot] for slot in range(len(set(DAY_OF)) * _SLOTS)])
    of_slot = PROFILES.reshape(len(KINDS), -1) * HABIT / (HABIT + shut)
    found = np.zeros((len(KINDS), 7, 24))
    for day, kind in enumerate(DAY_OF):
        for hour in range(FIRST_HOUR, LAST_HOUR):
            found[:, day, hour] = of_slot[:, kind * _SLOTS + _part(hour)]
    found.setflags(write=False)
    return found
