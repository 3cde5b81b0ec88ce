"""`python -m service outcomes export`: ended investigations back to the delivery, for the model to learn from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from features.errors import Refusal
from service.cases.export import export, target
from service.cli_store import lasting_key, opened
from service.people import Person
from service.permissions import Permission, may
from service.settings import Settings
from service.signin import roster

SHORTEST = 10  # characters of a reason


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Outcomes of investigations.")
    group.callback()(_group)
    group.command(name="export")(export_outcomes)
    app.add_typer(group, name="outcomes")


def _group() -> None:
    """Outcomes of investigations."""


def export_outcomes(
    where: Annotated[Path, typer.Argument(help="A delivery folder, or the file onderzoeken.csv itself.")],
    door: Annotated[str, typer.Option(help="Pseudonym of who exports.")],
    tweede: Annotated[str, typer.Option(help="Pseudonym of the second person, who agreed.")],
    reden: Annotated[str, typer.Option(help="Why; kept with the export, not in the logs.")],
) -> None:
    """Append ended investigations to onderzoeken.csv (FORMATS 6). Nothing is edited; again adds nothing twice."""
    file = target(where)
    if len(reden.strip()) < SHORTEST:
        raise Refusal("outcomes export, --reden", found=repr(reden), expected="a reason in words", do="say what for")
    if door == tweede:
        raise Refusal(
            "outcomes export, --tweede", found=tweede, expected="somebody else than --door", do="ask a colleague"
        )
    settings = Settings.from_environment()
    lasting_key(settings, "outcomes export")
    with opened(settings) as database:
        with database.looking() as read:
            one, other = _able(read, "--door", door), _able(read, "--tweede", tweede)
        gemeenten = one.gemeenten & other.gemeenten
        if not gemeenten:
            raise Refusal("outcomes export", found="no gemeente in common", expected="at least one", do="ask another")
        done = export(database, file, one, other, reden.strip(), gemeenten)
    print(f"{done.rijen} appended to {done.bestand}, {done.erin} were in it already.")


def _able(connection: Connection, option: str, id: str) -> Person:
    found = roster.by_id(connection, id)
    here = found is not None and any(
        found.id == each.id
        for gemeente in found.gemeenten
        for each in roster.active(connection, Permission.UITVOEREN, gemeente)
    )
    if found is None or not here or not may(found, Permission.UITVOEREN):
        raise Refusal(
            f"outcomes export, {option}",
            found=id,
            expected="the pseudonym of somebody who works here and may export",
            do="see the page of beheer for who works here",
        )
    return found
