"""The command `schijnwerper`: each command reads its arguments, calls one step and prints what it says.

Exit codes: 0 fine, 1 refused with a reason (bad input, bad arguments), 2 a fault of ours.
"""

from __future__ import annotations

import json
import sys
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from typer._click.exceptions import ClickException  # typer carries a click of its own: click's is another class

from features.errors import Refusal
from pipelines import (
    cli_evaluate,
    cli_fairness,
    cli_models,
    cli_monitor,
    cli_pack,
    cli_region,
    cli_service,
    cli_simulate,
    show,
)
from pipelines.progress import Steps, console
from pipelines.settings import load

app = typer.Typer(
    name="schijnwerper",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Shows at which addresses the BRP and reality part ways, why, and where to look first.",
)

REFUSED = ("place", "found", "expected", "do")

Levering = Annotated[
    Path, typer.Argument(help="The delivery: a folder with the registers as exported.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines, no progress.")]
Peildatum = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day as of which everything is seen. Default: the delivery's own."),
]
Publicaties = Annotated[Path, typer.Option("--out", help="The folder of publications.")]
Jobs = Annotated[
    int, typer.Option("--jobs", min=1, help="Parallel processes, one gemeente each. Default: the setting.")
]


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@app.command()
def synthesize(
    out: Annotated[Path, typer.Option("--out", help="Where to write the delivery; the truth goes to OUT-waarheid.")],
    addresses: Annotated[int, typer.Option(min=100, help="How many addresses.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 1,
    gemeente: Annotated[str, typer.Option(help="The (first) gemeentecode, 4 digits.")] = "0175",
    months: Annotated[int, typer.Option(min=15, help="How many months are simulated before the peildatum.")] = 36,
    peildatum: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])] = datetime(2026, 10, 1),
    as_json: AsJson = False,
) -> None:
    """Write a made-up gemeente: a complete delivery, and the truth apart."""
    from pipelines import synthesize as step

    steps = Steps(quiet=as_json)
    show.wrote(step.run(out, addresses, seed, gemeente, months, peildatum.date(), load(), steps), as_json)


@app.command()
def check(levering: Levering, as_json: AsJson = False) -> None:
    """Read a delivery and report per source: rows used and rejected, links, coverage, period, grounds."""
    from pipelines import check as step

    show.checked(step.run(levering, load(), Steps(quiet=as_json)), as_json)


@app.command()
def ingest(levering: Levering, as_json: AsJson = False) -> None:
    """Read a delivery into the landing: linked and pseudonymised Parquet. Skipped when nothing changed."""
    from pipelines.landings import land

    landed = land(levering, load(), Steps(quiet=as_json))
    show.wrote(show.Wrote(path=landed.folder, rows=sum(landed.report.adressen.values()), what="addresses"), as_json)


@app.command()
def residence(
    levering: Levering,
    out: Annotated[Path, typer.Option("--out", help="The Parquet file to write.")],
    peildatum: Peildatum = None,
    as_json: AsJson = False,
) -> None:
    """Write who was registered where, from when to when, as a Parquet file (pseudonyms, no BSN)."""
    from pipelines import residence as step

    show.wrote(step.run(levering, out, _day(peildatum), load(), Steps(quiet=as_json)), as_json)


@app.command()
def build(
    levering: Levering,
    out: Annotated[Path, typer.Option("--out", help="The Parquet file to write.")],
    peildatum: Peildatum = None,
    as_json: AsJson = False,
) -> None:
    """Write one row of features per address as of the peildatum."""
    from pipelines import build as step

    show.wrote(step.run(levering, out, _day(peildatum), load(), Steps(quiet=as_json)), as_json)


@app.command()
def train(levering: Levering, peildatum: Peildatum = None, as_json: AsJson = False) -> None:
    """Train both targets on the delivery's investigations and register them in MLflow as challengers."""
    from pipelines import train as step

    show.trained(step.run(levering, _day(peildatum), load(), Steps(quiet=as_json)), as_json)


@app.command()
def score(levering: Levering, out: Publicaties, peildatum: Peildatum = None, as_json: AsJson = False) -> None:
    """Rank, explain and publish: with the champion, else with the challenger on trial, else without a model."""
    from pipelines import score as step

    show.scored(step.run(levering, _day(peildatum), out, load(), Steps(quiet=as_json)), as_json)


@app.command()
def run(levering: Levering, out: Publicaties, peildatum: Peildatum = None, as_json: AsJson = False) -> None:
    """The whole line in one: check, read, train where there are labels, score, publish."""
    from pipelines import line

    show.scored(line.run(levering, _day(peildatum), out, load(), Steps(quiet=as_json)), as_json)


@app.command()
def convert(
    what: Annotated[str, typer.Argument(help="woz (LV-WOZ JSON), bag (Kadaster BAG 2.0 extract) or slimme-meter.")],
    source: Annotated[Path, typer.Argument(help="The file to convert.")],
    target: Annotated[Path, typer.Argument(help="The file to write.")],
    as_json: AsJson = False,
) -> None:
    """Turn an official file of another layout into one that a delivery holds."""
    from pipelines import convert as step

    show.wrote(step.run(what, source, target), as_json)


@app.command()
def serve(
    publicaties: Annotated[Path, typer.Argument(help="The folder of publications.")],
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="Made-up accounts without a password.")] = False,
) -> None:
    """Show the publication in use at http://127.0.0.1:PORT until you press Ctrl-C."""
    from pipelines import page

    code = page.serve(publicaties, port, demo=demo)
    if code:
        raise typer.Exit(code)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--in", help="Where the demo lives.")] = Path("demo"),
    addresses: Annotated[int, typer.Option(min=500, help="How many synthetic addresses.")] = 20_000,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    with_page: Annotated[bool, typer.Option("--page/--no-page", help="Start the page in the background.")] = True,
) -> None:
    """A synthetic gemeente from registers to ranked list, and the page running. Stop the page with `demo-stop`."""
    from pipelines import demo as step

    step.run(folder, addresses, port, with_page, load(), Steps())


@app.command("demo-stop")
def demo_stop(folder: Annotated[Path, typer.Option("--in", help="Where the demo lives.")] = Path("demo")) -> None:
    """Stop the page that `demo` started."""
    from pipelines import page

    page.stop(folder)


cli_evaluate.register(app)
cli_models.register(app)
cli_monitor.register(app)
cli_pack.register(app)
cli_region.register(app)
cli_simulate.register(app)
cli_fairness.register(app)
cli_service.register(app)


def main() -> None:
    """Run the command and leave with 0, 1 or 2."""
    sys.exit(call(sys.argv[1:]))


def call(arguments: list[str]) -> int:
    """Run the command with `arguments`; returns the exit code."""
    machine = "--json" in arguments
    try:
        result = app(args=arguments, standalone_mode=False)
        return result if isinstance(result, int) else 0
    except Refusal as refusal:
        _say(machine, "refused", str(refusal), {part: getattr(refusal, part) for part in REFUSED})
        return 1
    except ClickException as fault:
        _say(machine, "refused", f"{fault.format_message()} (see: schijnwerper --help)", {})
        return 1
    except (typer.Abort, KeyboardInterrupt):
        console.print("interrupted; the last good publication is untouched")
        return 1
    except Exception as fault:
        _say(
            machine,
            "bug",
            f"a fault of ours: {type(fault).__name__}. Please report it with the trace above.",
            {},
            fault,
        )
        return 2


def _say(machine: bool, kind: str, text: str, parts: dict[str, str], fault: Exception | None = None) -> None:
    if fault is not None:
        # The trace names places in our code; the message of an exception could quote a row, so it is left out.
        sys.stderr.write("".join(traceback.format_tb(fault.__traceback__)))
    if machine:
        print(json.dumps({kind: text, **parts}, ensure_ascii=False))
    else:
        console.print(f"[bold red]{kind}[/bold red]: ", end="")
        console.print(text, markup=False, highlight=False)
