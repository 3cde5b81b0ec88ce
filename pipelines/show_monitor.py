"""What `monitor` and `stop-lift` print."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.table import Table

from models.drift import Level
from models.since import Rate
from pipelines.show import as_document, terminal

if TYPE_CHECKING:
    from models.monitoring import Report, TargetReport
    from pipelines.monitor import Monitored
    from pipelines.stop import Lifted


def monitored(done: Monitored, as_json: bool) -> None:
    """Per target the bands against their promise, what drifted, and the verdict."""
    if as_json:
        as_document({**_plain(done.report), "html": done.html, "mlflow_run": done.mlflow_run, "newly": done.newly})
        return
    for target in done.report.targets:
        _target(target)
    for gate in done.report.disparity:
        terminal.print(f"{gate.name}: {gate.found}", style="green" if gate.passed else "red")
    for reason in done.report.reasons:
        terminal.print(f"STOP  {reason}", style="bold red")
    terminal.print(_verdict(done), style="red" if done.report.stop else "green")
    if done.html is not None:
        terminal.print(f"report: {done.html}")


def lifted(done: Lifted, as_json: bool) -> None:
    """Who lifted which stop."""
    if as_json:
        as_document(asdict(done))
        return
    terminal.print(f"the stop of {done.run_id} (since {done.since}) is lifted by {done.by}: {done.reason}")


def _target(target: TargetReport) -> None:
    sheet = Table(title=f"{target.doel} ({target.model})", title_justify="left")
    for heading in ("band", "investigated", "found", "hit rate", "90% interval", "promised"):
        sheet.add_column(heading, justify="left" if heading == "band" else "right")
    for rate in (*target.bands, target.random):
        sheet.add_row(*_cells(rate))
    terminal.print(sheet)
    if target.calibrated is not None:
        found = target.calibrated
        terminal.print(f"  promised in all {found.expected:.1f}, found {found.found} of {found.n} ({found.z:+.1f} sd)")
    if target.drift is None:
        terminal.print("  drift: nothing to compare with (cold start, or a model without a stored summary)")
        return
    red, yellow = (target.drift.of(level) for level in (Level.ROOD, Level.GEEL))
    terminal.print(f"  drift since {target.drift.since}: {len(red)} red, {len(yellow)} yellow features")
    for one in (*red, *yellow)[:10]:
        terminal.print(f"    {one.level.value:<5} {one.name}: index {one.psi:.2f}, missing {one.missing:+.1%}")


def _cells(rate: Rate) -> tuple[str, ...]:
    if not rate.n:
        return rate.name, "0", "0", "", "", ""
    promised = "" if rate.promised != rate.promised else f"{rate.promised:.1%}"
    interval = f"{rate.rate.low:.1%}-{rate.rate.high:.1%}"
    return rate.name, str(rate.n), str(rate.found), f"{rate.rate.value:.1%}", interval, promised


def _verdict(done: Monitored) -> str:
    if done.newly:
        return f"the stop flag is set on {done.report.run_id}; the service shows no ranking until it is lifted"
    if done.report.stop:
        return f"{done.report.run_id} was stopped already, since {done.report.stopped_since}"
    if done.report.stopped_since:
        return (
            f"nothing to stop for now; the stop of {done.report.stopped_since} holds until a person lifts it "
            "(schijnwerper stop-lift)"
        )
    return "nothing to stop for"


def _plain(found: Report) -> dict[str, Any]:
    """The report without the cells of every feature: those are on the page."""
    document = asdict(found)
    for target in document["targets"]:
        if target["drift"] is not None:
            for one in (*target["drift"]["features"], target["drift"]["score"]):
                for part in ("cuts", "then", "now"):
                    del one[part]
    return _without_nan(document)


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(part) for part in value]
    return None if isinstance(value, float) and value != value else value
