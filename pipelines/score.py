"""`schijnwerper score`: rank and explain every address, gemeente by gemeente, and publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from joblib import Parallel, delayed

from features.columns import Doel
from features.landing import Landing
from models.published_account import LISTED
from models.registry import Champion
from models.scores import PUBLISHED_TABLES
from pipelines.account import digests, documents
from pipelines.chosen import Aside, chosen
from pipelines.gemeente import Counts, score_gemeente
from pipelines.landings import Landed, land
from pipelines.manifest import manifest, run_name
from pipelines.places import folder_to_write
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.stop import take_over, taken_over
from pipelines.store import Publication, point_at


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A publication as the terminal shows it. fresh: False when exactly this run was published before.

    cold: ranked without a model; trial: by one that two people have not approved; aside: models not used, and why.
    """

    folder: Path
    run_id: str
    as_of: date
    cold: tuple[Doel, ...]
    off: Mapping[str, str]
    counts: tuple[Counts, ...]
    fresh: bool = True
    trial: tuple[Doel, ...] = ()
    aside: Mapping[Doel, tuple[Aside, ...]] = field(default_factory=dict)


def run(levering: Path, peildatum: date | None, out: Path, settings: Settings, steps: Steps) -> Scored:
    """Score with the champions of these gemeenten; without one, with the challenger on trial, else in a cold start."""
    folder_to_write(out)
    landed = land(levering, settings, steps)
    return score(landed, landed.day(peildatum), out, settings, steps)


def score(landed: Landed, as_of: date, out: Path, settings: Settings, steps: Steps) -> Scored:
    """As `run`, for a delivery that has landed. The same inputs, models and seed give the same run id and bytes."""
    choice = chosen(landed, settings)
    champions = choice.models
    run_id = run_name(landed, as_of, choice, settings)
    off = {source.source: source.reason for source in landed.report.off}
    scored = Scored(
        folder=out / run_id,
        run_id=run_id,
        as_of=as_of,
        cold=tuple(doel for doel in Doel if doel not in champions),
        off=off,
        counts=(),
        trial=choice.trial,
        aside=choice.aside,
    )
    if (out / run_id).exists():
        take_over(out, run_id)
        point_at(out, run_id)
        return replace(scored, fresh=False)
    publication = Publication(out, run_id)
    try:
        with steps.step("score and explain"):
            counts = _all(landed.landings, as_of, champions, publication, settings, steps)
        with steps.step("publish"):
            account = documents(choice.models, settings)
            about = manifest(landed, as_of, run_id, choice, counts, settings, steps.took)
            publication.publish(taken_over(out, about | {LISTED: digests(account)}), account)
    except BaseException:
        publication.abandon()
        raise
    return replace(scored, counts=counts)


def _all(
    landings: tuple[Landing, ...],
    as_of: date,
    champions: dict[Doel, Champion],
    publication: Publication,
    settings: Settings,
    steps: Steps,
) -> tuple[Counts, ...]:
    """Every gemeente in a process of its own; rows come back through files, so memory stays that of one gemeente."""
    jobs = [
        delayed(score_gemeente)(landing, as_of, champions, publication.folder, publication.run_id, settings)
        for landing in landings
    ]
    counts: list[Counts] = []
    for number, done in enumerate(
        Parallel(n_jobs=min(settings.taken, len(jobs)), return_as="generator")(jobs), start=1
    ):
        for table in PUBLISHED_TABLES:
            part = publication.folder / done.gemeente / f"{table.name}.parquet"
            publication.append(table, pq.read_table(part))
            part.unlink()
        (publication.folder / done.gemeente).rmdir()
        counts.append(done)
        steps("gemeenten", number, len(jobs))
    return tuple(counts)
