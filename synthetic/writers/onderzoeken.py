"""Writes onderzoeken/onderzoeken.csv, columns from the declaration."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from features.sources import onderzoeken
from features.sources.vastgoed import OBJECT
from synthetic.dirt import Dirt
from synthetic.practice import Practice
from synthetic.world import World
from synthetic.writers.declared import days, write_csv


def write(world: World, practice: Practice, levering: Path, suffix: str = "") -> Dirt:
    """Write the investigations; the answer counts the dirt."""
    rows, gemeente = practice.investigations, world.params.gemeente
    number = np.char.zfill(np.arange(1, len(rows) + 1).astype("U6"), 6)
    frame = pd.DataFrame(
        {
            "onderzoek_id": np.char.add(f"O{gemeente}-", number),
            OBJECT.name: world.town.adressen["identificatie"].to_numpy()[rows["address"].to_numpy()],
            "doel": rows["doel"],
            "aanleiding": rows["reason"],
            "selectiekans": rows["chance"].round(8),
            "datum_start": days(rows["start"]),
            "bezoekpogingen": rows["attempts"],
            "datum_afgerond": days(rows["finished"]),
            "uitkomst": rows["outcome"],
            "behandelaar": np.char.add(f"h{gemeente}-", rows["handler"].to_numpy(np.int64).astype("U3")),
        }
    )
    rng = world.params.rng("dirt onderzoeken")
    return write_csv(frame, onderzoeken.ONDERZOEKEN, levering / "onderzoeken" / f"onderzoeken{suffix}.csv", rng)
