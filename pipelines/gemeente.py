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
from features.register import FEATURES, KIND_COLUMNS, admitted
from models.rankers.profiles import Profiles

from features import evidence
from features.columns import Doel
from features.landing import Landing
from features.table import FeatureTable
from models.cold import cold_score
from models.rankers.isolation import Isolation
from models.ranking import score_rows
from models.reasons import reasons, reasons_of
from models.reference import Reference, reference
from models.registry import Champion
from models.scores import ADDRESSES, ENERGY, EVIDENCE_BANDS, REASONS, SCORES, TIMELINE
from models.tables import probability
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


@dataclass(frozen=True, kw_only=True, eq=False)
class _Ranked:
    """One target's rows of `scores` and `redenen`."""

    scores: pd.DataFrame
    reasons: pa.Table


def score_gemeente(
    landing: Landing, as_of: date, champions: Mapping[Doel, Champion], folder: Path, settings: Settings
) -> Counts:
    """Write the published tables of one gemeente to `folder`/<gemeente>."""
    sources = landing.at(as_of)
    table = kept(landing, as_of)
    hidden = evidence.shielded(sources)[table.adres.to_numpy()]
    usual = reference(table.frame, KIND_COLUMNS)
    ranked = {}
    for doel in Doel:
        if any(doel in grant.doelen for grant in table.grants):
            ranked[doel] = _rank(doel, table, champions.get(doel), usual, hidden, folder.name, settings)
    scores = pd.concat([part.scores for part in ranked.values()], ignore_index=True)
    shown = _evidence_positions(ranked, table)
    part = folder / landing.gemeente
    part.mkdir()
    pq.write_table(to_arrow(SCORES, scores), part / "scores.parquet")
    told = pa.concat_tables([one.reasons.cast(schema(REASONS)) for one in ranked.values()])
    pq.write_table(told, part / "redenen.parquet")
    listed = evidence.addresses(sources, table.adres.to_numpy())
    pq.write_table(to_arrow(ADDRESSES, listed), part / "adressen.parquet")
    pq.write_table(to_arrow(TIMELINE, evidence.timeline(sources, shown)), part / "tijdlijn.parquet")
    pq.write_table(to_arrow(ENERGY, energy(sources, shown)), part / "energie.parquet")
    return Counts(
        gemeente=landing.gemeente, adressen=len(table.frame), afgeschermd=int(hidden.sum()), met_bewijs=len(shown)
    )


def _rank(
    doel: Doel,
    table: FeatureTable,
    champion: Champion | None,
    usual: Reference,
    hidden: npt.NDArray[np.bool_],
    run_id: str,
    settings: Settings,
) -> _Ranked:
    """Scores and reasons of one target: with the champion's tables, else in a cold start."""
    features = admitted(doel, table.grants)
    X = table.frame[[feature.name for feature in features]]
    isolation = Isolation(kind_columns=KIND_COLUMNS, seed=settings.zaad).fit(X)
    common = {"identificatie": table.identificatie, "usual": usual, "features": FEATURES, "shielded": hidden}
    if champion is None:
        cold = cold_score(X, isolation, Profiles(doel), {feature.name: feature.group for feature in features})
        score, kans, unusual = cold.score, np.full(len(X), np.nan), cold.afwijking
        told = reasons_of(doel.value, cold.terms, table.frame, cold.contributions, **common)
    else:
        contributions = champion.model.contributions(table.frame)
        score = champion.model.base + contributions.sum(axis=1)
        kans, unusual = probability(score), isolation.score(X)
        told = reasons(champion.model, table.frame, contributions, **common)
    rows = score_rows(
        run_id=run_id,
        doel=doel.value,
        gemeente=table.gemeente,
        identificatie=table.identificatie,
        score=score,
        kans=kans,
        afwijking=unusual,
        key=settings.key,
    )
    return _Ranked(scores=rows, reasons=told)


def _evidence_positions(ranked: Mapping[Doel, _Ranked], table: FeatureTable) -> npt.NDArray[np.int32]:
    head = np.zeros(len(table.frame), dtype=bool)
    for part in ranked.values():
        head |= part.scores["band"].isin(EVIDENCE_BANDS).to_numpy()
    return table.adres.to_numpy()[head]
