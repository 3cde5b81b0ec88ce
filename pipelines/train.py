"""`schijnwerper train`: labels from the investigations, features as known before each, one model per target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed

from features.columns import Doel
from features.landing import Landing
from models.examples import LIGHT, Examples, combined, examples
from models.labels import labels, needed_dates
from models.registry import Champion, Registry
from models.train import TrainedTarget, enough, fit_target
from pipelines.landings import Landed, land
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.tables import kept

POPULATION = 100_000  # addresses that stand for all


@dataclass(frozen=True, kw_only=True)
class Training:
    """What a training left. skipped: (target, why) where there was too little to learn from."""

    trained: tuple[TrainedTarget, ...]
    champions: tuple[Champion, ...]
    skipped: tuple[tuple[Doel, str], ...]


def run(levering: Path, peildatum: date | None, settings: Settings, steps: Steps) -> Training:
    """Train both targets on everything known on the peildatum, log to MLflow, set the champion alias."""
    landed = land(levering, settings, steps)
    return train(landed, landed.day(peildatum), settings, steps)


def train(landed: Landed, as_of: date, settings: Settings, steps: Steps) -> Training:
    """As `run`, for a delivery that has landed."""
    with steps.step("features of the investigated addresses"):
        per_doel = _examples(landed, as_of, settings, steps)
    ready = {doel: found for doel, found in per_doel.items() if enough(found)}
    skipped = tuple((doel, _too_few(per_doel.get(doel))) for doel in Doel if doel not in ready)
    if not ready:
        return Training(trained=(), champions=(), skipped=skipped)
    with steps.step(f"train {' and '.join(doel.value for doel in ready)}"):
        population = _population(landed, as_of)
        calls = [
            delayed(fit_target)(doel, found, population, landed.report.grants, as_of=as_of, seed=settings.zaad)
            for doel, found in ready.items()
        ]
        trained = tuple(Parallel(n_jobs=min(settings.taken, len(calls)))(calls))
    with steps.step("log to MLflow"):
        champions = registry(settings, landed).log(trained)
    return Training(trained=trained, champions=champions, skipped=skipped)


def _population(landed: Landed, as_of: date) -> pd.DataFrame:
    """Features of all addresses, or of every k-th where there are many: enough for borders, tails and calibration."""
    step = max(1, -(-sum(landed.report.adressen.values()) // POPULATION))
    return pd.concat([kept(landing, as_of).frame.iloc[::step] for landing in landed.landings], ignore_index=True)


def registry(settings: Settings, landed: Landed) -> Registry:
    """The record of this delivery's gemeenten: a model serves the gemeenten it was trained on and no others."""
    return Registry(settings.mlflow, settings.werkmap / "mlflow-artefacten", "-".join(landed.report.gemeenten))


def _examples(landed: Landed, as_of: date, settings: Settings, steps: Steps) -> dict[Doel, Examples]:
    labelled = [(landing, {doel: labels(landing.at(as_of), doel) for doel in Doel}) for landing in landed.landings]
    jobs = [
        delayed(_month)(landing, day, found, settings.zaad)
        for landing, found in labelled
        for day in needed_dates(*found.values())
    ]
    done: Iterator[dict[Doel, Examples]] = Parallel(n_jobs=settings.taken, return_as="generator")(jobs)
    parts: dict[Doel, list[Examples]] = {doel: [] for doel in Doel}
    for number, part in enumerate(done, start=1):
        steps("month-ends", number, len(jobs))
        for doel, found in part.items():
            parts[doel].append(found)
    return {doel: combined(found) for doel, found in parts.items() if found}


def _month(landing: Landing, day: date, found: dict[Doel, pd.DataFrame], seed: int) -> dict[Doel, Examples]:
    table = kept(landing, day)
    return {doel: examples(table, found[doel], light=LIGHT, seed=seed) for doel in Doel}


def _too_few(found: Examples | None) -> str:
    if found is None or not found.labelled.any():
        return "no finished investigations that speak for it"
    y = found.y[found.labelled]
    return f"{int(y.sum())} positives among {len(y)} labels: too few to learn from"
