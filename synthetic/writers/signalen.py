"""Writes signalen/signalen.csv, columns from the declaration."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from features.sources import signalen
from features.sources.vastgoed import OBJECT
from synthetic.dirt import Dirt
from synthetic.practice import Practice
from synthetic.world import World
from synthetic.writers.declared import days, write_csv


def write(world: World, practice: Practice, levering: Path, suffix: str = "") -> Dirt:
    """Write the signals; the answer counts the dirt."""
    rows = practice.signals
    number = np.char.zfill(np.arange(1, len(rows) + 1).astype("U7"), 7)
    frame = pd.DataFrame(
        {
            "signaal_id": np.char.add(f"S{world.params.gemeente}-", number),
            "bron": rows["bron"],
            "soort": rows["soort"],
            OBJECT.name: world.town.adressen["identificatie"].to_numpy()[rows["address"].to_numpy()],
            "datum_ontvangst": days(rows["day"]),
            "datum_afgehandeld": days(rows["handled"]),
        }
    )
    rng = world.params.rng("dirt signalen")
    return write_csv(frame, signalen.SIGNALEN, levering / "signalen" / f"signalen{suffix}.csv", rng)
