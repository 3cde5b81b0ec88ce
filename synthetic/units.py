"""The places where a household can live: one per home, several in a house let by the room or an institution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synthetic.params import Params
from synthetic.world import FOREVER, Town

ORDINARY, ROOM, CARE, LEISURE = 0, 1, 2, 3


@dataclass
class Units:
    """Per unit: address, kind, area (m2), rent, tenant (household, -1 = none), free (day from which it may be let or
    sold; FOREVER = not on the market), second (a second home). Tenant and free change as the months go by."""

    address: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    area: npt.NDArray[np.float64]
    rent: npt.NDArray[np.bool_]
    tenant: npt.NDArray[np.int64]
    free: npt.NDArray[np.int64]
    second: npt.NDArray[np.bool_]


def units(town: Town, params: Params, start: int, rng: np.random.Generator) -> Units:
    """All units, empty, on the first day. Second homes and most holiday homes are not on the market."""
    a = town.adressen
    live = np.flatnonzero((a["woning"] | (a["recreatief"] & a["gescoord"])).to_numpy())
    address = np.repeat(live, a["kamers"].to_numpy()[live])
    kind = np.where(
        a["instelling"].to_numpy()[address], CARE, np.where(a["kamers"].to_numpy()[address] > 1, ROOM, ORDINARY)
    )
    kind = np.where(a["recreatief"].to_numpy()[address], LEISURE, kind)
    area = np.where(a["oppervlakte"] > 0, a["oppervlakte"], 62).astype(float)[address]
    area = np.where(kind == ROOM, 16.0, np.where(kind == CARE, 30.0, area))
    rural = a["zone"].isin(["buitengebied"]).to_numpy()[address]
    chance = params.rates.second_homes * np.where(rural, 2.6, 0.7) * (kind == ORDINARY)
    chance = np.where(kind == LEISURE, 0.93, np.where(a["type"].isin(["woonboot"]).to_numpy()[address], 0.06, chance))
    second = rng.random(len(address)) < chance
    ready = a["gereed"].to_numpy()[address]
    free = np.where(ready > start, ready + rng.integers(0, 120, len(address)), start)
    free = np.where(second, FOREVER, free).astype(np.int64)
    rent = (a["eigendomsvorm"] != "koop").to_numpy()[address]
    return Units(
        address=address, kind=kind, area=area, rent=rent, tenant=np.full(len(address), -1), free=free, second=second
    )
