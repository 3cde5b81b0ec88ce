"""`python -m service retention`: remove what has been kept long enough, table by table. For a timer, once a day."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from service.cli_store import opened
from service.logs.retention import clean
from service.retained import RULES
from service.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def retention(
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    ) -> None:
        """Remove rows that are over their term ([bewaren] in dienst.toml), and write down what went."""
        settings = Settings.from_environment()
        shown = Table("table", "months", "older than", "would go" if dry_run else "gone", box=None)
        with opened(settings) as database:
            for rule, gone in zip(RULES, clean(database, RULES, settings.bewaren, dry_run=dry_run), strict=True):
                term = str(getattr(settings.bewaren, rule.term))
                shown.add_row(gone.tabel, term, f"{gone.grens:%Y-%m-%d}", f"{gone.rijen:,}")
        Console().print(shown)
