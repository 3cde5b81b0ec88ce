"""The command that accounts for the model in use: `pack`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from features.columns import Doel
from pipelines.progress import Steps
from pipelines.settings import load

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines, no progress.")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

    @app.command()
    def pack(
        out: Annotated[Path, typer.Option("--out", help="The folder to write to, one folder per target.")],
        doel: Annotated[Doel | None, typer.Option("--doel", help="One target. Default: all.")] = None,
        as_json: AsJson = False,
    ) -> None:
        """Write the model card, algoritmeregister.json, DPIA and IAMA facts, letter and features with their papers."""
        from pipelines import pack as step
        from pipelines import show_pack

        doelen = tuple(Doel) if doel is None else (doel,)
        show_pack.packed(step.run(doelen, out, load(), Steps(quiet=as_json)), as_json)
