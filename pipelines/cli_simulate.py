"""The command `schijnwerper simulate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from features.errors import Refusal


def listed(text: str) -> tuple[str, ...]:
    """What stands between commas or spaces, each once, in order."""
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def numbers(text: str) -> tuple[int, ...]:
    """Seeds. Raises Refusal when one is no whole number, or there is none."""
    found = listed(text)
    if not found or not all(one.isdecimal() for one in found):
        raise Refusal("--seeds", found=repr(text), expected="whole numbers", do="e.g. --seeds 1,2,3")
    return tuple(map(int, found))


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""

    @app.command()
    def simulate(
        out: Annotated[Path, typer.Option("--out", help="Where towns, runs, tables and pictures go.")] = Path(
            "data/simulate"
        ),
        addresses: Annotated[int, typer.Option(min=300, help="Addresses of each gemeente.")] = 20_000,
        months: Annotated[int, typer.Option(min=1, help="Months of the loop.")] = 24,
        before: Annotated[int, typer.Option(min=12, help="Months of past practice before the loop begins.")] = 36,
        seeds: Annotated[str, typer.Option(help="A gemeente per seed, separated by commas.")] = "1,2,3",
        policies: Annotated[
            str,
            typer.Option(help="Names, or module:factory of your own, separated by commas. Default: all five."),
        ] = "",
        capacity: Annotated[int, typer.Option(min=1, help="Addresses a month, per target.")] = 20,
        retrain_every: Annotated[int, typer.Option(min=1, help="Months between trainings.")] = 1,
        history: Annotated[
            bool, typer.Option("--history/--no-history", help="Start with the outcomes of past practice, or with none.")
        ] = True,
        fresh: Annotated[bool, typer.Option("--fresh", help="Play again what was played before.")] = False,
        as_json: Annotated[
            bool, typer.Option("--json", help="Print one JSON document for machines, no progress.")
        ] = False,
    ) -> None:
        """Play the whole circle (pick, visit, learn) on made-up gemeenten, month by month, per policy, measured."""
        from models.policies_named import POLICIES, Learning
        from pipelines import show_simulate
        from pipelines import simulate as step
        from pipelines.progress import Steps
        from pipelines.settings import load

        wanted = step.Wanted(
            policies=listed(policies) or tuple(POLICIES),
            seeds=numbers(seeds),
            addresses=addresses,
            months=months,
            before=before,
            capacity=capacity,
            history=history,
            learning=Learning(retrain_every=retrain_every),
        )
        done = step.run(wanted, out, load(), Steps(quiet=as_json), fresh=fresh)
        show_simulate.simulated(done, as_json)
