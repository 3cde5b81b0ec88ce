"""What `promote`, `rollback` and `models` print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from pipelines.overview import Listed
from pipelines.promote import Promotion
from pipelines.show import as_document, terminal

SHORT = {
    "later_precisie_bij_60": "precision@60",
    "later_gemiddelde_precisie": "average precision",
    "later_lift_bij_60": "lift@60",
}
HEADINGS = ("model", "version", "state", "aliases", "trained until", "gemeenten", "gates", "figures", "approved by")


def promoted(done: Promotion, as_json: bool) -> None:
    """Proposed and waiting, or champion."""
    if as_json:
        as_document(asdict(done))
    elif done.approver:
        terminal.print(
            f"{done.name} version {done.version} is champion: proposed by {done.proposer}, approved by "
            f"{done.approver}; digest {done.sha256[:12]}…",
            markup=False,
        )
    else:
        terminal.print(
            f"{done.name} version {done.version} is proposed by {done.proposer}. A second person approves it with: "
            f"schijnwerper promote {done.doel} --approver NAME --version {done.version}",
            markup=False,
        )


def rolled_back(done: Promotion, as_json: bool) -> None:
    """Which version is champion again."""
    if as_json:
        as_document(asdict(done))
    else:
        terminal.print(f"{done.name}: back to version {done.version}, approved before by {done.approver}", markup=False)


def listed(found: Sequence[Listed], as_json: bool) -> None:
    """A row per version; the gates that were not passed below it."""
    if as_json:
        as_document({"models": [asdict(one) for one in found]})
        return
    if not found:
        terminal.print("no models yet: schijnwerper train LEVERING")
        return
    sheet = Table(title="Models", title_justify="left")
    for heading in HEADINGS:
        sheet.add_column(heading)
    for one in found:
        sheet.add_row(*_cells(one))
    terminal.print(sheet)
    for one in found:
        for gate in one.failed:
            terminal.print(f"  {one.name} version {one.version}: gate not passed: {gate}", markup=False)


def _cells(one: Listed) -> tuple[str, ...]:
    return (
        f"{one.name}\n{one.sha256[:12]}",
        one.version,
        one.state,
        ", ".join(one.aliases),
        one.trained_until,
        one.scope,
        f"{one.gates[0]} of {one.gates[1]}" if one.gates else "not evaluated",
        "\n".join(f"{SHORT.get(name, name)} {value:.2f}" for name, value in one.figures.items()),
        f"{one.proposer} + {one.approver}\n{one.approved_at[:10]}" if one.approver else one.proposer and "proposed",
    )
