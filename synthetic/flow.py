"""What happens in a month: people are born, leave home, part, pair, grow old, die and move house. One function each."""

from __future__ import annotations

import numpy as np

from synthetic import people
from synthetic.events import Ints, Kind
from synthetic.params import Rates
from synthetic.population import CARE, LEISURE, ORDINARY, ROOM, Population
from synthetic.world import Lookalike

MOVER_SHARE = np.array([0.43, 0.35, 0.10, 0.08, 0.03, 0.007, 0.002, 0.0005, 0.0005])
HEAD_START = 16.0  # years: who is so much younger than the oldest counts as a child


def found(p: Population, start: int) -> None:
    """The people with whom our history begins: nearly every home has its household, larger ones in larger homes."""
    p.today = start
    u, rng = p.units, p.rng
    open_ = np.flatnonzero((u.free <= start) & (rng.random(len(u.free)) > 0.024))
    size = np.sort(people.sizes(len(open_), rng))
    order = np.argsort(np.log(u.area[open_]) + rng.normal(0, 0.36, len(open_)))
    size[np.isin(u.kind[open_][order], (ROOM, CARE))] = 1
    size = np.where(u.kind[open_][order] == LEISURE, np.minimum(size, 2), size)
    since = start - np.minimum(rng.exponential(11 * 365.0, len(open_)), 45 * 365).astype(np.int64)
    household, birth = people.compose(size, start, rng)
    birth = _special_ages(birth, u.kind[open_][order][household], start, rng)
    adult = start - birth > 17 * 365
    since = np.maximum(since, np.full(len(open_), 0))
    oldest = np.full(len(size), 2**40)
    np.minimum.at(oldest, household, np.where(adult, birth, birth))
    since = np.minimum(np.maximum(since, oldest + 19 * 365), start - 1)
    since = np.where(np.isin(u.kind[open_][order], (ROOM, CARE)), start - rng.integers(10, 900, len(since)), since)
    p.arrive(size, open_[order], since, np.full(len(size), int(Kind.START)), young=False, births=birth)


def _special_ages(birth: Ints, kind: Ints, today: int, rng: np.random.Generator) -> Ints:
    """Students in rooms, the aged in institutions."""
    n = len(birth)
    student = today - (rng.uniform(18, 27, n) * 365.25).astype(np.int64)
    aged = today - (rng.uniform(74, 97, n) * 365.25).astype(np.int64)
    return np.where(kind == ROOM, student, np.where(kind == CARE, aged, birth))


def deaths(p: Population) -> None:
    """Gompertz mortality (CBS period life table 2023). A home whose last resident died stands empty for a while."""
    age = p.age()
    struck = np.flatnonzero(p.here & p.chance(np.exp(-10.4 + 0.093 * age), len(age)))
    day = np.maximum(p.days(len(struck)), p.birth[struck])
    p.log.add(struck, day, np.full(len(struck), -1), int(Kind.DEATH), np.arange(len(struck)))
    p.here[struck] = False
    gone, first = np.unique(p.household[struck], return_index=True)
    alone = (p.sizes()[gone] == 0) & (p.unit[gone] >= 0)
    gone, day = gone[alone], day[first][alone]
    p.vacate(p.unit[gone], day, Lookalike.DIED, p.rng.gamma(2.0, 62.0, len(gone)).astype(np.int64))
    p.unit[gone] = -1


def births(p: Population, rate: float) -> None:
    """Children come to young households of two to four."""
    size, oldest = p.sizes(), p.oldest()
    able = np.flatnonzero((size >= 2) & (size <= 5) & (oldest > 22) & (oldest < 43) & (p.unit >= 0))
    struck = able[p.chance(rate * np.where(size[able] < 4, 1.4, 0.35), len(able))]
    day = p.days(len(struck))
    person = len(p.birth) + np.arange(len(struck))
    p.birth, p.household = np.append(p.birth, day), np.append(p.household, struck)
    p.here = np.append(p.here, np.ones(len(struck), dtype=bool))
    p.log.add(person, day, p.units.address[p.unit[struck]], int(Kind.BIRTH), np.arange(len(struck)))
    p.stirred = struck


def to_care(p: Population) -> None:
    """The very old who live alone move to a care home where there is room; their own home is kept for some months."""
    single = np.flatnonzero((p.sizes() == 1) & (p.oldest() > 79) & (p.unit >= 0))
    single = single[p.units.kind[p.unit[single]] == ORDINARY]
    struck = single[p.chance(0.10, len(single))]
    rooms = p.vacant((CARE,))
    count = min(len(struck), len(rooms))
    if count:
        struck, old, day = struck[:count], p.unit[struck[:count]], p.days(count)
        p.move(struck, p.rng.permutation(rooms)[:count], day)
        p.vacate(old, day, Lookalike.CARE_HOME, p.rng.gamma(2.2, 48.0, count).astype(np.int64))


def leavers(p: Population, rate: float) -> tuple[Ints, Ints]:
    """Grown children leave home: out of town, or into a household of their own (returned: who seeks; young = 1)."""
    age, oldest = p.age(), p.oldest()
    child = p.here & (age > 18) & (oldest[p.household] - age > HEAD_START) & (p.unit[p.household] >= 0)
    able = np.flatnonzero(child)
    struck = able[p.chance(rate * np.where(age[able] > 24, 2.0, 1.0), len(able))]
    away = p.rng.random(len(struck)) < 0.5
    out = struck[away]
    p.log.add(out, p.days(len(out)), np.full(len(out), -1), int(Kind.LEAVE), np.arange(len(out)), 1)
    p.here[out] = False
    return p.split_off(struck[~away], np.arange((~away).sum())), np.ones((~away).sum(), dtype=np.int64)


def partings(p: Population, rate: float) -> Ints:
    """Couples part: the younger of the two leaves, as a rule alone. Returns the new households that seek a home."""
    age, oldest, size = p.age(), p.oldest(), p.sizes()
    second = p.here & (oldest[p.household] - age < HEAD_START) & (p.birth != _first_birth(p)[p.household]) & (age > 20)
    able = np.flatnonzero(second & (size[p.household] >= 2) & (p.unit[p.household] >= 0) & (oldest[p.household] < 70))
    struck = able[p.chance(rate, len(able))]
    return p.split_off(struck, np.arange(len(struck)))


def _first_birth(p: Population) -> Ints:
    first = np.full(len(p.unit), 2**40)
    np.minimum.at(first, p.household[p.here], p.birth[p.here])
    return first


def pairings(p: Population, rate: float, on_paper: float) -> None:
    """Two who live alone move in together; one home falls empty, or is kept for the benefit that goes with it."""
    oldest = p.oldest()
    single = np.flatnonzero((p.sizes() == 1) & (oldest > 20) & (oldest < 68) & (p.unit >= 0))
    single = single[~np.isin(single, p.stirred)]
    single = single[p.units.kind[p.unit[single]] == ORDINARY]
    struck = single[p.chance(rate, len(single))]
    struck = struck[np.argsort(oldest[struck] + p.rng.normal(0, 3, len(struck)))]
    half = len(struck) // 2
    stay, come = struck[: 2 * half : 2], struck[1 : 2 * half : 2]
    index = np.full(len(p.unit), -1)
    index[come] = np.arange(half)
    person = np.flatnonzero(p.here & (index[p.household] >= 0))
    group = index[p.household[person]]
    day = p.days(half)
    base = p.log.groups
    p.log.add(person, day[group], p.units.address[p.unit[stay[group]]], int(Kind.MOVE), group)
    paper = p.rng.random(half) < on_paper  # the newcomer stays registered in the old home, which is kept
    p.vacate(p.unit[come][~paper], day[~paper])
    until = day[paper] + np.maximum(p.rng.gamma(2.0, 240.0, int(paper.sum())), 60).astype(np.int64)
    p.units.tenant[p.unit[come][paper]] = -1
    p.units.free[p.unit[come][paper]] = until + 20
    p.kept.append((p.units.address[p.unit[come][paper]], base + np.flatnonzero(paper), until))
    p.household[person] = stay[group]
    p.unit[come] = -1
    p.stirred = np.concatenate([p.stirred, stay, come])


def departures(p: Population, rates: Rates) -> Ints:
    """Households leave the gemeente or the country; returns those who seek another home within it."""
    oldest, size = p.oldest(), p.sizes()
    calm = np.ones(len(size), dtype=bool)
    calm[p.stirred] = False
    able = np.flatnonzero((size > 0) & (p.unit >= 0) & calm)
    unit = p.unit[able]
    kind = p.units.kind[unit]
    pace = np.interp(oldest[able], [18, 25, 35, 50, 70, 95], [3.2, 2.6, 1.5, 0.7, 0.35, 0.3]) * np.where(
        p.units.rent[unit], 1.5, 0.85
    )
    pace = np.where(kind == ROOM, 9.0, np.where(kind == CARE, 0.0, pace))
    out = p.chance(rates.moves_out * pace, len(able))
    abroad = ~out & p.chance(rates.emigration * pace, len(able))
    p.go(able[out | abroad], p.days((out | abroad).sum()), np.where(abroad[out | abroad], Kind.EMIGRATE, Kind.LEAVE))
    stay = ~(out | abroad) & (kind != CARE)
    return able[stay & p.chance(rates.moves_inside * pace, len(able))]


def house(p: Population, movers: Ints, seekers: Ints, young: Ints, fill: float) -> None:
    """Who seeks finds a vacant home or goes elsewhere; what is left is filled from outside bit by bit."""
    rng = p.rng
    homes = rng.permutation(p.vacant((ORDINARY, LEISURE)))
    demand = np.concatenate([seekers, movers])
    youngs = np.concatenate([young, np.zeros(len(demand) - len(young), dtype=np.int64)])
    served = min(len(demand), int(len(homes) * 0.6))
    lost = demand[served:]
    lost = lost[p.unit[lost] < 0]  # a household without a home goes out of town
    if len(lost):
        p.go(lost, p.days(len(lost)), int(Kind.LEAVE))
    wants = p.sizes()[demand[:served]] + rng.normal(0, 0.9, served)
    chosen = homes[:served][np.argsort(np.log(p.units.area[homes[:served]]))]
    order = np.argsort(wants)
    day = np.maximum(p.days(served), p.units.free[chosen])
    p.move(demand[:served][order], chosen, day, youngs[:served][order])
    _newcomers(p, homes[served:], fill)
    _newcomers(p, p.vacant((ROOM,)), 0.6)
    _newcomers(p, p.vacant((CARE,)), 0.5)


def _newcomers(p: Population, homes: Ints, fill: float) -> None:
    rng = p.rng
    homes = homes[rng.random(len(homes)) < fill]
    if not len(homes):
        return
    kind = p.units.kind[homes]
    homes = homes[np.argsort(np.log(p.units.area[homes]) + rng.normal(0, 0.36, len(homes)))]
    size = np.sort(people.sizes(len(homes), rng, MOVER_SHARE))
    kind = p.units.kind[homes]
    size = np.where(np.isin(kind, (ROOM, CARE)), 1, np.where(kind == LEISURE, np.minimum(size, 2), size))
    household, birth = people.compose(size, p.today, rng, young=True)
    birth = _special_ages(birth, kind[household], p.today, rng)
    abroad = np.where(rng.random(len(homes)) < 0.17, Kind.IMMIGRATE, Kind.ARRIVE)
    day = np.maximum(p.days(len(homes)), p.units.free[homes])
    p.arrive(size, homes, day, abroad, young=True, births=birth)
