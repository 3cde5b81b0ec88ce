"""The commands of admissibility and fairness: `papers`, `fairness`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.progress import Steps
from pipelines.settings import load

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines, no progress.")]
Levering = Annotated[
    Path, typer.Argument(help="The delivery: a folder with the registers as exported.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""

    @app.command()
    def papers(
        levering: Levering,
        out: Annotated[Path | None, typer.Option("--out", help="Write the list here (.html or .json).")] = None,
        as_json: AsJson = False,
    ) -> None:
        """List every feature with its papers, status, relation with the outcomes and with the audit groups."""
        from pipelines import papers as step
        from pipelines import show_fairness

        show_fairness.papers(step.run(levering, load(), Steps(quiet=as_json), out), out, as_json)

    @app.command()
    def fairness(
        levering: Levering,
        publicaties: Annotated[
            Path | None,
            typer.Option("--publicaties", help="The folder of publications. Without it the ranking is left out."),
        ] = None,
        out: Annotated[Path | None, typer.Option("--out", help="Write the report (HTML) here.")] = None,
        cbs: Annotated[
            Path | None, typer.Option("--cbs", help="Write the hand-over file for CBS (CSV) here, and nothing else.")
        ] = None,
        per: Annotated[
            str, typer.Option("--per", help="Of the hand-over file: a row per adres or per persoon.")
        ] = "adres",
        as_json: AsJson = False,
    ) -> None:
        """Measure per group who is ranked, picked, visited and confirmed, and whether that is borne out."""
        from pipelines import cbs as hand_over
        from pipelines import fairness as step
        from pipelines import show_fairness

        settings, steps = load(), Steps(quiet=as_json)
        if cbs is not None:
            show_fairness.handed_over(hand_over.run(levering, publicaties, cbs, per, settings, steps), as_json)
            return
        reports = step.run(levering, publicaties, settings, steps, out)
        show_fairness.fairness(reports, out, settings.eerlijkheid, as_json)
