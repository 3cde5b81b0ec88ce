"""The commands that watch over a model in use: `monitor`, `stop-lift`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.progress import Steps
from pipelines.settings import load

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines, no progress.")]
Publicaties = Annotated[Path, typer.Option("--publicaties", help="The folder of publications.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""

    @app.command()
    def monitor(
        levering: Annotated[Path, typer.Argument(help="The newest delivery: outcomes since, features now.")],
        publicaties: Publicaties,
        out: Annotated[Path | None, typer.Option("--out", help="Write the report (HTML) here.")] = None,
        peildatum: Annotated[
            datetime | None,
            typer.Option(formats=["%Y-%m-%d"], help="Outcomes known on this day. Default: the delivery's own."),
        ] = None,
        fairness: Annotated[
            bool, typer.Option("--fairness/--no-fairness", help="Measure disparity too (the slowest part).")
        ] = True,
        as_json: AsJson = False,
    ) -> None:
        """Hold what was published against what came of it; when the stop rule fires, stop the publication in use."""
        from pipelines import monitor as step
        from pipelines import show_monitor

        day = peildatum.date() if peildatum else None
        done = step.run(levering, publicaties, day, out, load(), Steps(quiet=as_json), fairness=fairness)
        show_monitor.monitored(done, as_json)

    @app.command("stop-lift")
    def stop_lift(
        publicaties: Publicaties,
        by: Annotated[str, typer.Option("--by", help="Who lifts the stop.")],
        reason: Annotated[str, typer.Option("--reason", help="Why: the motivation that is kept.")],
        as_json: AsJson = False,
    ) -> None:
        """Lift the stop of the publication in use. Who and why is kept in its manifest."""
        from pipelines import show_monitor, stop

        show_monitor.lifted(stop.lift(publicaties, by, reason, datetime.now(UTC)), as_json)
