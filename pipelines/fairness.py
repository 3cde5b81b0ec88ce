"""`schijnwerper fairness`: who is ranked, picked, visited and confirmed, per group, for the publication in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from features.columns import Doel
from features.register import admitted
from models.accountability.fairness_page import fairness_page
from models.examples import Examples
from models.fairness import FairnessReport
from models.fairness_bounds import FairnessBounds
from models.fairness_held_out import flagged, held_out
from models.fairness_report import report
from models.fairness_stages import HeldOut, Practice
from models.practice import investigations
from models.published_account import FAIRNESS, FairnessAccount, fairness_to_json
from models.rankers.boosted import Recipe
from pipelines import outcomes
from pipelines.account import add, now
from pipelines.audit import PER_GEMEENTE, AuditBook, audit_book, feature_days
from pipelines.landings import Landed, land
from pipelines.places import file_to_write
from pipelines.progress import Steps
from pipelines.ranked import Ranking, published, scored
from pipelines.settings import Settings
from pipelines.store import current


@dataclass(frozen=True, kw_only=True, eq=False)
class Audit:
    """Everything that an audit is made of, read once. practice: per target, see practice.investigations."""

    ranking: Ranking
    book: AuditBook
    practice: Mapping[Doel, pd.DataFrame]
    examples: Mapping[Doel, Examples]
    bounds: FairnessBounds


def run(
    levering: Path, publicaties: Path | None, settings: Settings, steps: Steps, out: Path | None = None
) -> tuple[FairnessReport, ...]:
    """One report per target. Without a publication it tells of what was picked, visited and confirmed alone.

    out: where the page is to be written; raises Refusal, before any work, where that cannot be.
    """
    if out is not None:
        file_to_write(out)
    landed = land(levering, settings, steps)
    audit = gathered(landed, publicaties, settings.eerlijkheid, settings, steps)
    reports = []
    for doel in audit.ranking.ahead:
        with steps.step(f"fairness of {doel.value}"):
            reports.append(_report(audit, doel, landed, settings))
    if publicaties is not None:
        using = current(publicaties)
        account = FairnessAccount(run_id=using.name, made=now(), reports=tuple(reports), bounds=settings.eerlijkheid)
        add(using, FAIRNESS, fairness_to_json(account))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(fairness_page(reports, settings.eerlijkheid), encoding="utf-8")
    return tuple(reports)


def gathered(
    landed: Landed, publicaties: Path | None, bounds: FairnessBounds, settings: Settings, steps: Steps
) -> Audit:
    """Read the publication, the investigations and the groups of the days that matter."""
    ranking = scored(landed) if publicaties is None else published(landed, publicaties)
    practice = {doel: practised(landed, ranking.as_of, doel, bounds.maanden) for doel in ranking.ahead}
    with steps.step("features of the investigated addresses"):
        examples = outcomes.gathered(landed, ranking.as_of, settings, steps).examples
    days = {ranking.as_of}
    for doel, found in practice.items():
        days |= set(found["features_as_of"].dt.date)
        if doel in examples:
            days |= set(feature_days(examples[doel]).dt.date)
    with steps.step("groups of the addresses, then and now"):
        book = audit_book(landed.landings, sorted(days), settings.taken, steps)
    return Audit(ranking=ranking, book=book, practice=practice, examples=examples, bounds=bounds)


def practised(landed: Landed, as_of: date, doel: Doel, months: int) -> pd.DataFrame:
    """The investigations of all gemeenten, with `address`: their code."""
    parts = [
        found.assign(address=int(landing.gemeente) * PER_GEMEENTE + found["adres"].astype(np.int64))
        for landing in landed.landings
        for found in [investigations(landing.at(as_of), doel, months)]
    ]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _report(audit: Audit, doel: Doel, landed: Landed, settings: Settings) -> FairnessReport:
    ranking, found = audit.ranking, audit.practice[doel]
    place = pd.Index(ranking.address).get_indexer(pd.Index(found["address"]))
    found, place = found[place >= 0], place[place >= 0]
    practice = Practice(
        row=place,
        picked=found["picked"].to_numpy(dtype=bool),
        visited=found["visited"].to_numpy(dtype=bool),
        finished=found["finished"].to_numpy(dtype=bool),
        y=found["y"].to_numpy(dtype=np.float64),
        groups=audit.book.then(found["address"].to_numpy(), found["features_as_of"]),
    )
    return report(
        doel,
        ranking.as_of,
        groups=audit.book.on(ranking.address, ranking.as_of),
        ahead=ranking.ahead[doel],
        practice=practice,
        held_out=_held_out(audit, doel, landed, settings),
        bounds=audit.bounds,
    )


def _held_out(audit: Audit, doel: Doel, landed: Landed, settings: Settings) -> HeldOut | None:
    examples = audit.examples.get(doel)
    if examples is None or audit.ranking.ahead[doel] is None:
        return None
    features = tuple(f for f in admitted(doel, landed.report.grants) if f.name in examples.X.columns)
    found = flagged(doel, examples, features, audit.ranking.as_of, seed=settings.zaad, recipe=Recipe())
    groups = audit.book.then(examples.address[found.rows], feature_days(examples).iloc[found.rows])
    return held_out(examples, found, groups)
