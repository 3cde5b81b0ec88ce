"""What `share` and `join` print: what leaves the house, and what each gemeente contributed."""

from __future__ import annotations

from rich.table import Table

from pipelines.region import Joined, Shared
from pipelines.show import as_document, terminal


def shared(done: Shared, as_json: bool) -> None:
    """The files, with how many labels they rest on."""
    if as_json:
        rows = [
            {"file": str(f), "doel": s.doel, "labels": s.labels} for f, s in zip(done.files, done.shares, strict=True)
        ]
        as_document({"shared": rows, "skipped": {doel.value: why for doel, why in done.skipped}})
        return
    for file, one in zip(done.files, done.shares, strict=True):
        size = f"{len(one.tables)} tables, {sum(len(table.labels) - 2 for table in one.tables)} cells"
        terminal.print(f"{one.doel}, round {one.round}: {size}, about {one.labels} labels -> {file}")
    for doel, why in done.skipped:
        terminal.print(f"[yellow]{doel.value}: nothing to share: {why}[/yellow]")
    if done.files:
        terminal.print(
            "No person, no address and no cell of fewer than 10 labels is in these files: open them and see."
        )


def joined(done: Joined, as_json: bool) -> None:
    """Per target the part of all labels that each gemeente brought."""
    if as_json:
        as_document(
            {
                region.doel: {
                    "file": str(file),
                    "round": region.round,
                    "labels": {share.gemeente: share.labels for share in region.shares},
                }
                for file, region in zip(done.files, done.regions, strict=True)
            }
        )
        return
    for file, region in zip(done.files, done.regions, strict=True):
        sheet = Table(title=f"{region.doel}, round {region.round} -> {file}", title_justify="left")
        for heading in ("gemeente", "labels (about)", "positive (about)", "part of all labels", "tables"):
            sheet.add_column(heading, justify="left" if heading == "gemeente" else "right")
        for share in region.shares:
            part = f"{region.weight_of(share.gemeente):.0%}"
            sheet.add_row(share.gemeente, str(share.labels), str(share.positives), part, str(len(share.tables)))
        terminal.print(sheet)
