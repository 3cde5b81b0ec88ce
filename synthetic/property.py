"""Property as the registers know it: values, owners, businesses and energy labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic import businesses, ownership, valuation
from synthetic.world import World

CLASSES = ("A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")
CLASS_BY_YEAR = ((2021, 1.0), (2015, 2.6), (2006, 3.3), (1992, 4.2), (1975, 5.3), (1945, 6.6), (0, 7.6))
BUILDINGS = {
    "vrijstaand": "Vrijstaande woning", "twee_onder_een_kap": "Twee-onder-een-kap", "hoekwoning": "Rijwoning hoek",
    "tussenwoning": "Rijwoning tussen", "appartement": "Appartement", "recreatiewoning": "Vrijstaande woning",
    "boerderij": "Vrijstaande woning", "woonboot": "Woonboot bestaande ligplaats", "stacaravan": "Woonwagen",
    "bedrijfswoning": "Vrijstaande woning", "geen": "Utiliteitsgebouw",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Property:
    """Frames by address: woz, eigendom, vestigingen (see the functions that make them) and labels: address, day,

    klasse, gebouwtype, oppervlakte (m2).
    """

    woz: pd.DataFrame
    eigendom: pd.DataFrame
    vestigingen: pd.DataFrame
    labels: pd.DataFrame


def simulate(world: World) -> Property:
    """What the registers of property hold on the peildatum."""
    rng = world.params.rng("property")
    value = valuation.worth(world, rng)
    owned = ownership.eigendom(world, value, rng)
    return Property(
        woz=valuation.woz(world, value, owned, rng),
        eigendom=owned,
        vestigingen=businesses.vestigingen(world, rng),
        labels=labels(world, rng),
    )


def labels(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Two dwellings of three have a label, one in eight of those a second; class by year of building, with noise."""
    town, today = world.town.adressen, world.params.today
    has = rng.random(len(town)) < np.where(town["woning"], 0.66, 0.3)
    ready = town["gereed"].to_numpy(np.int64)
    first = np.flatnonzero(has & (ready < today))
    second = first[rng.random(len(first)) < 0.12]
    address = np.concatenate([first, second])
    day = np.maximum(today - rng.integers(1, 4600, len(address)), ready[address])
    years, levels = np.array(CLASS_BY_YEAR)[::-1].T
    level = levels[np.searchsorted(years, town["bouwjaar"].to_numpy(np.float64)[address], side="right") - 1]
    better = np.arange(len(address)) >= len(first)  # a second label follows an improvement
    rank = np.clip(np.rint(level + rng.normal(0, 1.1, len(address)) - 1.5 * better), 0, 9).astype(np.int64)
    area = np.maximum(
        np.rint(town["oppervlakte"].to_numpy(np.float64)[address] * rng.normal(1, 0.05, len(address))), 10
    )
    return pd.DataFrame(
        {
            "address": address,
            "day": day,
            "klasse": np.array(CLASSES)[rank],
            "gebouwtype": town["type"].map(BUILDINGS).to_numpy()[address],
            "oppervlakte": area.astype(np.int64),
        }
    ).drop_duplicates(["address", "day"], ignore_index=True)
