"""`schijnwerper residence`: who was registered where, from when to when. Needs the BRP; links with the BAG."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from features.delivery import Delivery
from features.errors import Refusal
from features.ingest import walk
from features.job import Job
from features.landing import Landing
from features.rejects import Rejects
from features.residence import residence_frame
from pipelines.places import file_to_write
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.show import Wrote

NEEDED = ("brp", "bag")
SAME = ["persoon", "datum_van", "functie", "keer"]


def run(levering: Path, out: Path, peildatum: date | None, settings: Settings, steps: Steps) -> Wrote:
    """Write the residence spells known on the peildatum to `out`, whole or not at all.

    Without a levering.toml (an official test set, say) the BRP is read for this report only; with one, it needs its
    ground. Raises Refusal without a BRP.
    """
    file_to_write(out)
    delivery = Delivery.open(levering)
    if not delivery.has("brp") or (delivery.manifest and delivery.grant("brp") is None):
        raise Refusal(
            str(levering),
            found="no BRP" if not delivery.has("brp") else "a BRP without grondslag in levering.toml",
            expected="brp/persoonslijsten*.csv that may be read",
            do="deliver it, or write its ground in levering.toml",
        )
    only = replace(delivery, files=tuple(file for file in delivery.files if file.table.source in NEEDED))
    as_of = peildatum or delivery.peildatum or date.today()  # of a loose file nothing else is known
    with tempfile.TemporaryDirectory(prefix="schijnwerper-") as work, steps.step("read the BRP"):
        folder = Path(work)
        report = walk(Job(only, folder, Rejects(folder / "afgekeurd.csv"), settings.key, check=True, progress=steps))
        frames = [_spells(Landing(folder / code, code), as_of) for code in report.gemeenten]
    spells = once(pd.concat(frames, ignore_index=True))
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = out.with_name(f".{os.getpid()}-{out.name}")
    try:
        spells.to_parquet(aside, index=False)
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
    return Wrote(path=out, rows=len(spells), what="residence spells")


def once(spells: pd.DataFrame) -> pd.DataFrame:
    """Every spell once: a person with a past in two gemeenten of one delivery lands in both, linked in one of them."""
    spells["keer"] = spells.groupby(["gemeente", *SAME[:-1]], observed=True).cumcount()
    linked_first = spells.sort_values("adresseerbaarobject_identificatie", key=lambda ids: ids == "", kind="stable")
    kept = linked_first.drop_duplicates(SAME).sort_index()
    return kept.drop(columns=["keer", "gemeente"]).reset_index(drop=True)


def _spells(landing: Landing, as_of: date) -> pd.DataFrame:
    sources = landing.at(as_of)
    if sources.verblijf is None or sources.personen is None:
        return pd.DataFrame()
    adressen = sources.adressen if sources.adressen is not None and len(sources.adressen) else None
    frame = residence_frame(sources.verblijf, sources.personen, adressen, as_of)
    return frame.assign(gemeente=landing.gemeente)
