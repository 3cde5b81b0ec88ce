"""What homes are worth: WOZ values per reference date, by type, floor area, place and year."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.world import DWELLING_TYPES, FOREVER, Use, World

Reals = npt.NDArray[np.float64]
# EUR per m2 of a home of 100 m2 on 1 January 2025, in the order of DWELLING_TYPES
PER_M2 = np.array([4100, 3500, 3300, 3200, 3700, 2600, 3600, 2600, 900, 2700, 1300], dtype=np.float64)
GROWTH = 0.05  # a year


def worth(world: World, rng: np.random.Generator) -> Reals:
    """EUR per address on 1 January 2025."""
    town = world.town.adressen
    kind = town["type"].map({t: i for i, t in enumerate(DWELLING_TYPES)}).to_numpy(np.int64)
    area = np.clip(town["oppervlakte"].to_numpy(np.float64), 30, 5000)
    place = pd.factorize(town["woonplaats"])[0]
    complexes = town["complex"].to_numpy(np.int64)
    noise = rng.normal(0, 0.12, place.max() + 1)[place] + rng.normal(0, 0.07, complexes.max() + 1)[complexes]
    age = np.where(town["bouwjaar"] >= 2010, 0.10, np.where(town["bouwjaar"] < 1920, 0.04, 0.0))
    return PER_M2[kind] * 100 * (area / 100) ** 0.78 * np.exp(noise + age + rng.normal(0, 0.08, len(town)))


def registered_on(world: World, day: int) -> npt.NDArray[np.int64]:
    """Persons registered (W) at each address on `day`."""
    rows = world.lives.registrations
    now = (rows["functie"] == "W") & (rows["address"] >= 0) & (rows["van"] <= day) & (rows["tot"] > day)
    return np.bincount(rows.loc[now, "address"].to_numpy(np.int64), minlength=world.town.size)


def woz(world: World, value: Reals, eigendom: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row per address and 1 January: address, day, waarde (EUR), gebruikscode, eigenaar, gebruiker (kind or "").

    The latest reference date is that of the last decision: two calendar years before the peildatum, or one after March.
    """
    params = world.params
    last = params.peildatum.year - (1 if params.peildatum.month > 3 else 2)
    first = (params.first_month // 12) - 1
    ready = world.town.adressen["gereed"].to_numpy(np.int64)
    code = _use_codes(world, rng)
    course = np.cumsum(rng.normal(0, 0.015, last - first + 1))
    private = _private(eigendom, world.town.size)
    parts = []
    for i, year in enumerate(range(first, last + 1)):
        day = int(np.datetime64(f"{year}-01-01", "D").astype(np.int64))
        there = np.flatnonzero(ready <= day)
        level = np.exp(GROWTH * (year - 2025) + course[i] + rng.normal(0, 0.02, len(there)))
        user = np.where(registered_on(world, day) > 0, "natuurlijk_persoon", "")
        user = np.where((world.town.adressen["type"] == "geen") & (user == ""), "niet_natuurlijk_persoon", user)
        parts.append(
            pd.DataFrame(
                {
                    "address": there, "day": day, "waarde": np.round(value[there] * level, -3).astype(np.int64),
                    "gebruikscode": code[there], "eigenaar": private[there], "gebruiker": user[there],
                }
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _use_codes(world: World, rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """10 home, 11 with practice, 12 recreation, 20 farm, 21 boat or caravan, 30 no home; one in a hundred is wrong."""
    town = world.town.adressen
    kind = town["type"].to_numpy()
    practice = (world.lives.use == Use.OFFICE).mean(axis=1) > 0.5
    code = np.select(
        [
            kind == "geen",
            kind == "recreatiewoning",
            kind == "boerderij",
            np.isin(kind, ("woonboot", "stacaravan")),
            practice,
        ],
        ["30", "12", "20", "21", "11"],
        "10",
    )
    return np.where(rng.random(len(town)) < 0.01, rng.choice(["10", "11", "12"], len(town)), code)


def _private(eigendom: pd.DataFrame, n: int) -> npt.NDArray[np.str_]:
    """Kind of the present owner in the words of the WOZ."""
    now = eigendom[eigendom["tot"] == FOREVER].drop_duplicates("address")
    found = np.full(n, "", dtype="U24")
    person = np.where(now["kind"] == "natuurlijk_persoon", "natuurlijk_persoon", "niet_natuurlijk_persoon")
    found[now["address"].to_numpy()] = person
    return found
