"""`schijnwerper build`: one row of features per address as of the peildatum."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from features.table import write
from pipelines.landings import land
from pipelines.places import file_to_write
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.show import Wrote
from pipelines.tables import build_all


def run(levering: Path, out: Path, peildatum: date | None, settings: Settings, steps: Steps) -> Wrote:
    """Write the feature tables of all gemeenten in the delivery to `out`, whole or not at all."""
    file_to_write(out)
    landed = land(levering, settings, steps)
    as_of = landed.day(peildatum)
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = out.with_name(f".{os.getpid()}-{out.name}")
    try:
        with steps.step("build the features"):
            rows = write(build_all(landed.landings, as_of, settings.taken, steps), aside)
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
    return Wrote(path=out, rows=rows, what="addresses")
