"""The fairness gates of a model that was just trained: its ranking of today, and what past models put ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from features.columns import Doel
from features.register import admitted
from models.derived import UNUSUAL, with_unusual
from models.examples import Examples
from models.fairness_gates import fairness_gates
from models.fairness_held_out import held_out
from models.fairness_rates import Mask
from models.fairness_report import report
from models.ranking import AHEAD
from models.scoring import unusual
from models.tables import TableModel
from models.trained import TrainedTarget
from pipelines.audit import AuditBook, audit_book, feature_days, scored_codes
from pipelines.landings import Landed
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.tables import kept


def with_fairness(
    trained: Sequence[TrainedTarget],
    examples: Mapping[Doel, Examples],
    landed: Landed,
    as_of: date,
    settings: Settings,
    steps: Steps,
) -> tuple[TrainedTarget, ...]:
    """The targets with their fairness gates added to those of the back-test; a target without a back-test as it was."""
    asked = [target for target in trained if target.backtest is not None and target.flagged is not None]
    days = {as_of}
    for target in asked:
        if target.flagged is not None:
            days |= set(feature_days(examples[Doel(target.doel)]).iloc[target.flagged.rows].dt.date)
    book = audit_book(landed.landings, sorted(days), settings.taken, steps) if asked else AuditBook(pages={})
    return tuple(
        _judged(target, examples[Doel(target.doel)], book, landed, as_of, settings) if target in asked else target
        for target in trained
    )


def _judged(
    target: TrainedTarget, examples: Examples, book: AuditBook, landed: Landed, as_of: date, settings: Settings
) -> TrainedTarget:
    doel, flagged, backtest = Doel(target.doel), target.flagged, target.backtest
    if flagged is None or backtest is None:
        return target
    seen = held_out(
        examples, flagged, book.then(examples.address[flagged.rows], feature_days(examples).iloc[flagged.rows])
    )
    parts = [_ranked(target.model, landed, number, doel, as_of, settings) for number in range(len(landed.landings))]
    address, ahead = (np.concatenate(part) for part in zip(*parts, strict=True))
    found = report(
        doel,
        as_of,
        groups=book.on(address, as_of),
        ahead=ahead,
        practice=None,
        held_out=seen,
        bounds=settings.eerlijkheid,
    )
    gates = (*backtest.gates, *fairness_gates(found, settings.eerlijkheid))
    return replace(target, backtest=replace(backtest, gates=gates))


def _ranked(
    model: TableModel, landed: Landed, number: int, doel: Doel, as_of: date, settings: Settings
) -> tuple[np.ndarray, Mask]:
    """(codes, in bands A-C) of one gemeente's addresses, as this model would rank them."""
    landing = landed.landings[number]
    table = kept(landing, as_of)
    names = [feature.name for feature in admitted(doel, table.grants) if feature.name in table.frame.columns]
    X: pd.DataFrame = table.frame[names]
    if UNUSUAL.name in model.features:
        X = with_unusual(X, unusual(table, doel, seed=settings.zaad).isolation.fitted_)
    score = model.score(X)
    return scored_codes(table), score >= np.quantile(score, 1 - AHEAD)
