"""The truth, written apart in `DIR-waarheid/`: what really went on. No model reads it; benchmarks do.

`waarheid.parquet`, one row per adresseerbaar object on the peildatum (the state of the last observed month):
adresseerbaarobject_identificatie, gemeente, gescoord (bool), spookbewoning (0/1), schijnbewoning (0/1), soort (text,
see `schemes.SOORTEN`; "geen" = nothing), lookalike (text, `Lookalike` names joined by "|"), bewoners (persons truly
living there), ingeschreven (persons registered), ingeschreven_aanwezig (of those, truly living there), gebruik (`Use`
name), exact (0/1: registered exactly right).
`waarheid_maand.parquet`, one row per address and month in which any of it is not at rest (spook, schijn, lookalike or
use): the same columns and maand (YYYY-MM). A month that is not there has spookbewoning 0 and schijnbewoning 0.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from synthetic.schemes import SOORTEN
from synthetic.world import Lookalike, Use, World


def write(world: World, folder: Path, suffix: str) -> None:
    """Write both tables for this gemeente."""
    folder.mkdir(parents=True, exist_ok=True)
    months, n = world.params.months, world.town.size
    last = np.full(n, months - 1)
    _save(_frame(world, np.arange(n), last), folder / f"waarheid{suffix}.parquet")
    s, lives = world.schemes, world.lives
    address, month = np.nonzero(s.spook | s.schijn | (lives.lookalike > 0) | (lives.use > 0))
    frame = _frame(world, address, month)
    calendar = (world.params.first_month + np.arange(months) - 1970 * 12).astype("datetime64[M]").astype(str)
    frame.insert(1, "maand", pd.Categorical.from_codes(month, calendar))
    _save(frame, folder / f"waarheid_maand{suffix}.parquet")


def _frame(world: World, address: np.ndarray, month: np.ndarray) -> pd.DataFrame:
    s, lives, a = world.schemes, world.lives, world.town.adressen
    cell = (address, month)
    return pd.DataFrame(
        {
            "adresseerbaarobject_identificatie": a["identificatie"].to_numpy()[address],
            "gemeente": world.params.gemeente,
            "gescoord": a["gescoord"].to_numpy()[address],
            "spookbewoning": s.spook[cell].astype(np.int8),
            "schijnbewoning": s.schijn[cell].astype(np.int8),
            "soort": pd.Categorical.from_codes(s.soort[cell], SOORTEN),
            "lookalike": _names(lives.lookalike[cell]),
            "bewoners": lives.occupants[cell],
            "ingeschreven": lives.registered[cell],
            "ingeschreven_aanwezig": lives.registered_present[cell],
            "gebruik": pd.Categorical.from_codes(lives.use[cell], [u.name.lower() for u in Use]),
            "exact": s.exact[cell].astype(np.int8),
        }
    )


def _names(bits: np.ndarray) -> pd.Categorical:
    """The names of the bits, joined."""
    values, code = np.unique(bits, return_inverse=True)
    words = ["|".join(f.name.lower() for f in Lookalike if f and f & int(v) and f.name) for v in values]
    return pd.Categorical.from_codes(code, words) if len(values) else pd.Categorical([])


def _save(frame: pd.DataFrame, path: Path) -> None:
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path)
