"""The closed loop against known truth: 5 policies x 3 towns x 24 months x 20,000 addresses.

    python -m benchmarks.loop [--addresses 20000] [--months 24] [--seeds 1 2 3] [--out data/simulate] [--write]
    python -m benchmarks.loop --seeds 101 102 103 --policies profiles boosted-exploring --section unseen --write

What `schijnwerper simulate` does with the same parameters; --write puts the tables between the markers of
docs/benchmark.md and the picture beside it. Runs that are there already are kept.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from features.columns import Doel
from models.policies_named import EXPLORING, POLICIES
from models.stream import LEVEL
from pipelines.progress import Steps
from pipelines.settings import load
from pipelines.show_simulate import number, percent, simulated, tables
from pipelines.simulate import Simulated, Wanted, run

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmark.md"
SECTIONS = ("results", "unseen")  # unseen: towns on which nothing was developed
PICTURES = ("hits", "estimate", "calibration", "disparity")


def main(arguments: Sequence[str] | None = None) -> None:
    """Simulate, print, and with --write put the tables on the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--addresses", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--capacity", type=int, default=20)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--out", type=Path, default=Path("data/simulate"))
    parser.add_argument("--policies", nargs="+", default=list(POLICIES))
    parser.add_argument("--section", choices=SECTIONS, default=SECTIONS[0], help="the markers of the page to write to")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    wanted = Wanted(
        policies=tuple(given.policies),
        seeds=tuple(given.seeds),
        addresses=given.addresses,
        months=given.months,
        capacity=given.capacity,
    )
    done = run(wanted, given.out, load(), Steps())
    simulated(done, as_json=False)
    if given.write:
        write(done, PAGE, given.section)


def write(done: Simulated, page: Path, section: str = SECTIONS[0]) -> None:
    """Put the tables between the markers of `page`, and the pictures of the first section in a folder beside it."""
    if section == SECTIONS[0]:
        folder = page.parent / "benchmark"
        folder.mkdir(exist_ok=True)
        for name in PICTURES:
            shutil.copy(done.folder / f"{name}.png", folder / f"{name}.png")
    block = f"<!-- {section} -->\n{text(done)}<!-- /{section} -->"
    pattern = re.compile(rf"<!-- {section} -->.*?<!-- /{section} -->", re.DOTALL)
    page.write_text(pattern.sub(lambda _: block, page.read_text(encoding="utf-8")), encoding="utf-8")


def text(done: Simulated) -> str:
    """The tables as Markdown, with what was run."""
    w = done.wanted
    lines = [
        f"Run on {date.today()}: {len(w.seeds)} towns (seeds {', '.join(map(str, w.seeds))}) of {w.addresses:,} "
        f"addresses, {w.months} months after {w.before} months of past practice, {w.capacity} addresses a month per "
        f"target, training every {w.learning.retrain_every} month(s); "
        f"{sum(p.seconds for p in done.played) / 60:.0f} minutes for the {len(done.played)} runs one after another.",
        "",
        "Bars (`boosted-exploring`):",
        "",
        *bars(done),
        "",
    ]
    for doel in Doel:
        for title, heading, rows in tables(done, doel):
            lines += [f"### {doel.value.capitalize()}: {title}", "", _line(heading), _line(["---"] * len(heading))]
            lines += [*map(_line, rows), ""]
    lines += ["### Coverage of the interval, by drawing again", "", *_coverage(done)]
    return "\n".join(lines) + "\n"


def _coverage(done: Simulated) -> list[str]:
    """How often each kind of interval held the truth, for one town's draws."""
    heading = ("target", "draws a town", "truth", "interval", "held the truth", "mean width", "bias of the estimate")
    rows = [
        (
            f.doel,
            f"{f.drawn / f.towns:.0f} ({f.policy})",
            f"{c.truth:.2%}",
            c.method,
            f"{c.share:.1%}",
            f"{100 * c.width:.1f} points",
            f"{100 * c.bias:+.2f} points",
        )
        for f in done.figures
        if f.drawn
        for c in f.coverage
    ]
    return [_line(heading), _line(["---"] * len(heading)), *map(_line, rows), ""]


def bars(done: Simulated) -> list[str]:
    """Per target: hits beyond the profiles; a random stream that holds the truth where the naive share does not."""
    lines = []
    for f in (f for f in done.figures if f.policy == EXPLORING):
        beyond = _met(f.difference.low > 0)
        lines.append(f"- {f.doel}, hits beyond profiles: {number(f.difference, sign=True)}: {beyond}.")
        if f.coverage:
            held = f.coverage[0]
            biased = f.naive_bias.low > 0 or f.naive_bias.high < 0
            lines.append(
                f"- {f.doel}, random stream holds the truth in {held.share:.0%} of {held.draws:,} draws (stated: "
                f"{LEVEL:.0%}), naive bias {percent(f.naive_bias, sign=True)}: {_met(held.share >= LEVEL and biased)}."
            )
    return lines


def _met(holds: bool) -> str:
    return "met" if holds else "not met"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
