"""A landing of one small gemeente by hand, for the steps that look at groups: 120 homes, and who looked where."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from features import landing
from features.columns import Doel
from features.landing import Landing
from features.reports import IngestReport
from features.table import Grant
from pipelines.landings import Landed
from tests.features.tiny import adressen, personen, table, verblijf

AS_OF = date(2026, 10, 1)
HOMES = 120
GRANTS = tuple(
    Grant(source=name, grondslag="test", doelen=tuple(Doel)) for name in ("bag", "brp", "onderzoeken", "omgeving")
)


def identificatie(at: int) -> str:
    return f"0175010000{at:06d}"


def landed(folder: Path) -> Landed:
    """Home k has a resident born in 1940 + k % 60, the last 20 homes nobody; the first ten were investigated."""
    place = folder / "levering" / "0175"
    place.mkdir(parents=True)
    tables = {
        "adressen": adressen(
            HOMES, identificatie=[identificatie(at) for at in range(HOMES)], gescoord=[at != 119 for at in range(HOMES)]
        ),
        "personen": personen(*(1940.0 + at % 60 for at in range(100))).assign(geheim=[at == 3 for at in range(100)]),
        "verblijf": verblijf(*((at, at, "2015-01-01") for at in range(100))),
        "onderzoeken": table(landing.ONDERZOEKEN, [_investigation(at) for at in range(10)]),
        "omgeving": table(landing.OMGEVING, [{"buitengebied": float(at >= 60)} for at in range(HOMES)]),
    }
    for name, frame in tables.items():
        frame.to_parquet(place / f"{name}.parquet")
    report = IngestReport(
        gemeenten=("0175",), peildatum=AS_OF, grants=GRANTS, files=(), tables=(), off=(), adressen={"0175": HOMES - 1}
    )
    return Landed(levering=folder, folder=place.parent, report=report, landings=(Landing(place, "0175", GRANTS),))


def _investigation(at: int) -> dict[str, Any]:
    """Of schijnbewoning: even ones found something; the last two by lot, the one before by nobody at the door."""
    drawn = at > 7
    return {
        "onderzoek_id": f"o{at}",
        "adres": at,
        "doel": "schijnbewoning",
        "aanleiding": "steekproef" if drawn else "risico",
        "selectiekans": 0.01 if drawn else float("nan"),
        "bekend": pd.Timestamp("2026-02-10"),
        "afgerond": pd.Timestamp("2026-04-01"),
        "bezoekpogingen": 0.0 if at == 7 else 1.0,
        "uitkomst": "in_orde" if at % 2 else "ingeschreven_niet_woonachtig",
    }


def published(folder: Path, ahead: int) -> Path:
    """A publication of both targets that puts the first `ahead` homes in band A."""
    run = folder / "publicaties" / "run"
    run.mkdir(parents=True)
    homes = [identificatie(at) for at in range(HOMES - 1)]
    bands = ["A" if at < ahead else "E" for at in range(HOMES - 1)]
    rows = [
        pd.DataFrame({"doel": doel.value, "adresseerbaarobject_identificatie": homes, "band": bands}) for doel in Doel
    ]
    pd.concat(rows).to_parquet(run / "scores.parquet")
    (run / "manifest.json").write_text('{"peildatum": "2026-10-01"}')
    (run.parent / "actueel").write_text("run\n")
    return run.parent
