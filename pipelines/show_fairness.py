"""What `papers` and `fairness` print: tables for people, one JSON document for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from models.fairness import FairnessReport, Stage
from models.fairness_bounds import FairnessBounds
from models.fairness_gates import fairness_gates, stopping
from models.proportions import Rate
from models.records_json import written
from models.relation import Proxy
from pipelines.show import Wrote, as_document, terminal, wrote

if TYPE_CHECKING:
    from models.tested import MeasuredRegister
    from pipelines.cbs import HandOver

FAIRNESS, PAPERS = "schijnwerper-eerlijkheid-1", "schijnwerper-kenmerken-1"


def fairness(reports: Sequence[FairnessReport], out: Path | None, bounds: FairnessBounds, as_json: bool) -> None:
    """Per target and stage what differs beyond the bounds, then the gates."""
    if as_json:
        as_document({"reports": [json.loads(written(report, FAIRNESS)) for report in reports], "path": out})
        return
    for report in reports:
        terminal.print(f"[bold]{report.doel}[/bold], {report.as_of}")
        for stage in report.stages:
            terminal.print(_table(stage))
        for gate in fairness_gates(report, bounds):
            terminal.print(f"  {gate.name}: {gate.found}", style="green" if gate.passed else "red")
        for sentence in stopping(report, bounds):
            terminal.print(f"  stop: {sentence}", style="red")
        for statement in report.statements:
            terminal.print(f"  {statement}", style="dim")
    if out is not None:
        terminal.print(f"report -> {out}")


def _table(stage: Stage) -> Table:
    """The groups that lie outside the bounds at this stage."""
    sheet = Table(title=f"{stage.name}: {stage.selected:,} of {stage.n:,} ({stage.of})", title_justify="left")
    for heading in ("grouping", "group", "times as often (90%)", "hits: difference", "FPR: difference", "verdict"):
        sheet.add_column(heading)
    for grouping in stage.groupings:
        for d in grouping.disparities:
            if d.broken:
                verdict = "unfounded" if d.unfounded else "beyond noise" if d.beyond_noise else "may be noise"
                sheet.add_row(
                    grouping.name,
                    d.group,
                    _figure(d.ratio),
                    _figure(d.hit),
                    _figure(d.fpr),
                    f"{verdict}: {d.broken[0]}",
                )
    return sheet


def _figure(rate: Rate) -> str:
    return f"{rate.value:.2f} ({rate.low:.2f} to {rate.high:.2f})" if rate.known else "too few"


def handed_over(done: HandOver, as_json: bool) -> None:
    """Say what was written for CBS."""
    wrote(Wrote(path=done.path, rows=done.rows, what="pseudonyms for CBS"), as_json)
    if not as_json:
        terminal.print(f"what it is and how to send it: {done.readme}")


def papers(found: MeasuredRegister, out: Path | None, as_json: bool) -> None:
    """A line per feature: status, relation with the outcomes, the group it tells most of."""
    if as_json:
        as_document(json.loads(written(found, PAPERS)))
        return
    sheet = Table(title=f"Features, {found.as_of}", title_justify="left")
    for heading in ("feature", "status", "relation (random stream)", "relation (all labels)", "tells most of"):
        sheet.add_column(heading)
    for entry in found.entries:
        sheet.add_row(
            entry.name,
            entry.status,
            "; ".join(f"{r.doel[:6]} {_auc(r.random)}" for r in entry.relations),
            "; ".join(f"{r.doel[:6]} {_auc(r.everything)} {r.verdict}" for r in entry.relations),
            _proxy(entry.strongest),
        )
    terminal.print(sheet)
    for statement in found.statements:
        terminal.print(f"  {statement}", style="dim")
    if out is not None:
        terminal.print(f"{len(found.entries)} features -> {out}")


def _auc(rate: Rate) -> str:
    return f"{rate.value:.2f} ({rate.low:.2f}-{rate.high:.2f})" if rate.known else "too few"


def _proxy(found: Proxy | None) -> str:
    return "" if found is None else f"{found.grouping}: {found.group} ({found.strength:.2f})"
