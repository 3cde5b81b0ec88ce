"""What there is to learn from: labels of the investigations, each with the features of the month-end before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd
from joblib import Parallel, delayed

from features.columns import Doel
from features.landing import Landing, Sources
from models.blocks import of_addresses
from models.examples import LIGHT, Examples, combined, examples
from models.labels import capacity, filed_twice, first_known, labels, needed_dates, with_features
from models.tables import Codes
from pipelines.landings import Landed
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.tables import kept

POPULATION = 100_000  # addresses that stand for all


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcomes:
    """Per target what there is; a target without any label is absent from `examples`.

    capacity: investigations the team begins per half year. notes: Dutch sentences on labels that were left out.
    """

    examples: dict[Doel, Examples]
    capacity: dict[Doel, int]
    notes: dict[Doel, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Labelled:
    """One gemeente: labels per target, how many were left out and why, and the map block of every address."""

    landing: Landing
    found: dict[Doel, pd.DataFrame]
    early: dict[Doel, int]
    first: date | None
    twice: int
    capacity: dict[Doel, int]
    blocks: Codes


def gathered(landed: Landed, as_of: date, settings: Settings, steps: Steps) -> Outcomes:
    """Labels of all gemeenten of the delivery with their features; month-ends are built side by side, once each."""
    labelled = [_labelled(landing, landing.at(as_of)) for landing in landed.landings]
    jobs = [
        delayed(_month)(one.landing, day, one.found, one.blocks, settings.zaad)
        for one in labelled
        for day in needed_dates(*one.found.values())
    ]
    done: Iterator[dict[Doel, Examples]] = Parallel(n_jobs=settings.taken, return_as="generator")(jobs)
    parts: dict[Doel, list[Examples]] = {doel: [] for doel in Doel}
    for number, part in enumerate(done, start=1):
        steps("month-ends", number, len(jobs))
        for doel, found in part.items():
            parts[doel].append(found)
    return Outcomes(
        examples={doel: combined(found) for doel, found in parts.items() if found},
        capacity={doel: settings.capaciteit or sum(one.capacity[doel] for one in labelled) for doel in Doel},
        notes={doel: _notes(labelled, doel) for doel in Doel},
    )


def population(landed: Landed, as_of: date) -> pd.DataFrame:
    """Features of all addresses, or of every k-th where there are many: enough for borders, tails and calibration."""
    step = max(1, -(-sum(landed.report.adressen.values()) // POPULATION))
    return pd.concat([kept(landing, as_of).frame.iloc[::step] for landing in landed.landings], ignore_index=True)


def too_few(found: Examples | None) -> str:
    """Why nothing can be learned from these; for a target that has not enough (see fitting.enough)."""
    if found is None or not found.labelled.any():
        return "no finished investigations that speak for it"
    y = found.y[found.labelled]
    if y.min() == y.max():
        return f"all {len(y)} labels are {'positive' if y.any() else 'negative'}: one kind alone tells nothing apart"
    return f"{int(y.sum())} positives among {len(y)} labels: too few to learn from"


def _labelled(landing: Landing, sources: Sources) -> _Labelled:
    first = first_known(sources)
    everything = {doel: labels(sources, doel) for doel in Doel}
    found = {doel: with_features(frame, first) for doel, frame in everything.items()}
    return _Labelled(
        landing=landing,
        found=found,
        early={doel: len(everything[doel]) - len(found[doel]) for doel in Doel},
        first=None if first is None else first.date(),
        twice=filed_twice(sources),
        capacity={doel: capacity(sources, doel) for doel in Doel},
        blocks=of_addresses(sources.adressen, landing.gemeente),
    )


def _month(
    landing: Landing, day: date, found: dict[Doel, pd.DataFrame], blocks: Codes, seed: int
) -> dict[Doel, Examples]:
    table = kept(landing, day)
    return {doel: examples(table, found[doel], light=LIGHT, seed=seed, blocks=blocks) for doel in Doel}


def _notes(labelled: list[_Labelled], doel: Doel) -> tuple[str, ...]:
    """What was left out, per gemeente where it happened."""
    notes = []
    for one in labelled:
        if one.twice:
            notes.append(
                f"Gemeente {one.landing.gemeente}: {one.twice} onderzoeken stonden dubbel in de levering (zelfde "
                "adres, doel en begindatum). Alleen het laatst afgeronde telt."
            )
        if one.early[doel]:
            since = f"Voor {one.first} is geen inschrijving bekend" if one.first else "Er is geen inschrijving bekend"
            notes.append(
                f"Gemeente {one.landing.gemeente}: {one.early[doel]} uitkomsten tellen niet mee. {since}, dus over die "
                "adressen was toen nog niets te weten."
            )
    return tuple(notes)
