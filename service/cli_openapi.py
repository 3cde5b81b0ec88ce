"""`python -m service openapi`: the description of the API as a file, and whether that file is current."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from features.errors import Refusal

FILE = Path(__file__).parents[1] / "docs" / "openapi.json"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def openapi(
        check: Annotated[
            bool, typer.Option("--check", help="Change nothing; refuse a file that is not current.")
        ] = False,
    ) -> None:
        """Write docs/openapi.json from the routes."""
        made = text()
        if not check:
            FILE.write_text(made, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != made:
            raise Refusal(
                str(FILE),
                found="a description of other routes" if FILE.exists() else "no file",
                expected="what the routes of this version give",
                do="run `python -m service openapi` and commit the file",
            )


def text() -> str:
    """The document of all routes, as the file has it."""
    from service.api.openapi import document
    from service.app import ROUTERS

    made = document([route for router in ROUTERS for route in router.routes])
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
