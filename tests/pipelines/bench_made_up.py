"""A landed delivery without data, and settings of a bench of its own in a store that tests share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from mlflow import MlflowClient

from features.columns import Doel
from features.reports import FileReport, IngestReport, SourceOff
from features.table import Grant
from models.figures import Backtest, Gate
from models.registry import Registered
from pipelines.landings import Landed
from pipelines.registering import register
from pipelines.settings import Settings
from tests.models.backtest_made_up import backtest
from tests.models.trained_made_up import trained

SOURCES = ("brp", "bag", "energie", "vastgoed", "signalen", "onderzoeken", "omgeving")
PASSED = (Gate(name="beter dan profielen", passed=True, found="verschil 0,30", expected="boven 0"),)
FAILED = (*PASSED, Gate(name="steekproef", passed=False, found="4 gevonden", expected="minstens 5"))


def landed(gemeenten: tuple[str, ...] = ("0175",), off: tuple[str, ...] = ()) -> Landed:
    """Of these gemeenten, with every source granted but those that are off."""
    report = IngestReport(
        gemeenten=gemeenten,
        peildatum=date(2026, 10, 1),
        grants=tuple(Grant(source=name, grondslag="wet", doelen=tuple(Doel)) for name in SOURCES if name not in off),
        files=(FileReport(name="brp/persoonslijsten.csv", sha256="0f" * 32, rows=3),),
        tables=(),
        off=tuple(SourceOff(source=name, reason="not in this delivery") for name in off),
        adressen=dict.fromkeys(gemeenten, 1),
    )
    return Landed(levering=Path("levering"), folder=Path("landing"), report=report, landings=())


def evaluated(gates: tuple[Gate, ...] = PASSED, doel: str = "spookbewoning") -> Backtest:
    return replace(backtest(doel), gates=gates)


def challenger(
    settings: Settings,
    high: float = 1.0,
    *,
    gates: tuple[Gate, ...] | None = PASSED,
    gemeenten: tuple[str, ...] = ("0175",),
) -> Registered:
    """Train and register a version for spookbewoning; gates None = not evaluated."""
    target = trained("spookbewoning", high, None if gates is None else evaluated(gates))
    return register([target], landed(gemeenten), settings)[0]


def document_of(settings: Settings, one: Registered) -> Path:
    """Where the document of a version lies."""
    run = MlflowClient(tracking_uri=settings.mlflow).get_run(one.run_id)
    return Path(run.info.artifact_uri.removeprefix("file://")) / "model" / "artifacts" / "tabellen.json"
