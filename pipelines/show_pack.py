"""What `pack` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from pipelines.show import as_document, terminal

if TYPE_CHECKING:
    from pipelines.pack import Packed


def packed(done: Sequence[Packed], as_json: bool) -> None:
    """Where the documents are, and what a person still has to give."""
    if as_json:
        as_document({"packs": [asdict(one) for one in done]})
        return
    for one in done:
        terminal.print(f"[bold]{one.doel}[/bold] ({one.alias}, {one.name} version {one.version}) -> {one.folder}")
        terminal.print(f"  {', '.join(one.files)}")
    if done and done[0].to_fill_in:
        terminal.print(
            f"still to give in \\[organisatie] of schijnwerper.toml: {', '.join(done[0].to_fill_in)}", style="yellow"
        )
