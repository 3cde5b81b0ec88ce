"""One gemeente scored, explained and laid out as published tables, in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from features import evidence
from features.columns import Doel
from features.landing import Landing
from features.monthly_picture import energy
from features.table import FeatureTable
from models.registry import Champion
from models.scores import ADDRESSES, ENERGY, EVIDENCE_BANDS, REASONS, SCORES, TIMELINE
from models.scoring import Scored, Unusual, unusual
from models.scoring import score_gemeente as score_target
from pipelines.settings import Settings
from pipelines.store import schema, to_arrow
from pipelines.tables import kept


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What was scored in one gemeente."""

    gemeente: str
    adressen: int
    afgeschermd: int
    met_bewijs: int  # addresses in bands A-C, of which the pictures' data are published


def score_gemeente(
    landing: Landing, as_of: date, champions: Mapping[Doel, Champion], folder: Path, run_id: str, settings: Settings
) -> Counts:
    """Write the published tables of one gemeente to `folder`/<gemeente>."""
    sources = landing.at(as_of)
    table = kept(landing, as_of)
    hidden = evidence.shielded(sources)[table.adres.to_numpy()]
    ranked = _ranked(table, champions, hidden, run_id, settings)
    shown = _with_evidence(ranked, table)
    part = folder / landing.gemeente
    part.mkdir()
    scores = pd.concat([one.scores for one in ranked], ignore_index=True)
    pq.write_table(to_arrow(SCORES, scores), part / "scores.parquet")
    told = pa.concat_tables([one.redenen.cast(schema(REASONS)) for one in ranked])
    pq.write_table(told, part / "redenen.parquet")
    listed = evidence.addresses(sources, table.adres.to_numpy())
    pq.write_table(to_arrow(ADDRESSES, listed), part / "adressen.parquet")
    pq.write_table(to_arrow(TIMELINE, evidence.timeline(sources, shown)), part / "tijdlijn.parquet")
    pq.write_table(to_arrow(ENERGY, energy(sources, shown)), part / "energie.parquet")
    return Counts(
        gemeente=landing.gemeente, adressen=len(table.frame), afgeschermd=int(hidden.sum()), met_bewijs=len(shown)
    )


def _ranked(
    table: FeatureTable,
    champions: Mapping[Doel, Champion],
    hidden: npt.NDArray[np.bool_],
    run_id: str,
    settings: Settings,
) -> list[Scored]:
    """Both targets, each as far as a source may be used for it."""
    done: list[Scored] = []
    found: Unusual | None = None
    for doel in Doel:
        if not any(doel in grant.doelen for grant in table.grants):
            continue
        found = unusual(table, doel, seed=settings.zaad, share=found)
        champion = champions.get(doel)
        model = None if champion is None else champion.model
        done.append(score_target(table, doel, model, found, run_id=run_id, key=settings.key, shielded=hidden))
    return done


def _with_evidence(ranked: list[Scored], table: FeatureTable) -> npt.NDArray[np.int32]:
    """Positions of the addresses near the head of any list: only of these the pictures' data are published."""
    head = np.zeros(len(table.frame), dtype=bool)
    for one in ranked:
        head |= one.scores["band"].isin(EVIDENCE_BANDS).to_numpy()
    return table.adres.to_numpy()[head]
