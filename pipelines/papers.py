"""`schijnwerper papers`: the features with their papers, and two of the five tests measured on this delivery."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from features.errors import Refusal
from features.register import FEATURES
from models.accountability.papers_page import papers_page
from models.records_json import written
from models.tested import MeasuredRegister, measured_register
from pipelines import outcomes
from pipelines.audit import audit_book, scored_codes
from pipelines.landings import land
from pipelines.places import file_to_write
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.tables import kept

SCHEMA = "schijnwerper-kenmerken-1"
PAGE, DOCUMENT = ".html", ".json"


def run(levering: Path, settings: Settings, steps: Steps, out: Path | None = None) -> MeasuredRegister:
    """Measure every feature on the delivery's own day, and write the list to `out`: a page or JSON, by its name.

    Raises Refusal, before any work, for a file of another ending or in a place that cannot be written.
    """
    if out is not None:
        _require_ending(file_to_write(out))
    landed = land(levering, settings, steps)
    as_of = landed.day(None)
    with steps.step("features of the investigated addresses"):
        examples = outcomes.gathered(landed, as_of, settings, steps).examples
    with steps.step("relation with outcomes and groups"):
        tables = [kept(landing, as_of) for landing in landed.landings]
        book = audit_book(landed.landings, [as_of], settings.taken, steps)
        address = np.concatenate([scored_codes(table) for table in tables])
        frame = pd.concat([table.frame for table in tables], ignore_index=True)
        found = measured_register(FEATURES, frame, book.on(address, as_of), examples, as_of)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(papers_page(found) if out.suffix == PAGE else written(found, SCHEMA), encoding="utf-8")
    return found


def _require_ending(out: Path) -> None:
    if out.suffix not in (PAGE, DOCUMENT):
        raise Refusal(
            "--out", found=out.name, expected=f"a name that ends in {PAGE} or {DOCUMENT}", do="choose one of both"
        )
