"""`schijnwerper monitor`: what came of the published lists, what changed since, and whether the model must stop."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from features.columns import Doel
from features.errors import Refusal
from models.accountability.monitoring_page import monitoring_page
from models.document import from_json as model_from_json
from models.drift import Drift, drift
from models.figures import Gate
from models.monitoring import Report, Watched, metrics, report, with_disparity
from models.published_account import MONITORING, monitoring_to_json
from models.registry_monitor import kept as kept_in_mlflow
from models.registry_monitor import log_monitoring
from models.registry_pyfunc import DOCUMENT
from models.remembered import scored
from models.spread import SPREAD_FILE, from_json, tally
from models.tables import TableModel
from pipelines.account import add
from pipelines.disparity import disparity
from pipelines.followed import outcomes
from pipelines.landings import Landed, land
from pipelines.places import file_to_write
from pipelines.progress import Steps
from pipelines.served import Served, served
from pipelines.settings import Settings
from pipelines.stop import STOP, lifted_on, set_stop
from pipelines.tables import kept


@dataclass(frozen=True, kw_only=True)
class Monitored:
    """report; html: where the page was written, None when nowhere was asked; newly: the flag was set just now."""

    report: Report
    html: Path | None
    mlflow_run: str
    newly: bool


def run(
    levering: Path,
    publicaties: Path,
    peildatum: date | None,
    out: Path | None,
    settings: Settings,
    steps: Steps,
    *,
    fairness: bool = True,
    now: datetime | None = None,
) -> Monitored:
    """Measure, set the stop flag when the rule fires, write the page and log to MLflow. The flag comes first.

    What fails afterwards (disparity that cannot be measured, a store, a disk) keeps nothing from stopping.
    """
    if out is not None:
        file_to_write(out)
    history = served(publicaties)
    landed = land(levering, settings, steps)
    as_of, using, moment = landed.day(peildatum), history[-1], now or datetime.now(UTC)
    found = report(
        _watched(landed, history, as_of, settings, steps),
        settings.bewaking,
        run_id=using.run_id,
        as_of=as_of.isoformat(),
        since=lifted_on(using.manifest)[:10],
        publications=[(one.run_id, one.as_of.isoformat()) for one in history],
        stopped_since=str((using.manifest.get(STOP) or {}).get("sinds", "")),
    )
    newly = found.stop and set_stop(publicaties, found.reasons, moment)
    if fairness:
        found = with_disparity(found, _disparity(landed, publicaties, settings, steps))
        newly = (found.stop and set_stop(publicaties, found.reasons, moment)) or newly
    html = monitoring_page(found).encode()
    add(using.folder, MONITORING, monitoring_to_json(found))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(html)
    with steps.step("log to MLflow"):
        logged = log_monitoring(
            metrics(found),
            html,
            store=settings.mlflow,
            artifacts=settings.werkmap / "mlflow-artefacten",
            run_name=f"bewaking {as_of.isoformat()}",
            tags=[("publicatie", using.run_id), ("stop", str(found.stop).lower())],
        )
    return Monitored(report=found, html=out, mlflow_run=logged, newly=newly)


def _watched(landed: Landed, history: Sequence[Served], as_of: date, settings: Settings, steps: Steps) -> list[Watched]:
    using = history[-1]
    since = (pd.Timestamp(as_of) - pd.DateOffset(months=settings.bewaking.venster_maanden)).date()
    watched = []
    for doel in Doel:
        about = using.manifest.get("doelen", {}).get(doel.value)
        if about is None:
            continue
        with steps.step(f"outcomes and drift of {doel.value}"):
            watched.append(
                Watched(
                    doel=doel.value,
                    model=" ".join(str(about.get(part, "")) for part in ("model", "versie")).strip(),
                    outcomes=outcomes(landed.landings, history, doel, as_of, since),
                    drift=_drift(landed, about, as_of, settings),
                )
            )
    return watched


def _drift(landed: Landed, about: dict[str, str], as_of: date, settings: Settings) -> Drift | None:
    """Against what the model remembers of its population; None in a cold start, or where it remembers nothing."""
    run = about.get("mlflow_run", "")
    summary = kept_in_mlflow(settings.mlflow, run, SPREAD_FILE) if run else None
    if summary is None:
        return None
    model = _model(run, about, settings)
    reference = from_json(summary.decode())
    total = None
    for landing in landed.landings:
        table = kept(landing, as_of)
        X, score = scored(model, table.frame, table.grants, settings.zaad)
        counted = tally(reference, X, score)
        total = counted if total is None else total + counted
    return None if total is None else drift(reference, total)


def _model(run: str, about: dict[str, str], settings: Settings) -> TableModel:
    """The model that the publication was made with; refused when its bytes are not those of the manifest."""
    document = kept_in_mlflow(settings.mlflow, run, DOCUMENT) or b""
    digest = f"sha256:{hashlib.sha256(document).hexdigest()}"
    if digest != about.get("digest"):
        raise Refusal(
            f"model {about.get('naam', '')} version {about.get('versie', '')}",
            found=f"a document with {digest[:19]}…",
            expected=f"{str(about.get('digest'))[:19]}…, with which this publication was made",
            do="find out who changed it; until then the publication cannot be accounted for",
        )
    return model_from_json(document.decode())


def _disparity(landed: Landed, publicaties: Path, settings: Settings, steps: Steps) -> tuple[Gate, ...]:
    with steps.step("fairness"):
        return disparity(landed, publicaties, settings)
