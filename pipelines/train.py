"""`schijnwerper train`: labels from the investigations, features as known before each, one model per target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from features.columns import Doel
from features.errors import Refusal
from features.register import admitted
from features.register import version as register_version
from models.derived import UNUSUAL
from models.examples import Examples
from models.region_start import from_region
from models.registry import Registered
from models.remembered import remember
from models.sharing import SHARED
from models.tables import TableModel, Term
from models.train import Request, TrainedTarget, enough, fit_targets
from pipelines.bench import bench
from pipelines.chosen import chosen
from pipelines.fair import with_fairness
from pipelines.landings import Landed, land
from pipelines.outcomes import gathered, population, too_few
from pipelines.progress import Steps
from pipelines.region import start
from pipelines.registering import register
from pipelines.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Learned:
    """trained: per target model and back-test. skipped: (target, why) where there was too little to learn from.

    notes: Dutch sentences on labels that were left out, and on a model in use that could not be compared with.
    """

    trained: tuple[TrainedTarget, ...]
    skipped: tuple[tuple[Doel, str], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Training(Learned):
    """What a training left: `registered` are the new challengers, one per trained target."""

    registered: tuple[Registered, ...]


def run(levering: Path, peildatum: date | None, settings: Settings, steps: Steps) -> Training:
    """Train both targets on everything known on the peildatum, log to MLflow as challengers."""
    landed = land(levering, settings, steps)
    return train(landed, landed.day(peildatum), settings, steps)


def train(landed: Landed, as_of: date, settings: Settings, steps: Steps) -> Training:
    """As `run`, for a delivery that has landed."""
    for doel in Doel:  # a store that does not answer is told of now, not after minutes of work
        bench(settings).registry.versions(doel.value)
    found = learned(landed, as_of, settings, steps)
    registered: tuple[Registered, ...] = ()
    if found.trained:
        with steps.step("log to MLflow"):
            registered = register(found.trained, landed, settings)
    return Training(trained=found.trained, registered=registered, skipped=found.skipped, notes=found.notes)


def learned(landed: Landed, as_of: date, settings: Settings, steps: Steps) -> Learned:
    """Learn and back-test every target that has labels enough; nothing is logged or registered."""
    with steps.step("features of the investigated addresses"):
        outcomes = gathered(landed, as_of, settings, steps)
    ready = {doel: found for doel, found in outcomes.examples.items() if enough(found)}
    region = {doel: start(doel, landed, settings, register_version()) for doel in Doel}
    borrowed = tuple(
        _borrowed(doel, region[doel], landed, as_of, settings) for doel in Doel if _borrows(doel, ready, region)
    )
    skipped = tuple(
        (doel, too_few(outcomes.examples.get(doel))) for doel in Doel if doel not in ready and not region[doel]
    )
    champions, notes = _champions(landed, settings)
    notes += tuple(dict.fromkeys(note for doel in Doel for note in outcomes.notes[doel]))
    if not ready:
        return Learned(trained=borrowed, skipped=skipped, notes=notes)
    with steps.step(f"train and evaluate {' and '.join(doel.value for doel in ready)}"):
        town = population(landed, as_of)
        requests = [
            Request(
                doel=doel,
                examples=found,
                population=town,
                grants=landed.report.grants,
                as_of=as_of,
                seed=settings.zaad,
                champion=champions.get(doel),
                capacity=outcomes.capacity[doel],
                notes=outcomes.notes[doel],
                bounds=settings.poorten,
                region=region[doel],
            )
            for doel, found in ready.items()
        ]
        fitted = fit_targets(requests, jobs=settings.taken, progress=steps)
        trained = tuple(remember(target, town, landed.report.grants) for target in fitted)
    with steps.step("fairness of the new models"):
        trained = with_fairness(trained, outcomes.examples, landed, as_of, settings, steps)
    return Learned(trained=trained + borrowed, skipped=skipped, notes=notes)


def _borrows(doel: Doel, ready: Mapping[Doel, Examples], region: Mapping[Doel, tuple[Term, ...]]) -> bool:
    return doel not in ready and bool(region[doel])


def _borrowed(doel: Doel, terms: tuple[Term, ...], landed: Landed, as_of: date, settings: Settings) -> TrainedTarget:
    """A target without labels enough of its own: the region's tables, never evaluated here and so never champion."""
    features = admitted(doel, landed.report.grants)
    town = population(landed, as_of)[[feature.name for feature in features]]
    directions = {feature.name: feature.direction(doel) for feature in (*features, UNUSUAL)}
    model = from_region(doel, terms, town, directions, seed=settings.zaad)
    return TrainedTarget(
        doel=doel.value,
        model=replace(model, register=register_version(), trained_as_of=as_of.isoformat()),
        labels=0,
        positives=0,
        light=0,
        drawn=0,
        found=0,
        strength=0.0,
        belief=0.0,
        recipe=SHARED,
        seed=settings.zaad,
    )


def _champions(landed: Landed, settings: Settings) -> tuple[dict[Doel, TableModel], tuple[str, ...]]:
    """The approved models in use, to compare with; one that is not what it should be must not keep us from training."""
    try:
        found = chosen(landed, settings)
    except Refusal as refusal:
        return {}, (f"Met het model in gebruik is niet vergeleken: {refusal}",)
    return {doel: champion.model for doel, champion in found.models.items() if champion.approved}, ()
