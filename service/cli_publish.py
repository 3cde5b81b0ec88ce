"""`python -m service publish RUN|FOLDER`: take a publication in, whole, beside the one in use, then switch to it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from features.errors import Refusal
from service.cli_store import lasting_key
from service.db.database import Database
from service.db.migrate import upgrade
from service.intake.build import Progress as Taken
from service.intake.build import no_progress
from service.intake.register import Register
from service.reading.pointer import Pointer
from service.settings import Settings
from service.store import Publications


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def publish(
        run: Annotated[
            str, typer.Argument(help="A run in the folder of publications, or a path (default: the one in `actueel`).")
        ] = "",
        publicaties: Annotated[
            Path | None, typer.Option(help="Folder with `actueel` (default: SCHIJNWERPER_PUBLICATIES).")
        ] = None,
    ) -> None:
        """Take a publication in and switch to it. Services that run notice it at their next request."""
        begun = time.perf_counter()
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("gemeenten", total=None)
            named, addresses = published(
                Settings.from_environment(publicaties=publicaties),
                run,
                lambda done, of: bar.update(task, completed=done, total=of),
            )
        Console().print(f"{named}: {addresses:,} addresses in use after {time.perf_counter() - begun:.1f} s")


def published(settings: Settings, run: str, progress: Taken = no_progress) -> tuple[str, int]:
    """Take `run` in; its name and how many addresses it has. Raises Refusal when it is no whole publication."""
    lasting_key(settings, "publish")
    run = run or Pointer(settings.publicaties / "actueel").text()
    folder = settings.publicaties / run if (settings.publicaties / run).is_dir() else Path(run).resolve()
    if not run or not folder.is_dir():
        raise Refusal(
            "publish",
            found=f"no {run or 'actueel'}",
            expected=f"a run in {settings.publicaties}, or a folder",
            do="score first",
        )
    database = Database(settings.database_url, key=settings.sleutel, leesgrens=settings.leesgrens)
    told = Register(database)
    publications = Publications(settings, noticed=told)
    try:
        upgrade(database.engine)
        publications.publish(folder, progress=progress)
        current = publications.current()
        told.wait()
        return current.manifest.run_id, current.book.addresses
    finally:
        publications.close()
        database.close()
