"""`python -m service …`, and through it `schijnwerper publish`, `audit`, `outcomes`: the commands of the web edge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from features.errors import Refusal
from service import cli_audit, cli_openapi, cli_outcomes, cli_publish, cli_retention, cli_signals, cli_signin
from service.serve import serve
from service.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="The service.")


@app.callback()
def about() -> None:
    """The service: the pages, the API and their store."""


@app.command(name="serve")
def serve_pages(
    publicaties: Annotated[
        Path | None,
        typer.Argument(
            help="Folder with `actueel` (default: SCHIJNWERPER_PUBLICATIES, else ./publicaties).", show_default=False
        ),
    ] = None,
    port: Annotated[int | None, typer.Option(help="Default: SCHIJNWERPER_PORT, else 8000.", show_default=False)] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Made-up accounts without a password, 127.0.0.1 only.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the first page in a browser.")] = False,
) -> None:
    """Serve a folder of publications until interrupted."""
    settings = Settings.from_environment(publicaties=publicaties, port=port, demo=demo or None)
    serve(settings, open_browser=open_browser)


cli_openapi.register(app)
cli_audit.register(app)
cli_outcomes.register(app)
cli_publish.register(app)
cli_retention.register(app)
cli_signin.register(app)
cli_signals.register(app)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit code. 0 done, 1 refused with a reason, 2 wrong use of the command or a bug."""
    try:
        app(args=arguments, standalone_mode=False)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except typer.Exit as done:
        return done.exit_code
    except Exception as fault:
        show = getattr(fault, "show", None)  # click's own: wrong use of the command
        if show is None:
            raise
        show()
        return 2
    return 0
