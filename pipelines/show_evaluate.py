"""What `schijnwerper evaluate` prints: contenders side by side, reliability, handlers, gates, and what it rests on."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from rich.table import Table

from models.evaluate import Interval
from models.figures import Backtest, Measured, Reliability
from pipelines.evaluate import Evaluated
from pipelines.show import as_document, terminal

SHOWN = ("8", "20", "60", "capaciteit")


def evaluated(done: Evaluated, as_json: bool, *, with_folds: bool = False) -> None:
    """Every target; with_folds: each fold's table too (the JSON document always holds them)."""
    if as_json:
        as_document(_finite(asdict(done)))
        return
    for found in done.backtests:
        _target(found, with_folds)
    for doel, why in done.skipped:
        terminal.print(f"{doel.value}: not evaluated: {why}", style="yellow")
    for note in done.notes:
        terminal.print(note, style="yellow", markup=False)
    if done.leaks is not None:
        for name in done.leaks:
            terminal.print(f"leak: feature {name} knows what was recorded after its day", style="red")
        if not done.leaks:
            terminal.print("no feature knows what was recorded after its day", style="green")


def _target(found: Backtest, with_folds: bool) -> None:
    terminal.print(f"\n[bold]{found.doel}[/bold]: {len(found.folds)} folds; capacity {found.capacity} per half year")
    _table("later investigations, all folds in time", found.pooled)
    _table("the random stream of these, weighted by selectiekans", found.random)
    if with_folds:
        for fold in found.folds:
            title = (
                f"{fold.kind}: {fold.name} (learned from {fold.train_labels} labels, {fold.train_positives} positive)"
            )
            _table(title, fold.measured)
    if found.reliability is not None:
        _reliability(found.reliability)
    if found.handlers is not None:
        terminal.print(f"  {found.handlers.sentence}", markup=False)
    for gate in found.gates:
        mark, style = ("passed", "green") if gate.passed else ("NOT passed", "red")
        terminal.print(f"  gate {mark}: {gate.name}: {gate.found}; {gate.expected}", style=style, markup=False)
    for sentence in found.statements:
        terminal.print(f"  · {sentence}", style="dim", markup=False)


def _table(title: str, measured: tuple[Measured, ...]) -> None:
    """precision in the first k, average precision and its difference with the profiles; 90% intervals."""
    if not measured:
        return
    names = [name for name in SHOWN if any(at.name == name for one in measured for at in one.at)]
    sheet = Table(title=f"{title}: {measured[0].n} rows, {measured[0].positives} positive", title_justify="left")
    sheet.add_column("contender")
    for name in names:
        sheet.add_column(f"precision@{name}", justify="right")
    sheet.add_column("average precision", justify="right")
    sheet.add_column("beside profielen", justify="right")
    for one in measured:
        at = {part.name: part for part in one.at}
        cells = [_figure(at[name].precision) if name in at else "" for name in names]
        sheet.add_row(one.contender, *cells, _figure(one.average_precision), _figure(one.difference, sign=True))
    terminal.print(sheet)


def _reliability(found: Reliability) -> None:
    tried = ", ".join(f"{name} {loss:.4f}" for name, loss in found.tried)
    terminal.print(f"  calibration: {found.chosen} (log-loss inside the folds: {tried})", markup=False)
    terminal.print(f"  expected calibration error {_figure(found.ece, digits=3)}; kans against share found:")
    parts = "  ".join(f"{part.kans:.3f}→{part.found:.3f}" for part in found.bins)
    terminal.print(f"    {parts}", markup=False)


def _figure(found: Interval, *, sign: bool = False, digits: int = 2) -> str:
    value = f"{found.value:+.{digits}f}" if sign else f"{found.value:.{digits}f}"
    return f"{value} ({found.low:.{digits}f} to {found.high:.{digits}f})"


def _finite(content: Any) -> Any:
    """NaN is no JSON: null in its place."""
    return json.loads(json.dumps(content, default=str), parse_constant=lambda _: None)
