"""Synthetic towns with their truth, for measuring. The truth is only ever compared with; nothing is chosen by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from features.columns import Doel
from features.table import FeatureTable, Grant
from models.blocks import of_addresses
from models.examples import LIGHT, Examples, combined, examples
from models.labels import labels, needed_dates
from models.tables import Floats
from pipelines import synthesize
from pipelines.landings import land
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.tables import kept
from synthetic.params import Params


@dataclass(frozen=True, kw_only=True, eq=False)
class Town:
    """One town on its peildatum: features, what a gemeente would have to learn from, and the truth (n, 0/1)."""

    seed: int
    as_of: date
    table: FeatureTable
    grants: tuple[Grant, ...]
    examples: Mapping[Doel, Examples]
    truth: Mapping[Doel, Floats]


def town(folder: Path, addresses: int, seed: int, settings: Settings) -> Town:
    """Make (once) and open the town of `seed`."""
    steps = Steps(quiet=True)
    levering = folder / f"{addresses}-{seed}" / "levering"
    made = levering.parent / ".gemaakt"
    if not made.exists():
        defaults = Params(addresses=addresses)
        synthesize.run(
            levering, addresses, seed, defaults.gemeente, defaults.months, defaults.peildatum, settings, steps
        )
        made.touch()
    landed = land(levering, replace(settings, werkmap=folder / "werk"), steps)
    as_of = landed.day(None)
    landing = landed.landings[0]
    sources = landing.at(as_of)
    known = {doel: labels(sources, doel) for doel in Doel}
    blocks = of_addresses(sources.adressen, landing.gemeente)
    months = [(kept(landing, day), known) for day in needed_dates(*known.values())]
    table = kept(landing, as_of)
    return Town(
        seed=seed,
        as_of=as_of,
        table=table,
        grants=landed.report.grants,
        examples={
            doel: combined(
                [examples(month, found[doel], light=LIGHT, seed=seed, blocks=blocks) for month, found in months]
            )
            for doel in Doel
        },
        truth=_truth(levering.with_name("levering-waarheid") / "waarheid.parquet", table),
    )


def _truth(file: Path, table: FeatureTable) -> Mapping[Doel, Floats]:
    frame = pd.read_parquet(file).set_index("adresseerbaarobject_identificatie").loc[table.identificatie]
    return {doel: frame[doel.value].to_numpy(dtype=np.float64) for doel in Doel}
