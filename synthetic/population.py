"""The living gemeente: who is in which household in which home now, and how it changes from month to month.

All steps are vectorised over households or persons. `Population` is the only thing in this folder that changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from synthetic import people
from synthetic.events import Ints, Kind, Log
from synthetic.people import YEAR
from synthetic.units import CARE, LEISURE, ORDINARY, ROOM, Units
from synthetic.world import FOREVER, Lookalike

Mask = npt.NDArray[np.bool_]


@dataclass
class Empty:
    """Homes that stand empty for a lawful reason: unit, van, why (Lookalike); the end is the next tenant's day."""

    unit: list[Ints] = field(default_factory=list)
    van: list[Ints] = field(default_factory=list)
    why: list[Ints] = field(default_factory=list)


@dataclass
class Population:
    """Persons: birth, household, here (lives in the gemeente). Households: unit (-1 = none)."""

    units: Units
    rng: np.random.Generator
    birth: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    household: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    here: Mask = field(default_factory=lambda: np.empty(0, dtype=bool))
    unit: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    log: Log = field(default_factory=Log)
    empty: Empty = field(default_factory=Empty)
    today: int = 0
    length: int = 30
    left_on: Ints = field(
        default_factory=lambda: np.empty(0, dtype=np.int64)
    )  # per unit: day on which a household left town
    left_group: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))  # and which group of the log that was
    kept: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)  # homes kept on paper: address, group, until
    stirred: Ints = field(
        default_factory=lambda: np.empty(0, dtype=np.int64)
    )  # households to which this month something happened

    def __post_init__(self) -> None:
        """Nobody has left yet."""
        self.left_on, self.left_group = np.full(len(self.units.address), -1), np.full(len(self.units.address), -1)

    # --- looking ---
    def sizes(self) -> Ints:
        """Persons per household."""
        return np.bincount(self.household[self.here], minlength=len(self.unit))

    def oldest(self) -> npt.NDArray[np.float64]:
        """Age in years of the oldest of each household; -1 for nobody."""
        first = np.full(len(self.unit), FOREVER, dtype=np.int64)
        np.minimum.at(first, self.household[self.here], self.birth[self.here])
        return np.where(first == FOREVER, -1.0, (self.today - first) / YEAR)

    def age(self) -> npt.NDArray[np.float64]:
        """Age in years of every person."""
        return (self.today - self.birth) / YEAR

    def days(self, count: int) -> Ints:
        """Days within the current month."""
        return self.today + self.rng.integers(0, self.length, count)

    def chance(self, per_year: npt.NDArray[np.float64] | float, count: int) -> Mask:
        """Which of `count` are struck this month by a yearly rate."""
        return self.rng.random(count) < np.asarray(per_year) / 12.0

    # --- changing ---
    def arrive(self, size: Ints, unit: Ints, day: Ints, kind: Ints, *, young: bool, births: Ints | None = None) -> None:
        """New households of `size` persons come to live in `unit` on `day`."""
        household, birth = people.compose(size, self.today, self.rng, young=young)
        birth = birth if births is None else births
        fresh = len(self.unit) + household
        person = len(self.birth) + np.arange(len(birth))
        self.birth, self.household = np.append(self.birth, birth), np.append(self.household, fresh)
        self.here = np.append(self.here, np.ones(len(birth), dtype=bool))
        self.units.tenant[unit] = len(self.unit) + np.arange(len(unit))
        self.unit = np.append(self.unit, unit)
        day_of = np.maximum(day[household], birth)
        self.log.add(person, day_of, self.units.address[unit[household]], kind[household], household)

    def go(self, households: Ints, day: Ints, kind: int | Ints) -> None:
        """These households leave the gemeente; their homes fall empty."""
        index = np.full(len(self.unit), -1)
        index[households] = np.arange(len(households))
        person = np.flatnonzero(self.here & (index[self.household] >= 0))
        group = index[self.household[person]]
        kinds = np.broadcast_to(kind, len(households))
        homed = self.unit[households] >= 0
        self.left_on[self.unit[households][homed]] = day[homed]
        self.left_group[self.unit[households][homed]] = (self.log.groups + np.arange(len(households)))[homed]
        self.log.add(person, day[group], np.full(len(person), -1), kinds[group], group)
        self.here[person] = False
        self.vacate(self.unit[households], day)
        self.unit[households] = -1

    def move(self, households: Ints, unit: Ints, day: Ints, young: Ints | int = 0) -> None:
        """These households move to `unit`; what they leave falls empty."""
        index = np.full(len(self.unit), -1)
        index[households] = np.arange(len(households))
        person = np.flatnonzero(self.here & (index[self.household] >= 0))
        group = index[self.household[person]]
        youngs = np.broadcast_to(young, len(households))
        self.log.add(person, day[group], self.units.address[unit[group]], int(Kind.MOVE), group, youngs[group])
        old = self.unit[households]
        self.vacate(old[old >= 0], day[old >= 0])
        self.unit[households] = unit
        self.units.tenant[unit] = households

    def vacate(self, unit: Ints, day: Ints, why: int = 0, gap: Ints | None = None) -> None:
        """Homes fall empty: for how long, and why, differs (sale, renovation, an estate)."""
        keep = unit >= 0
        unit, day = unit[keep], day[keep]
        n = len(unit)
        self.units.tenant[unit] = -1
        rent, room = self.units.rent[unit], self.units.kind[unit] != ORDINARY
        wait = np.where(rent, self.rng.gamma(1.2, 16.0, n), self.rng.gamma(1.1, 42.0, n))
        works = (self.rng.random(n) < 0.09) & ~room
        wait = np.where(room, self.rng.gamma(1.0, 12.0, n), wait + works * self.rng.gamma(2.2, 75.0, n))
        reason = np.where(works, Lookalike.RENOVATION, np.where(rent | room, 0, Lookalike.SOLD))
        if why and gap is not None:
            wait, reason = gap[keep].astype(float), np.full(n, why)
        self.units.free[unit] = day + wait.astype(np.int64) + 1
        for column, values in ((self.empty.unit, unit), (self.empty.van, day), (self.empty.why, reason)):
            column.append(values.astype(np.int64))

    def split_off(self, person: Ints, group: Ints) -> Ints:
        """Persons leave their household and form new ones, by group (0, 1, …); returns the new households."""
        fresh = len(self.unit) + np.arange(int(group.max()) + 1 if len(group) else 0)
        self.household[person] = fresh[group] if len(group) else self.household[person]
        self.unit = np.append(self.unit, np.full(len(fresh), -1))
        return fresh

    def vacant(self, kinds: tuple[int, ...] = (ORDINARY,)) -> Ints:
        """Units that can be moved into this month."""
        u = self.units
        return np.flatnonzero((u.tenant < 0) & (u.free < self.today + self.length) & np.isin(u.kind, kinds))


__all__ = ["CARE", "LEISURE", "ORDINARY", "ROOM", "Empty", "Population"]
