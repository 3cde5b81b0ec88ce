"""`python -m service signals import FILE`: LAA signals and terugmeldingen into the work list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from features.errors import Refusal
from service.cli_store import lasting_key, opened
from service.desk import Desk
from service.faults import NothingPublished
from service.logs.entry import Trace
from service.settings import Settings
from service.stopping import switch_of
from service.store import Publications
from service.worklist.signal_file import read_file
from service.worklist.signals import TakenIn, take_in

SHOWN = 20  # rejected rows that are printed


def register(app: typer.Typer) -> None:
    """Add `signals`."""
    signals = typer.Typer(no_args_is_help=True, help="Signals about addresses (signalen.csv).")

    @signals.callback()
    def about() -> None:
        """Signals of the LAA, terugmeldingen and others."""

    @signals.command(name="import")
    def import_signals(
        file: Annotated[Path, typer.Argument(help="signalen.csv, .csv.gz or .parquet: docs/data-dictionary.md.")],
        publicaties: Annotated[
            Path | None, typer.Option(help="Folder with `actueel` (default: SCHIJNWERPER_PUBLICATIES).")
        ] = None,
    ) -> None:
        """Put the signals of FILE on the work list; one that is there already is left as it is."""
        _print(taken_in(Settings.from_environment(publicaties=publicaties), file))

    app.add_typer(signals, name="signals")


def taken_in(settings: Settings, file: Path) -> TakenIn:
    """Take in one file, whole or not at all. Raises Refusal when it cannot be read, or nothing is published."""
    lasting_key(settings, "signals import")
    read = read_file(file)
    try:
        with opened(settings) as database, database.unit(None, Trace()) as unit:
            publications = Publications(settings, switch=switch_of(database))
            desk = Desk(settings=settings, database=database, publications=publications)
            return take_in(unit, desk, read, publications.current().gemeenten)
    except NothingPublished as fault:
        raise Refusal(
            str(settings.publicaties), found=fault.reason, expected="a publication", do="score first"
        ) from None


def _print(done: TakenIn) -> None:
    per_source = ", ".join(f"{bron} {number}" for bron, number in done.per_bron)
    typer.echo(
        f"{done.gelezen} read: {done.nieuw} new{f' ({per_source})' if per_source else ''}, "
        f"{done.bekend} known already, {len(done.afgekeurd)} rejected"
    )
    for row in done.afgekeurd[:SHOWN]:
        typer.echo(f"  row {row.rij}, {row.kolom or 'the whole row'}: {row.reden}")
    if len(done.afgekeurd) > SHOWN:
        typer.echo(f"  … and {len(done.afgekeurd) - SHOWN} more")
