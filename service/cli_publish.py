"""`python -m service publish RUN|FOLDER`: take a publication in, whole, beside the one in use, then switch to it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from features.errors import Refusal
from service.cli_store import lasting_key
from service.db.database import Database
from service.db.migrate import upgrade
from service.intake.register import Register
from service.settings import Settings
from service.store import Publications


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def publish(
        run: Annotated[str, typer.Argument(help="A run in the folder of publications, or the path of its folder.")],
        publicaties: Annotated[
            Path | None, typer.Option(help="Folder with `actueel` (default: SCHIJNWERPER_PUBLICATIES).")
        ] = None,
    ) -> None:
        """Take a publication in and switch to it. Services that run notice it at their next request."""
        begun = time.perf_counter()
        named, addresses = published(Settings.from_environment(publicaties=publicaties), run)
        Console().print(f"{named}: {addresses:,} addresses in use after {time.perf_counter() - begun:.1f} s")


def published(settings: Settings, run: str) -> tuple[str, int]:
    """Take `run` in; its name and how many addresses it has. Raises Refusal when it is no whole publication."""
    lasting_key(settings, "publish")
    folder = settings.publicaties / run if (settings.publicaties / run).is_dir() else Path(run).resolve()
    if not folder.is_dir():
        raise Refusal(
            "publish", found=f"no {run}", expected=f"a run in {settings.publicaties}, or a folder", do="score first"
        )
    database = Database(settings.database_url, key=settings.sleutel, leesgrens=settings.leesgrens)
    told = Register(database)
    publications = Publications(settings, noticed=told)
    try:
        upgrade(database.engine)
        publications.publish(folder)
        current = publications.current()
        told.wait()
        return current.manifest.run_id, current.book.addresses
    finally:
        publications.close()
        database.close()
