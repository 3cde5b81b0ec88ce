"""What the commands print: tables for people, one JSON document for machines."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from features.check import CheckReport
from features.reports import TableReport
from models.figures import MODEL, PROFILES

if TYPE_CHECKING:
    from models.trained import TrainedTarget
    from pipelines.score import Scored
    from pipelines.train import Training

terminal = Console(highlight=False, width=None if sys.stdout.isatty() else 160)  # a log does not wrap


@dataclass(frozen=True, kw_only=True)
class Wrote:
    """A file or folder that a command wrote."""

    path: Path
    rows: int
    what: str


def as_document(content: dict[str, Any]) -> None:
    """Print one JSON document."""
    print(json.dumps(content, ensure_ascii=False, default=str))


def wrote(done: Wrote, as_json: bool) -> None:
    """Say what was written where."""
    if as_json:
        as_document(asdict(done))
    else:
        terminal.print(f"{done.rows:,} {done.what} -> {done.path}")


def checked(report: CheckReport, as_json: bool) -> None:
    """The check report: a table per source, what is off, what stands in the way of a build."""
    if as_json:
        as_document(asdict(report))
        return
    sheet = Table(title=f"Delivery {report.folder}", title_justify="left")
    for heading in ("table", "read", "used", "rejected", "coverage", "period", "link routes"):
        sheet.add_column(heading, justify="right" if heading in ("read", "used", "rejected", "coverage") else "left")
    for table in report.ingest.tables:
        sheet.add_row(*_cells(table))
    terminal.print(sheet)
    for table in report.ingest.tables:
        for reason, count in table.rejected.items():
            terminal.print(f"  {table.table}: {count:,} rejected: {reason}")
        for note in table.notes:
            terminal.print(f"  {table.table}: {note}")
    for name in report.recognised:
        terminal.print(f"  {name}: recognised by its header")
    for off in report.ingest.off:
        terminal.print(f"  {off.source}: {off.reason}", style="yellow")
    for sentence in report.blocking:
        terminal.print(f"  not ready to build: {sentence}", style="red")
    if report.ready:
        terminal.print("ready to build", style="green")
    if report.rejects:
        terminal.print(f"rejected rows are listed in {report.rejects}")


def _cells(table: TableReport) -> tuple[str, ...]:
    coverage = "" if table.coverage != table.coverage else f"{table.coverage:.1%}"
    return (
        table.table,
        f"{table.read:,}",
        f"{table.used:,}",
        f"{sum(table.rejected.values()):,}",
        coverage,
        " to ".join(table.period) if table.period else "",
        ", ".join(f"{route} {count:,}" for route, count in table.routes.items()),
    )


def trained(training: Training, as_json: bool) -> None:
    """Per target the labels, and how the model did on later investigations beside the rules of practice."""
    if as_json:
        done = {t.doel: {**dict(t.parameters()), **dict(t.metrics())} for t in training.trained}
        as_document({"trained": done, "skipped": {doel.value: why for doel, why in training.skipped}})
        return
    for target, made in zip(training.trained, training.registered, strict=True):
        terminal.print(f"[bold]{target.doel}[/bold]: {target.labels} labels, {target.positives} positive")
        for line in _measured(target):
            terminal.print(line)
        terminal.print(f"  challenger: {made.name} version {made.version} (two people decide: schijnwerper promote)")
    for doel, why in training.skipped:
        terminal.print(f"[yellow]{doel.value}: not trained: {why}[/yellow]")


def _measured(target: TrainedTarget) -> list[str]:
    """How the model did in the back-test beside the rules of practice, and which gates it did not pass."""
    found = target.backtest
    if found is None:
        return ["  not evaluated: too few outcomes for a back-test"]
    lines = []
    for measured in filter(None, (found.of(MODEL), found.of(PROFILES))):
        for at in measured.at:
            if at.name == "60":
                p = at.precision
                lines.append(
                    f"  first {at.k} of the later investigations, {measured.contender}: {p.value:.2f} found "
                    f"({p.low:.2f}-{p.high:.2f})"
                )
    return lines + [f"  gate not passed: {g.name}: {g.found}; {g.expected}" for g in found.gates if not g.passed]


def scored(done: Scored, as_json: bool) -> None:
    """Where the publication is and what it lacks."""
    if as_json:
        as_document(asdict(done))
        return
    verb = "published" if done.fresh else "unchanged since it was published"
    terminal.print(f"{verb}: {done.folder}")
    for source, reason in done.off.items():
        terminal.print(f"  without {source}: {reason}", style="yellow")
    for doel, left in done.aside.items():
        for one in left:
            terminal.print(f"  {doel.value}: model version {one.version} not used: {one.english}", style="yellow")
    for doel in done.trial:
        terminal.print(
            f"  {doel.value}: trial: this model has not been approved by two people (see: schijnwerper models)",
            style="yellow",
        )
    for doel in done.cold:
        terminal.print(
            f"  {doel.value}: no model; ranked on what is known beforehand of each feature, without probabilities",
            style="yellow",
        )
