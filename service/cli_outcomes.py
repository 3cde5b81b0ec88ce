"""`python -m service outcomes …`: ended investigations back to the delivery, for the model to learn from.

Asking can be done here and on a page; agreeing only by somebody who is signed in; then the file is made, here or there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from features.errors import Refusal
from service.cases import releasing
from service.cases.export import export, target
from service.cli_store import lasting_key, opened
from service.faults import Conflict, InputFault
from service.logs.entry import Trace
from service.people import Person
from service.permissions import Permission
from service.settings import Settings
from service.signin import roster


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Outcomes of investigations.")
    group.callback()(_group)
    group.command(name="request")(request_export)
    group.command(name="export")(export_outcomes)
    app.add_typer(group, name="outcomes")


def _group() -> None:
    """Outcomes of investigations."""


def request_export(
    door: Annotated[str, typer.Option(help="Pseudonym of who asks.")],
    reden: Annotated[str, typer.Option(help="Why; kept with the export, not in the logs.")],
    gemeente: Annotated[list[str] | None, typer.Option(help="Code; default all of theirs.", show_default=False)] = None,
) -> None:
    """Ask for an export. Somebody else agrees on the page Uitleveringen; then `outcomes export --verzoek`."""
    settings = Settings.from_environment()
    lasting_key(settings, "outcomes request")
    with opened(settings) as database:
        with database.looking() as read:
            asker = _able(read, door)
        try:
            with database.unit(asker, Trace()) as unit:
                made = releasing.ask(unit, frozenset(gemeente or asker.gemeenten), reden)
        except InputFault as fault:
            raise Refusal(
                f"outcomes request, --{'reden' if fault.name == 'reden' else 'gemeente'}",
                found="what cannot be used",
                expected="a reason in words, and gemeenten of theirs",
                do="say what for, and leave --gemeente out for all of them",
            ) from None
    print(made.id)


def export_outcomes(
    where: Annotated[Path, typer.Argument(help="A delivery folder, or the file onderzoeken.csv itself.")],
    verzoek: Annotated[str, typer.Option(help="Id of the request that a second person agreed to.")],
) -> None:
    """Append ended investigations to onderzoeken.csv (FORMATS 6). Nothing is edited; again adds nothing twice."""
    file = target(where)
    settings = Settings.from_environment()
    lasting_key(settings, "outcomes export")
    with opened(settings) as database:
        with database.looking() as read:
            found = releasing.one(read, verzoek)
            asker = _able(read, found.door) if found else None
        if asker is None:
            raise _not_open("no such request")
        try:
            done = export(database, file, asker, verzoek)
        except Conflict:
            raise _not_open("nobody agreed to it, it was used, or the day after the yes is over") from None
    print(f"{done.rijen} appended to {done.bestand}, {done.erin} were in it already.")


def _not_open(found: str) -> Refusal:
    return Refusal(
        "outcomes export, --verzoek",
        found=found,
        expected="a request to which a second person agreed less than a day ago",
        do="ask with `outcomes request`, and have a colleague agree on the page Uitleveringen",
    )


def _able(connection: Connection, id: str) -> Person:
    found = roster.by_id(connection, id)
    here = found is not None and any(
        found.id == each.id
        for gemeente in found.gemeenten
        for each in roster.active(connection, Permission.UITVOEREN, gemeente)
    )
    if found is None or not here:
        raise Refusal(
            "outcomes, who asks",
            found=id,
            expected="the pseudonym of somebody who works here and may give out",
            do="see the page of beheer for who works here",
        )
    return found
