"""Commands of the service, passed on: the two edges do not import each other, so it runs as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import typer

PASSED = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
COMMANDS = {
    "publish": "Take a publication in, whole, beside the one in use, and switch to it.",
    "audit": "Check the audit log's chain (`audit verify`) and print extracts.",
    "outcomes": "Append finished investigations to a delivery's onderzoeken.csv (`outcomes export`).",
    "signals": "Take LAA signals and terugmeldingen into the work list (`signals import`).",
    "retention": "Remove what has been kept long enough, table by table.",
}


def register(app: typer.Typer) -> None:
    """Add every command of COMMANDS to `app`."""
    for name, words in COMMANDS.items():
        app.command(name, context_settings=PASSED)(_passing(name, words))


def _passing(name: str, words: str) -> Callable[[typer.Context], None]:
    def command(context: typer.Context) -> None:
        done = subprocess.run([sys.executable, "-m", "service", name, *context.args], check=False)
        raise typer.Exit(done.returncode)

    command.__doc__ = f"{words} More: `schijnwerper {name} --help`."
    return command
