"""Feature tables of a landing, kept: a table of a past month-end is made once and read afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from joblib import Parallel, delayed

from features.errors import Refusal
from features.landing import Landing
from features.register import version
from features.table import FeatureTable, build, read, write
from pipelines.progress import Steps

FOLDER = "kenmerken"  # within the landing, so that it goes when the landing is replaced


def kept(landing: Landing, as_of: date) -> FeatureTable:
    """The features of one gemeente as of a day: read where this register version made them before, else built."""
    file = landing.folder.parent / FOLDER / f"{landing.gemeente}-{as_of.isoformat()}-{version()[:12]}.parquet"
    if file.exists():
        try:
            return read(file, version())[0]
        except Refusal:
            file.unlink()  # a damaged leftover: build it again
    table = build(landing, as_of)
    keep(table, file)
    return table


def keep(table: FeatureTable, file: Path) -> None:
    """Write aside, then rename: a reader sees a whole file or none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{os.getpid()}-{file.name}")
    write([table], aside)
    aside.replace(file)


def build_all(landings: Sequence[Landing], as_of: date, jobs: int, steps: Steps) -> Iterator[FeatureTable]:
    """The feature tables of all gemeenten, in order, each built or, where it was kept, read in a process of its own."""
    calls = [delayed(kept)(landing, as_of) for landing in landings]
    done = Parallel(n_jobs=min(jobs, len(calls)), return_as="generator")(calls)
    for number, table in enumerate(done, start=1):
        steps("gemeenten", number, len(calls))
        yield table
