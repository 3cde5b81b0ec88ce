"""The commands of the region: `share`, `join`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.progress import Steps
from pipelines.settings import load

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines, no progress.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""

    @app.command()
    def share(
        levering: Annotated[Path, typer.Argument(help="The delivery.", show_default=False)],
        out: Annotated[Path, typer.Option("--out", help="The folder for the files to share.")],
        region: Annotated[
            str, typer.Option(help="Folder of the last round's joined tables. Default: setting regio.")
        ] = "",
        peildatum: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Default: the delivery's.")
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        """Write what other gemeenten may learn from: tables with counts, no person, no address, no thin cell."""
        from pipelines import region as step
        from pipelines import show_region

        settings = load()
        settings = replace(settings, regio=region) if region else settings
        day = peildatum.date() if peildatum else None
        show_region.shared(step.run_share(levering, day, out, settings, Steps(quiet=as_json)), as_json)

    @app.command()
    def join(
        shares: Annotated[list[Path], typer.Argument(help="Share files of several gemeenten, or folders of them.")],
        out: Annotated[Path, typer.Option("--out", help="The folder for the joined tables: the setting `regio`.")],
        as_json: AsJson = False,
    ) -> None:
        """Join the shares of several gemeenten into the region's tables; shows what each contributed."""
        from pipelines import region as step
        from pipelines import show_region

        show_region.joined(step.run_join(shares, out), as_json)
