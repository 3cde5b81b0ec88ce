"""The manifest of a publication: what went in, what was left out, by which models, with which software."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.metadata import version as installed
from typing import Any

from features.columns import Doel
from features.register import FEATURES
from features.register import version as register_version
from features.reports import TableReport
from models.registry import Champion
from pipelines.chosen import Aside, Chosen
from pipelines.gemeente import Counts
from pipelines.landings import Landed
from pipelines.settings import Settings

SOFTWARE = ("schijnwerper", "numpy", "pandas", "pyarrow", "scikit-learn", "interpret-core", "mlflow")
MAIN = re.compile(r"later_(profielen_)?(precisie_bij_60|lift_bij_60|gemiddelde_precisie)(_laag|_hoog)?")  # of the page
COLD_START = "vooraf vastgestelde richtingen en isolatie"


def run_name(landed: Landed, as_of: date, choice: Chosen, settings: Settings) -> str:
    """The run's id: the peildatum and a digest of everything the result depends on."""
    parts = {
        "files": {file.name: file.sha256 for file in landed.report.files},
        "grants": [asdict(grant) for grant in landed.report.grants],
        "models": {doel.value: [one.sha256, one.approved] for doel, one in choice.models.items()},
        "aside": {doel.value: [reason.dutch for reason in reasons] for doel, reasons in choice.aside.items()},
        "register": register_version(),
        "sentences": hashlib.sha256(repr(FEATURES).encode()).hexdigest(),
        "software": _software(),
        "seed": settings.zaad,
        "key": hashlib.blake2b(b"run", key=settings.key[:64]).hexdigest(),
    }
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
    return f"{as_of.isoformat()}-{digest[:10]}"


def manifest(
    landed: Landed,
    as_of: date,
    run_id: str,
    choice: Chosen,
    counts: tuple[Counts, ...],
    settings: Settings,
    took: Mapping[str, float],
) -> dict[str, Any]:
    """Everything of FORMATS.md, "What comes out of a scoring run"."""
    report = landed.report
    return {
        "run_id": run_id,
        "peildatum": as_of.isoformat(),
        "gemaakt": datetime.now(UTC).isoformat(timespec="seconds"),
        "gemeenten": list(report.gemeenten),
        "doelen": {doel.value: _model(choice.models.get(doel), choice.aside.get(doel, ())) for doel in Doel},
        "register": register_version(),
        "invoer": [{"bestand": f.name, "rijen": f.rows, "sha256": f.sha256} for f in report.files],
        "bronnen": sorted({table.source for table in report.tables} - {off.source for off in report.off}),
        "weggelaten": {off.source: off.reason for off in report.off},
        "grondslagen": {
            grant.source: {"grondslag": grant.grondslag, "doel": list(grant.doelen)} for grant in report.grants
        },
        "dekking": {table.table: _coverage(table) for table in report.tables},
        "adressen": {count.gemeente: asdict(count) for count in counts},
        "parameters": {"taken": settings.taken},
        "zaad": settings.zaad,
        "software": _software(),
        "duur_seconden": dict(took),
    }


def _model(champion: Champion | None, aside: tuple[Aside, ...]) -> dict[str, Any]:
    """How a target was ranked. goedgekeurd: by two people; null in a cold start, where there is no model to approve."""
    if champion is None:
        return {
            "model": COLD_START,
            "versie": "",
            "goedgekeurd": None,
            "niet_gebruikt": [reason.dutch for reason in aside],
            "digest": "",
            "basis": None,
            "kans": "leeg: er zijn geen of te weinig uitkomsten van onderzoeken om van te leren"
            if not aside
            else "leeg: het model is bij deze levering niet te gebruiken",
        }
    model = champion.model
    return {
        "model": "boosted",
        "naam": champion.name,
        "versie": champion.version,
        "goedgekeurd": champion.approved,
        "niet_gebruikt": [reason.dutch for reason in aside],
        "mlflow_run": champion.run_id,
        "digest": f"sha256:{champion.sha256}",
        "basis": model.base,
        "getraind_tot": model.trained_as_of,
        "kenmerken": list(model.features),
        "kalibratie": model.calibration.based_on,
        "cijfers": {name: round(figure, 4) for name, figure in champion.figures.items() if MAIN.fullmatch(name)},
    }


def _coverage(table: TableReport) -> dict[str, Any]:
    return {
        "gelezen": table.read,
        "gebruikt": table.used,
        "afgekeurd": dict(table.rejected),
        "routes": dict(table.routes),
        "dekking": None if table.coverage != table.coverage else round(table.coverage, 4),
        "periode": table.period,
    }


def _software() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: installed(name) for name in SOFTWARE}}
