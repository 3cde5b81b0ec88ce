"""Three ways to spend a day: the list as it comes, TOP's rule, and our plan. Each gives doors in an order.

TOP (Amsterdam's planner for inspectors, read in its source): every case in turn is the middle; each case scores 0.25 x
nearness to it (1 = there, 0 = the farthest) + 0.3 x priority; the eight best of a middle are its list, cases at one
number counted once; the middle with the highest sum wins; they are visited nearest first. When the list is done
suggestions round the place where one is are scored the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.field_town import Field
from service.planning.doors import Candidate, Duty, Team, Visiting
from service.planning.hours import moment
from service.planning.problem import Plan
from service.planning.propose import propose
from service.planning.solve import Effort, solve
from service.planning.worth import worth

FIRST_DAY = date(2026, 10, 5)  # a Monday
DAYS = 20
DAY, EVENING = (time(9), time(15, 30)), (time(14, 30), time(21))
TEAM = "team"
LIST, NEAR, PRIORITY = 8, 0.25, 0.30
VISITING = Visiting(minuten_eerste=16.0, minuten_verder=13.0)
PER_DAY, LEAST = 60, 240  # doors that our planner looks at: the ones worth most
EFFORT = Effort(seconds=1.8, lanes=1, workers=0)
AGAIN, MOST = 5, 3  # without a policy: after a week, and three times at most


@dataclass(frozen=True, kw_only=True)
class Straight:
    """Straight line times a detour at country speed, and a minute to get going. What all policies plan with."""

    detour: float = 1.35
    metres_a_second: float = 13.0
    start: float = 60.0

    def seconds(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, n) seconds."""
        away = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
        return np.where(away > 30.0, away * self.detour / self.metres_a_second + self.start, 0.0)


@dataclass(kw_only=True)
class State:
    """What one policy knows of one town: the doors that are done, and the attempts in vain."""

    place: Field
    done: set[str] = field(default_factory=set)
    attempts: dict[str, list[datetime]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)  # door -> day of the last attempt
    plan: Plan | None = None  # ours, of yesterday: the rest of the week

    def open(self, day: int, *, rest: int = AGAIN, most: int = MOST) -> list[Candidate]:
        """The candidates that may be visited today, by rank."""
        return [
            one
            for one in self.place.candidates
            if self.place.ready[one.identificatie] <= day
            and one.identificatie not in self.done
            and day - self.last.get(one.identificatie, -100) >= rest
            and len(self.attempts.get(one.identificatie, ())) < most
        ]


@dataclass(frozen=True, kw_only=True)
class Call:
    """The next door, and not before that moment."""

    door: str
    after: datetime | None = None


Day = Callable[[State, int], Iterator[Call]]
Place = tuple[float, float]


def day_of(day: int) -> date:
    """Working days only."""
    return FIRST_DAY + timedelta(days=day // 5 * 7 + day % 5)


def duty(state: State, day: int) -> Duty:
    """Thursdays are late, the other days early."""
    begin, einde = EVENING if day % 5 == 3 else DAY
    x, y = state.place.office
    return Duty(team=Team(naam=TEAM, leden=("a", "b"), start_x=x, start_y=y), dag=day_of(day), begin=begin, einde=einde)


def in_rank(state: State, day: int) -> Iterator[Call]:
    """The list as it comes."""
    for door in dict.fromkeys(one.identificatie for one in state.open(day)):
        yield Call(door=door)


def top(again: bool = True, levels: bool = False) -> Day:
    """TOP's rule. again: with suggestions when the list is done. levels: priority is high (1) for the first tenth and
    normal (0.5) for the rest, which is what TOP has; else it is our calibrated chances, over the highest.
    """

    def calls(state: State, day: int) -> Iterator[Call]:
        left = _by_door(state.open(day))
        high = np.quantile([worth for _, _, worth, _ in _by_door(state.place.candidates).values()], 0.9)
        here = state.place.office
        first = True
        while left and (first or again):
            names, points = list(left), np.array([left[name][:2] for name in left])
            worth = np.array([left[name][2] for name in left])
            if levels:
                worth = np.where(worth >= high, 1.0, 0.5)
            numbers = [left[name][3] for name in left]
            middle = None if first else np.array([here])
            chosen = [names[i] for i in _list(points, worth, numbers, middle)]
            while chosen:
                nearest = min(
                    chosen, key=lambda name: (np.hypot(left[name][0] - here[0], left[name][1] - here[1]), name)
                )
                chosen.remove(nearest)
                here = left[nearest][:2]
                del left[nearest]
                yield Call(door=nearest)
            first = False

    return calls


def ours(*, group: bool = True, retry: bool = True, week: bool = True, effort: Effort | None = None) -> Day:
    """Our plan: of what is left of the week, made anew each morning. group, retry, week: False leaves that part out."""

    def calls(state: State, day: int) -> Iterator[Call]:
        candidates = state.open(day, rest=1, most=99) if retry else state.open(day)
        if retry:
            tried = state.attempts
            candidates = [replace(one, pogingen=tuple(tried.get(one.identificatie, ()))) for one in candidates]
        days = range(day, day + 5 - day % 5 if week else day + 1)
        duties = [duty(state, other) for other in days]
        candidates = _promising(candidates, max(LEAST, PER_DAY * len(days)))
        proposal = propose(candidates, duties, Straight(), VISITING, group=group)
        plan = solve(proposal.problem, effort or EFFORT, state.plan if week else None)
        state.plan = plan
        windows = {stop.id: stop.windows for stop in proposal.problem.stops}
        for route in plan.routes:
            for visit in route.visits if route.shift == duties[0].id else ():
                after = min(w.begin for w in windows[visit.stop] if w.end >= visit.end - 1e-3)
                for door in dict.fromkeys(one.identificatie for one in proposal.doors[visit.stop]):
                    yield Call(door=door, after=moment(after, proposal.begin))

    return calls


def _promising(candidates: Sequence[Candidate], doors: int) -> list[Candidate]:
    """The doors worth most at their best: what a solver has to look at in a second or two."""
    value: dict[str, float] = {}
    for one in candidates:
        value[one.identificatie] = value.get(one.identificatie, 0.0) + float(worth([one], VISITING).max())
    best = set(sorted(value, key=lambda name: (-value[name], name))[:doors])
    return [one for one in candidates if one.identificatie in best]


def _by_door(candidates: Sequence[Candidate]) -> dict[str, tuple[float, float, float, str]]:
    """Door -> x, y, its chances together, postcode and number."""
    found: dict[str, tuple[float, float, float, str]] = {}
    for one in candidates:
        worth = found[one.identificatie][2] if one.identificatie in found else 0.0
        found[one.identificatie] = (one.x, one.y, worth + one.kans, f"{one.postcode} {one.huisnummer}")
    return found


def _list(
    points: NDArray[np.float64], worth: NDArray[np.float64], numbers: Sequence[str], middle: NDArray[np.float64] | None
) -> list[int]:
    """The best list: of all middles, or of the one given."""
    centres = points if middle is None else middle
    away = np.hypot(*(centres[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    score = NEAR * (1 - away / np.maximum(away.max(axis=1, keepdims=True), 1.0)) + PRIORITY * worth / worth.max()
    lists = [_shortened(row, numbers) for row in np.argsort(-score, axis=1, kind="stable")]
    sums = [score[i, chosen].sum() for i, chosen in enumerate(lists)]
    return lists[int(np.argmax(sums))]


def _shortened(order: NDArray[np.intp], numbers: Sequence[str]) -> list[int]:
    """The first eight; a case at the number of the one before it is not counted."""
    chosen: list[int] = []
    counted, before = 0, ""
    for i in order[: 4 * LIST].tolist():
        if numbers[i] != before:
            counted += 1
        if counted > LIST:
            break
        chosen.append(i)
        before = numbers[i]
    return chosen
