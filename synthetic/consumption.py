"""What is really used at each address and month: electricity, panels and gas, behind whatever meter there is.

It follows the true occupants and the true use, never the register. Levels are tuned to CBS 81528NED (2024, inhabited
dwellings) and the spread to the Liander Zonnedael meters (56 households: log-normal, sigma 0.48 between households,
0.12 between the months of one household, a quarter of the use being base load). Nothing here tells a scheme for sure:
the same kWh is used by a frugal student, a house with a fish tank and a shed full of stolen bicycles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synthetic import weather
from synthetic.weather import Weather
from synthetic.world import DWELLING_TYPES, Lookalike, Mask, Use, World

Floats = npt.NDArray[np.float32]

# per dwelling type, in the order of DWELLING_TYPES
# m3 a year for 100 m2, built 1980, heated as usual
HEAT = np.array([940, 840, 860, 725, 620, 520, 950, 640, 420, 880, 900])
STANDING = np.array([1.36, 1.25, 1.22, 1.16, 0.96, 0.8, 1.4, 0.9, 0.7, 1.3, 1.0])  # times the usual use of electricity
CARS = np.array([0.17, 0.11, 0.07, 0.06, 0.03, 0.01, 0.1, 0.02, 0.0, 0.12, 0.0])  # share that loads an electric car
BUILT = np.array([0, 1945, 1975, 1992, 2006, 2015])
LEAKY = np.array([1.22, 1.18, 1.0, 0.82, 0.64, 0.45])  # heat lost, by the year of building
KWH_PER_M3 = 2.3  # kWh of a heat pump that replaces 1 m3 of gas (9.77 kWh upper value, 0.9 boiler, COP 3.8)
KWH_PER_M3_STOVE = 5.0  # "overig": partly oil or wood, partly plain electric


@dataclass(frozen=True, kw_only=True)
class Consumption:
    """kwh, panels (kWh made), m3: float32 n x M. gas: bool n, whether there is a gas connection at all."""

    kwh: Floats
    panels: Floats
    m3: Floats
    gas: Mask


def simulate(world: World, rng: np.random.Generator) -> Consumption:
    """The true use of every address in every observed month."""
    town, sky = world.town.adressen, weather.simulate(world.params)
    kind = town["type"].map({t: i for i, t in enumerate(DWELLING_TYPES)}).to_numpy(np.int64)
    area = np.clip(town["oppervlakte"].to_numpy(np.float64), 25, 2000)
    people = present(world)
    heat = heating(world, sky, kind, area, people, rng)
    kwh = living(kind, area, people, sky, rng)
    kwh = np.where(people > 0, kwh, left_on(people.shape, rng))
    kwh = other_use(kwh, people, world, rng) + appliances(people, kind, rng) + trade(kind, area, people.shape, rng)
    fuel = town["verwarming"].to_numpy()
    gas = (fuel == "gas") | (
        rng.random(len(town)) < np.select([fuel == "warmtenet", fuel == "warmtepomp"], [0.07, 0.2])
    )
    share = np.select([fuel == "gas", fuel == "warmtenet", gas], [1.0, 0.03, 0.35], 0.0)[
        :, None
    ]  # cooking, hybrid pump
    extra = np.select([fuel == "warmtepomp", fuel == "overig"], [KWH_PER_M3, KWH_PER_M3_STOVE])[:, None]
    return Consumption(
        kwh=(kwh + heat * (1 - share) * extra).astype(np.float32),
        panels=panels(world, sky, rng),
        m3=(heat * share).astype(np.float32),
        gas=gas,
    )


def present(world: World) -> Floats:
    """float32 n x M: the people really in the house: one less where one is in hospital, none where all travel."""
    people = world.lives.occupants.astype(np.float32)
    ill = (world.lives.lookalike & int(Lookalike.HOSPITAL)) > 0
    gone = (world.lives.lookalike & int(Lookalike.LONG_TRAVEL)) > 0
    return np.where(gone, np.float32(0), np.maximum(people - ill, 0)).astype(np.float32)


def household_effect(people: Floats, rng: np.random.Generator, sigma: float, draws: int = 8) -> Floats:
    """Log-normal factor n x M around 1: part of the house, part of the household (drawn anew when that changes)."""
    n, months = people.shape
    before, after = people[:, :-1], people[:, 1:]
    change = (np.abs(after - before) >= 2) | ((before == 0) != (after == 0))
    which = np.zeros((n, months), dtype=np.int64)
    np.cumsum(change, axis=1, out=which[:, 1:])
    house = rng.normal(0, sigma * 0.5, (n, 1))
    household = np.take_along_axis(rng.normal(0, sigma * 0.87, (n, draws)), which % draws, axis=1)
    return np.exp(house + household - sigma**2 / 2).astype(np.float32)


def lognormal(rng: np.random.Generator, mean: float, sigma: float, shape: tuple[int, ...]) -> Floats:
    """Log-normal draws with the given mean."""
    return (mean * np.exp(rng.normal(-(sigma**2) / 2, sigma, shape))).astype(np.float32)


def living(
    kind: npt.NDArray[np.int64], area: npt.NDArray[np.float64], people: Floats, sky: Weather, rng: np.random.Generator
) -> Floats:
    """Monthly kWh of a household: a base by floor area, a share per person, more in winter, much its own."""
    n = len(kind)
    year = (430 + 3.2 * area)[:, None] + 830 * people**0.72
    season = 1 + 0.15 * np.cos(2 * np.pi * (sky.calendar - 0.3) / 12)
    own = household_effect(people, rng, 0.37)
    rare = rng.random(n)  # the very frugal, and those with a hot tub, a pond, horses or a server
    own = own * np.where(rare < 0.025, 0.38, 1.0)[:, None].astype(np.float32)
    heavy = np.where(rare > 0.985, lognormal(rng, 420, 0.8, (n,)), 0)[:, None]
    away = np.where(np.isin(sky.calendar, (6, 7)), rng.uniform(0.6, 1.0, people.shape), 1.0)
    return (year / 12 * STANDING[kind][:, None] * season * away * own + heavy) * lognormal(rng, 1, 0.10, people.shape)


def left_on(shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """Monthly kWh of a house with nobody in it: off at the mains, or a fridge, an alarm, a boiler left on."""
    n, _ = shape
    house = np.where(rng.random(n) < 0.2, 0.0, lognormal(rng, 17, 1.0, (n,)))
    return (house[:, None] * lognormal(rng, 1, 0.25, shape)).astype(np.float32)


def intensity(world: World) -> npt.NDArray[np.float64]:
    """How much of its scheme shows at each address, 0-1 (0.5 where there is none); the latest scheme counts."""
    table = world.schemes.table.sort_values(["van", "scheme"], kind="stable")
    found = np.full(world.town.size, 0.5)
    found[table["address"].to_numpy(np.int64)] = table["intensiteit"].to_numpy(np.float64)
    return found


def other_use(kwh: Floats, people: Floats, world: World, rng: np.random.Generator) -> Floats:
    """`kwh` with what `Use` adds, replaces or hides in the month."""
    shape, strong = kwh.shape, (0.4 + 1.2 * intensity(world))[:, None]
    crop = np.where((np.arange(shape[1]) + rng.integers(0, 3, (shape[0], 1))) % 3 == 0, 0.55, 1.0)  # ten-week harvests
    season = 1 + 0.5 * np.sin(2 * np.pi * (np.arange(shape[1]) + world.params.first_month - 3) / 12)
    hidden = rng.uniform(0.1, 0.8, (shape[0], 1))
    house = lognormal(rng, 1, 0.45, (shape[0], 1))
    added = {
        Use.STORAGE: 52 * strong * house * lognormal(rng, 1, 0.7, shape),
        Use.HEMP: 1500 * strong * house * crop * lognormal(rng, 1, 0.08, shape),
        Use.LODGING: 0.12 * kwh + 25,
        Use.COVER: 48 * strong * house * lognormal(rng, 1, 0.8, shape),
        Use.OFFICE: 140 * house * lognormal(rng, 1, 0.2, shape),
        Use.HOLIDAY: 85 * house * season * lognormal(rng, 1, 0.5, shape),
        Use.WORKS: 70 * house * lognormal(rng, 1, 0.9, shape),
    }
    use = world.lives.use
    for which, more in added.items():
        kwh = np.where(use == which, kwh + more, kwh)
    shown = np.where(people > 0, kwh * (1 - hidden), 150 * house * lognormal(rng, 1, 0.2, shape) * hidden)
    return np.where(use == Use.HEMP_TAMPERED, shown, kwh).astype(np.float32)


def appliances(people: Floats, kind: npt.NDArray[np.int64], rng: np.random.Generator) -> Floats:
    """Monthly kWh of the electric car: for some from the start, for some from a month on, while people live there."""
    n, months = people.shape
    has = rng.random(n) < CARS[kind]
    since = rng.integers(-2 * months, months, n)
    on = has[:, None] & (np.arange(months) >= since[:, None]) & (people > 0)
    return np.where(on, lognormal(rng, 170, 0.5, (n,))[:, None] * lognormal(rng, 1, 0.2, (n, months)), 0)


def trade(
    kind: npt.NDArray[np.int64], area: npt.NDArray[np.float64], shape: tuple[int, int], rng: np.random.Generator
) -> Floats:
    """Monthly kWh of shops, workshops and farms on the same meter, whoever lives there."""
    name = np.array(DWELLING_TYPES)[kind]
    level = np.select([name == "geen", name == "boerderij", name == "bedrijfswoning"], [3.2 * area, 260.0, 180.0])
    some = rng.random(shape[0]) < np.select([name == "geen", name == "boerderij"], [0.93, 0.55], 0.4)
    level = np.where(some, level, 0) * lognormal(rng, 1, 0.8, (shape[0],))
    return (level[:, None] * lognormal(rng, 1, 0.12, shape)).astype(np.float32)


def heating(
    world: World, sky: Weather, kind: npt.NDArray[np.int64], area: npt.NDArray[np.float64], people: Floats,
    rng: np.random.Generator,
) -> Floats:  # fmt: skip
    """Heat in m3 of gas per month (whatever the fuel): rooms by degree days, and 5 m3 of hot water a person."""
    shape, town = people.shape, world.town.adressen
    leaky = LEAKY[np.searchsorted(BUILT, town["bouwjaar"].to_numpy(np.float64), side="right") - 1]
    house = HEAT[kind] * (area / 100) ** 0.55 * leaky * lognormal(rng, 1, 0.18, (shape[0],))
    cold = sky.degree_days / weather.DEGREE_DAYS.sum()
    cold = np.clip(cold - 0.012, 0, None) / (1 - 0.012 * 9)  # below some 35 degree days a month nobody heats
    warm = np.select([people == 0, people == 1], [np.float32(0), np.float32(0.9)], np.float32(1))
    warm = warm * household_effect(people, rng, 0.30)
    frost = np.where(rng.random(shape[0]) < 0.35, rng.uniform(0.05, 0.4, shape[0]), 0.0)[:, None]  # kept from freezing
    use, strong = world.lives.use, intensity(world)[:, None]
    floor = np.select(
        [
            np.isin(use, (Use.HOLIDAY, Use.WORKS)),
            use == Use.OFFICE,
            np.isin(use, (Use.STORAGE, Use.COVER)),
            people == 0,
        ],
        [0.3 * rng.random(shape), np.full(shape, 0.75), 0.8 * frost * strong, np.broadcast_to(frost, shape)],
    )
    floor = np.where((np.array(DWELLING_TYPES)[kind] == "geen")[:, None], 1.0, floor)
    rooms = house[:, None] * cold * np.maximum(warm, floor) * lognormal(rng, 1, 0.08, shape)
    rooms = np.where(np.isin(use, (Use.HEMP, Use.HEMP_TAMPERED)), rooms * 0.4, rooms)  # the lamps heat the house
    water = 4.6 * people**0.85 * lognormal(rng, 1, 0.25, shape)
    return (rooms + water).astype(np.float32)


def panels(world: World, sky: Weather, rng: np.random.Generator) -> Floats:
    """kWh made by the panels on the roof per month; a quarter of them were laid within the observed months."""
    peak = world.town.adressen["zonnepanelen"].to_numpy(np.float64)
    n, months = len(peak), world.params.months
    since = np.where(rng.random(n) < 0.25, rng.integers(0, months, n), 0)
    facing = rng.uniform(0.8, 1.05, n)
    return np.where(np.arange(months) >= since[:, None], (peak * facing)[:, None] * sky.sun, 0).astype(np.float32)
