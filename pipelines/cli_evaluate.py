"""`schijnwerper evaluate` on the command line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.progress import Steps
from pipelines.settings import load


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""

    @app.command()
    def evaluate(
        levering: Annotated[
            Path, typer.Argument(help="The delivery: a folder with the registers as exported.", show_default=False)
        ],
        peildatum: Annotated[
            datetime | None,
            typer.Option(formats=["%Y-%m-%d"], help="The day as of which everything is seen. Default: the delivery's."),
        ] = None,
        folds: Annotated[
            bool, typer.Option("--folds", help="Also show every fold in time and every part of the map.")
        ] = False,
        leaks: Annotated[
            bool, typer.Option("--leaks", help="Also check whether any feature knows what was recorded after its day.")
        ] = False,
        as_json: Annotated[
            bool, typer.Option("--json", help="Print one JSON document for machines, no progress.")
        ] = False,
    ) -> None:
        """Back-test both targets: how good, how honest, beside whom, and whether the gates of promotion are passed."""
        from pipelines import evaluate as step
        from pipelines import show_evaluate

        day = peildatum.date() if peildatum else None
        done = step.run(levering, day, load(), Steps(quiet=as_json), leaks=leaks)
        show_evaluate.evaluated(done, as_json, with_folds=folds)
