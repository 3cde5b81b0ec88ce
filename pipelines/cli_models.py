"""The commands of the models: `promote`, `rollback`, `models`."""

from __future__ import annotations

from typing import Annotated

import typer

from features.columns import Doel
from pipelines.settings import load

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines, no progress.")]
Target = Annotated[Doel, typer.Argument(help="The target.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""

    @app.command()
    def promote(
        doel: Target,
        proposer: Annotated[str, typer.Option(help="Who proposes the model.")] = "",
        approver: Annotated[str, typer.Option(help="Who approves it: somebody else.")] = "",
        version: Annotated[str, typer.Option(help="Which version. Default: the challenger.")] = "",
        as_json: AsJson = False,
    ) -> None:
        """Make a model champion. Two people: one proposes, another approves; all gates passed. Safe to repeat."""
        from pipelines import promote as step
        from pipelines import show_models

        done = step.promote(doel, load(), proposer=proposer, approver=approver, version=version)
        show_models.promoted(done, as_json)

    @app.command()
    def rollback(
        doel: Target,
        by: Annotated[str, typer.Option("--by", help="Who rolls back.")],
        as_json: AsJson = False,
    ) -> None:
        """Return to the champion before this one, at once; the version that is left needs two people again."""
        from pipelines import promote as step
        from pipelines import show_models

        show_models.rolled_back(step.rollback(doel, load(), by=by), as_json)

    @app.command()
    def models(as_json: AsJson = False) -> None:
        """List every version: aliases, digest, gemeenten, main figures, gates, and who approved it."""
        from pipelines import show_models
        from pipelines.overview import overview

        show_models.listed(overview(load()), as_json)
