"""Scoring one gemeente for one target: the rows of `scores` and `redenen`, with a learned model or in a cold start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from features.columns import Doel, Feature
from features.errors import Refusal
from features.register import FEATURES, admitted, barred
from features.table import FeatureTable
from models.cold import cold_score
from models.derived import KIND_COLUMNS, UNUSUAL, forest, spoken_of, with_unusual
from models.rankers.isolation import Isolation
from models.ranking import score_rows
from models.reasons import reasons, reasons_of
from models.reference import Reference, reference
from models.tables import TableModel, probability


@dataclass(frozen=True, kw_only=True, eq=False)
class Unusual:
    """What both targets can share: the forest on admitted features, and what is usual per kind."""

    names: tuple[str, ...]
    isolation: Isolation
    usual: Reference


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored:
    """scores, redenen: the published rows; base: what all contributions are added to (0 in a cold start)."""

    doel: str
    base: float
    cold: bool
    scores: pd.DataFrame
    redenen: pa.Table


def unusual(table: FeatureTable, doel: Doel, *, seed: int = 0, share: Unusual | None = None) -> Unusual:
    """Fit the forest on what is admitted for `doel`; `share` is given back where it rests on the same features."""
    names = tuple(feature.name for feature in _admitted(table, doel))
    if share is not None and share.names == names:
        return share
    X = table.frame[list(names)]
    kinds = tuple(name for name in KIND_COLUMNS if name in names)
    return Unusual(names=names, isolation=forest(X, seed), usual=reference(X, kinds))


def score_gemeente(
    table: FeatureTable,
    doel: Doel,
    model: TableModel | None,
    found: Unusual,
    *,
    run_id: str,
    key: bytes,
    shielded: NDArray[np.bool_],
) -> Scored:
    """Score, rank and explain every address of `table`. model None = cold start.

    found: of this very table. shielded: n, True where a person with secrecy is registered.
    key: of the hash that orders ties. Raises Refusal when
    the model was trained on another version of the register or reads a feature that is not admitted here.
    """
    features = _admitted(table, doel)
    X = _permitted(table, features)
    if model is None:
        directions = {feature.name: feature.direction(doel) for feature in features}
        cold = cold_score(X[list(found.names)], found.isolation, directions, _groups(features))
        score, kans, afwijking = cold.score, np.full(len(X), np.nan), cold.afwijking
        X = with_unusual(X, afwijking)
        told = reasons_of(
            doel.value,
            cold.terms,
            X,
            cold.contributions,
            total=score,
            identificatie=table.identificatie,
            usual=found.usual,
            features=spoken_of(FEATURES),
            shielded=shielded,
            neutral=True,
        )
    else:
        _require_fit(model, table, doel)
        afwijking = found.isolation.fitted_
        if UNUSUAL.name in model.features:
            X = with_unusual(X, afwijking)
        contributions = model.contributions(X)
        score = model.base + contributions.sum(axis=1)
        kans = probability(score)
        told = reasons(
            model,
            X,
            contributions,
            identificatie=table.identificatie,
            usual=found.usual,
            features=spoken_of(FEATURES),
            shielded=shielded,
        )
    rows = score_rows(
        run_id=run_id,
        doel=doel.value,
        gemeente=table.gemeente,
        identificatie=table.identificatie,
        score=score,
        kans=kans,
        afwijking=afwijking,
        key=key,
    )
    return Scored(
        doel=doel.value, base=0.0 if model is None else model.base, cold=model is None, scores=rows, redenen=told
    )


def _admitted(table: FeatureTable, doel: Doel) -> tuple[Feature, ...]:
    return tuple(feature for feature in admitted(doel, table.grants) if feature.name in table.frame.columns)


def _permitted(table: FeatureTable, features: tuple[Feature, ...]) -> pd.DataFrame:
    """The features with every column that is not admitted for this target made unknown (purpose limitation)."""
    names = {feature.name for feature in features}
    blanked = {name: np.nan for name in table.frame.columns if name not in names}
    return table.frame.assign(**blanked) if blanked else table.frame


def _groups(features: tuple[Feature, ...]) -> dict[str, str]:
    return {feature.name: feature.group for feature in features}


def _require_fit(model: TableModel, table: FeatureTable, doel: Doel) -> None:
    """Refuse a model of another target or version of the register, or one that reads what the register bars."""
    if model.doel != doel.value:
        raise Refusal(
            "model", found=f"a model for {model.doel}", expected=doel.value, do="take the model of this target"
        )
    if model.register != table.version:
        raise Refusal(
            f"model {model.doel}",
            found=f"a model trained on register {model.register or '(none)'}",
            expected=f"register {table.version}, with which the features were built",
            do="train again with these features",
        )
    refused = barred((name for name in model.features if name != UNUSUAL.name), FEATURES)
    if refused:
        raise Refusal(
            f"model {model.doel}",
            found="; ".join(f"it reads {name} ({reason})" for name, reason in refused),
            expected="a model that reads admitted features alone (status toegelaten in the register)",
            do="train again, or have the feature weighed and admitted first",
        )
