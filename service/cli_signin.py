"""`python -m service demo-accounts`: who one can be in demo mode."""

from __future__ import annotations

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from service.signin import demo


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(name="demo-accounts")
    def demo_accounts() -> None:
        """Print the made-up people of demo mode with their roles. No password is needed."""
        table = Table("sign in as", "role", box=box.SIMPLE, pad_edge=False)
        for person in demo.accounts(frozenset()):
            table.add_row(person.naam, ", ".join(sorted(person.rollen)))
        Console().print(table)
