"""Who is at home, what a visit finds, and how long the road really takes: the world of the simulated days.

Not the model of service/planning/chance.py: nobody belongs to a kind with a table of chances. Persons have work, with
hours, days at home, rotating shifts, evenings out, a week away; a farmer is on his yard; a house opens when an adult
who is in hears the bell. Planners know nothing of it. Everything follows from the seed, the door and the day: the same
visit gives the same answer whoever makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

import numpy as np

from benchmarks.field_town import Field
from features.columns import Doel

WORK = ("kantoor", "deeltijd", "ploeg", "eigen_erf", "pensioen", "student")
SHARES = (0.36, 0.13, 0.14, 0.12, 0.19, 0.06)
BELL = 0.9  # that somebody who is in hears the bell and opens
LODGERS_OPEN = 0.7  # where people live unseen by the register, they open less readily
OVERLOOKED, REFUSED = 0.08, 0.10  # as in synthetic/visits.py: what is true and not seen, or not let in
EMPTY_SEEN, USE_SEEN, LIVED_SEEN = 0.30, 0.15, 0.04  # what is clear from the road while nobody opens


class Outcome(StrEnum):
    """What a visit to a door came to."""

    GEVONDEN = "gevonden"
    AFGEDAAN = "afgedaan"  # nothing there, or nothing that will be found: not again
    NIEMAND = "niemand"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """outcome, and for which targets something was confirmed; opened: somebody came to the door."""

    outcome: Outcome
    found: tuple[Doel, ...]
    opened: bool


@dataclass(frozen=True, kw_only=True)
class Adult:
    """One grown-up's week."""

    work: str
    leaves: float  # hour on a working day
    back: float
    at_home: frozenset[int]  # weekdays without work
    evenings_out: frozenset[int]
    turn: int  # of the rotating shift: 0 early, 1 late, 2 night, in the first week


class Life:
    """The doors of one town."""

    def __init__(self, place: Field) -> None:
        """Everything is drawn from the town's seed."""
        self.place = place
        self.number = {name: i for i, name in enumerate(sorted(place.truth))}
        self.household = cache(self._household)

    def visit(self, door: str, moment: datetime, day: int) -> Answer:
        """day: 0, 1, 2 … of the simulation."""
        rng = self._rng(1, door, day)
        heard, seen, overlooked, refused = rng.random(4)
        true = tuple(doel for doel, so in self.place.truth[door].items() if so)
        if self._opens(door, moment, day, heard):
            if true and (refused < REFUSED or overlooked < OVERLOOKED):
                return Answer(outcome=Outcome.AFGEDAAN, found=(), opened=True)
            return Answer(outcome=Outcome.GEVONDEN if true else Outcome.AFGEDAAN, found=true, opened=True)
        empty, used = self.place.people[door] == 0, self.place.use[door] not in ("none", "office", "holiday", "works")
        clear = USE_SEEN if used else EMPTY_SEEN if empty else LIVED_SEEN
        if seen < clear and (true or empty):
            return Answer(outcome=Outcome.GEVONDEN if true else Outcome.AFGEDAAN, found=true, opened=False)
        return Answer(outcome=Outcome.NIEMAND, found=(), opened=False)

    def minutes(self, door: str, day: int, opened: bool, first: bool) -> float:
        """How long the visit really takes: a talk, or a bell and a look round; `first` with parking and walking up."""
        spread = float(np.exp(0.3 * self._rng(2, door, day).standard_normal()))
        return (4.0 if first else 1.0) + (19.0 if opened else 6.0) * spread

    def road(self, planned: float, here: str, there: str, day: int) -> float:
        """Seconds that the leg takes in truth: tractors, closed roads, a wrong turning."""
        rng = np.random.default_rng(
            [self.place.seed, 3, day, self.number.get(here, 9999), self.number.get(there, 9999)]
        )
        return planned * float(np.exp(0.05 + 0.25 * rng.standard_normal()))

    def _opens(self, door: str, moment: datetime, day: int, heard: float) -> bool:
        people, use = self.place.people[door], self.place.use[door]
        hour, weekday = moment.hour + moment.minute / 60, moment.weekday()
        if people == 0:
            evening = hour >= 17
            there = {"holiday": 0.5 if weekday >= 5 else 0.08, "office": 0.0 if evening else 0.5, "works": 0.4}
            return heard < there.get(use, 0.0 if use == "none" else 0.08 if evening else 0.04)
        if use == "lodging":  # they leave before dawn and come back by five, Saturdays too
            return (weekday < 6 and hour >= 17 and heard < LODGERS_OPEN) or (weekday == 6 and heard < LODGERS_OPEN)
        household, away = self.household(door)
        if away <= day < away + 5:
            return False
        spook = self.place.truth[door][Doel.SPOOKBEWONING]
        bell = LODGERS_OPEN if spook else BELL
        return heard < bell and any(self._in(adult, door, hour, weekday, day) for adult in household)

    def _in(self, adult: Adult, door: str, hour: float, weekday: int, day: int) -> bool:
        errand = self._rng(4, door, day * 24 + int(hour)).random() < (0.12 if hour < 18 else 0.06)
        if errand or (hour >= 18.5 and weekday in adult.evenings_out):
            return False
        if adult.work == "ploeg":
            turn = (adult.turn + day // 5) % 3
            begin, end = ((5.5, 14.5), (13.5, 22.5), (6.5, 13.0))[turn]  # after a night one sleeps until one
            return weekday >= 5 or not begin <= hour < end
        if adult.work == "eigen_erf":  # in the barn or on the land; at noon and in the evening indoors
            return 12 <= hour < 13.5 or hour >= 18 or self._rng(5, door, day * 24 + int(hour)).random() < 0.55
        return weekday in adult.at_home or weekday >= 5 or not adult.leaves <= hour < adult.back

    def _household(self, door: str) -> tuple[tuple[Adult, ...], int]:
        """The adults, and the day on which a week away begins (past the end of all days: none)."""
        rng = self._rng(0, door, 0)
        adults = max(1, round(self.place.people[door] * 0.7))
        away = int(rng.integers(0, 20)) if rng.random() < 0.2 else 10_000
        return tuple(_adult(rng) for _ in range(min(adults, 6))), away

    def _rng(self, what: int, door: str, day: int) -> np.random.Generator:
        return np.random.default_rng([self.place.seed, what, self.number[door], day])


def _adult(rng: np.random.Generator) -> Adult:
    work = WORK[rng.choice(len(WORK), p=SHARES)]
    free = {"kantoor": rng.choice([0, 1, 2], p=[0.55, 0.3, 0.15]), "deeltijd": 2, "pensioen": 3, "student": 1}.get(
        work, 0
    )
    pensioner = work == "pensioen"  # out on some days from ten to four
    return Adult(
        work=work,
        leaves=10.0 if pensioner else float(rng.uniform(6.8, 8.8)),
        back=16.0 if pensioner else float(rng.uniform(16.3, 18.3)),
        at_home=frozenset(rng.choice(5, free, replace=False).tolist()),
        evenings_out=frozenset(rng.choice(5, int(rng.choice([0, 1, 2])), replace=False).tolist()),
        turn=int(rng.integers(0, 3)),
    )
