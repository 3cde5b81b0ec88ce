"""Signals as they come in: the rules of the national approach (LAA), returned post, neighbours, corporations, police.

Rules look at the register only. People look at what they can see, miss most of it, and complain about lawful
neighbours too. Source of the kinds: RvIG, signals of the Landelijke Aanpak Adreskwaliteit.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.world import FOREVER, Lookalike, Mask, Use, World

Ints = npt.NDArray[np.int64]
LITTLE_ROOM = 12.0  # m2 per registered person below which LAA speaks of overbewoning
UNKNOWN_USE = (Use.STORAGE, Use.HEMP, Use.HEMP_TAMPERED, Use.LODGING, Use.COVER, Use.HOLIDAY, Use.WORKS)
NOISY_NEIGHBOURS = 0.0006  # complaints per month about anybody


def simulate(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """One row per signal, by day: address, bron, soort, day, handled (day or FOREVER)."""
    found = [*_by_rule(world, rng), *_by_people(world, rng)]
    rows = pd.concat([_dated(world, hit, bron, soort, rng) for hit, bron, soort in found], ignore_index=True)
    rows = rows[rows["day"] < world.params.today].sort_values(
        ["day", "address", "soort"], kind="stable", ignore_index=True
    )
    handled = rows["day"] + rng.gamma(1.5, 45, len(rows)).astype(np.int64)
    open_ = (rng.random(len(rows)) < 0.2) | (handled >= world.params.today)
    return rows.assign(handled=handled.mask(open_, FOREVER))


def _dated(world: World, hit: Mask, bron: str, soort: str, rng: np.random.Generator) -> pd.DataFrame:
    """A signal on some day of the month for every True of `hit` (n x M)."""
    address, month = np.nonzero(hit)
    day = world.params.month_starts[month].astype(np.int64) + rng.integers(0, 28, len(month))
    return pd.DataFrame({"address": address, "bron": bron, "soort": soort, "day": day})


def column_of(world: World, day: npt.ArrayLike) -> Ints:
    """Column of the month in which each day lies; -1 before the first, M - 1 at most."""
    found = np.searchsorted(world.params.month_starts, np.asarray(day), side="right") - 1
    return np.minimum(found, world.params.months - 1).astype(np.int64)


def events_per_month(world: World, address: npt.ArrayLike, day: npt.ArrayLike) -> npt.NDArray[np.int16]:
    """int16 n x M: how many of the events fall on each address and month; address -1 and other months are left out."""
    shape = (world.town.size, world.params.months)
    address, month = np.asarray(address, np.int64), column_of(world, day)
    keep = (address >= 0) & (month >= 0)
    flat = np.bincount(address[keep] * shape[1] + month[keep], minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype(np.int16)


def rolling(count: npt.NDArray[np.int16], months: int) -> npt.NDArray[np.int32]:
    """int32 n x M: the sum over a month and the months before it, `months` in all."""
    total = np.cumsum(count, axis=1, dtype=np.int32)
    total[:, months:] -= total[:, :-months].copy()
    return total


def run_length(mask: Mask) -> npt.NDArray[np.int64]:
    """int n x M: how many months in a row `mask` has been True, this month included."""
    months = np.arange(mask.shape[1])
    last_false = np.maximum.accumulate(np.where(mask, -1, months), axis=1)
    return months - last_false


def _by_rule(world: World, rng: np.random.Generator) -> Iterator[tuple[Mask, str, str]]:
    """The LAA kinds: each when its rule begins to hold, and once more a year later; a quarter never comes through."""
    town, rows = world.town.adressen, world.lives.registrations
    area = town["oppervlakte"].to_numpy(np.float64)[:, None]
    home, registered = town["gescoord"].to_numpy(bool)[:, None], world.lives.registered
    living = (rows["functie"] == "W").to_numpy()
    came = living & rows["soort"].isin(["inschrijving", "verhuizing"]).to_numpy()
    arrivals = events_per_month(world, rows["address"].where(came, -1), rows["bekend"])
    letters = events_per_month(world, rows["address"].where((rows["functie"] == "B").to_numpy(), -1), rows["bekend"])
    previous = rows["address"].shift(fill_value=-1).where(rows["person"].eq(rows["person"].shift()), -1)
    unknown = events_per_month(world, previous.where((rows["soort"] == "vow").to_numpy(), -1), rows["bekend"])
    per_person = area / np.maximum(registered, 1)
    rules = {
        "overbewoning": (registered >= 5) & (area > 1) & (per_person < LITTLE_ROOM),
        "leegstand": home & (run_length(registered == 0) >= 6),
        "veelverhuizers": rolling(arrivals, 12) >= 5,
        "doorgangsadres": rolling(arrivals, 24) >= 8,
        "vow_adres": rolling(unknown, 24) >= 1,
        "briefadres": rolling(letters, 24) >= 2,
    }
    for soort, holds in rules.items():
        run = run_length(holds)
        first = (run == 1) | (run == 13)
        yield first & (rng.random(run.shape) < 0.75) & ~town["instelling"].to_numpy(bool)[:, None], "laa", soort


def _by_people(world: World, rng: np.random.Generator) -> Iterator[tuple[Mask, str, str]]:
    """What people tell. Chances per month, by what is to be seen; lawful look-alikes draw complaints as well."""
    lives, town = world.lives, world.town.adressen
    gone = (lives.registered - lives.registered_present) > 0
    idle = (lives.occupants == 0) & (lives.registered > 0)
    strange = lives.occupants > lives.registered + 1
    odd = (lives.registered == 0) & ((lives.occupants > 0) | np.isin(lives.use, UNKNOWN_USE))  # lights on, nobody known
    crowd = lives.occupants >= 7
    students = (lives.lookalike & int(Lookalike.STUDENT_HOUSE | Lookalike.MIGRANT_TRANSIT | Lookalike.SHORT_LET)) > 0
    shady = np.isin(lives.use, (Use.LODGING, Use.HEMP, Use.HEMP_TAMPERED, Use.COVER))
    sold = (lives.lookalike & int(Lookalike.SOLD | Lookalike.DIED)) > 0
    corporation = (town["eigendomsvorm"] == "corporatie").to_numpy()[:, None]
    chances: tuple[tuple[str, str, list[Mask], list[float], float], ...] = (
        ("post", "retourpost", [idle, gone], [0.026, 0.016], 0.0004),
        ("tmv", "terugmelding", [idle, gone], [0.018, 0.013], 0.0002),
        (
            "melding",
            "overlast",
            [shady, students, strange & crowd, crowd],
            [0.020, 0.008, 0.02, 0.003],
            NOISY_NEIGHBOURS,
        ),
        ("melding", "leegstand", [odd, idle, (lives.registered == 0)], [0.022, 0.003, 0.003], 0.0001),
        ("corporatie", "overbewoning", [corporation & strange, corporation & gone], [0.02, 0.008], 0.0),
        ("politie", "overlast", [shady], [0.012], 0.00004),
        ("eigen", "te_koop", [sold], [0.10], 0.0012),
        ("eigen", "leegstand", [lives.registered == 0], [0.002], 0.0),
    )
    home = town["gescoord"].to_numpy(bool)[:, None]
    for bron, soort, states, odds, otherwise in chances:
        chance = np.select(states, odds, otherwise)
        yield home & (rng.random(chance.shape) < chance), bron, soort
