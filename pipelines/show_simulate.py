"""What `schijnwerper simulate` prints: the tables of the benchmark, for people, machines and docs/benchmark.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from features.columns import Doel
from features.register import FEATURES
from models.evaluate import Interval
from models.loop_disparity import Disparity, disparity, widest
from models.loop_figures import Figures
from models.stream import LEVEL
from pipelines.loop_files import without_nan
from pipelines.show import as_document, terminal
from pipelines.simulate import Simulated

YIELD = (
    "policy",
    "hits",
    "minus profiles",
    "hits per visit",
    "really so",
    "recall",
    "no answer",
    "most visited",
)
HONEST = ("policy", "truth: confirmed", "truth: really so", "naive", "naive bias", "random stream", "held", "coverage")
KANS = ("policy", "mean kans, all", "confirmed, all", "mean kans, greedy", "confirmed, greedy", "really so, greedy")


def simulated(done: Simulated, as_json: bool) -> None:
    """Three tables per target: what it yields, what it says of the town, whether kans is honest."""
    if as_json:
        content = {"folder": str(done.folder), "kept": done.kept, "figures": [asdict(f) for f in done.figures]}
        as_document(without_nan(content))
        return
    for doel in Doel:
        for title, heading, rows in tables(done, doel):
            sheet = Table(title=f"{doel.value}: {title}", title_justify="left")
            for name in heading:
                sheet.add_column(name)
            for row in rows:
                sheet.add_row(*row)
            terminal.print(sheet)
    terminal.print(f"{len(done.played)} runs ({done.kept} kept from before); tables and pictures in {done.folder}")


def tables(done: Simulated, doel: Doel) -> tuple[tuple[str, Sequence[str], list[tuple[str, ...]]], ...]:
    """(title, heading, rows) of one target; intervals are 90%."""
    found = [f for f in done.figures if f.doel == doel.value]
    return (
        ("what it yields", YIELD, [_yield(f, done) for f in found]),
        ("what it says of all addresses", HONEST, [_honest(f) for f in found]),
        ("whether kans is honest", KANS, [_kans(f) for f in found if f.kans.value == f.kans.value]),
    )


def _yield(f: Figures, done: Simulated) -> tuple[str, ...]:
    uneven = disparity([p.run for p in done.played if p.policy == f.policy])
    return (
        f.policy,
        number(f.hits),
        number(f.difference, sign=True),
        percent(f.per_visit),
        number(f.true_hits),
        percent(f.recall),
        percent(f.silent),
        _most(widest(uneven, f.doel)),
    )


def _honest(f: Figures) -> tuple[str, ...]:
    if not f.drawn:
        return (
            f.policy, percent(f.free_found), percent(f.free_true), percent(f.naive), percent(f.naive_bias, sign=True),
            "none", "", "",
        )  # fmt: skip
    said = f"{f.drawn_hits} of {f.drawn}: {percent(f.stream)}"
    naive = ("", "") if f.naive.value != f.naive.value else (percent(f.naive), percent(f.naive_bias, sign=True))
    held = f"{sum(f.covered)} of {len(f.covered)}"
    again = f"{f.coverage[0].share:.0%} (stated {LEVEL:.0%})"
    return (f.policy, percent(f.free_found), percent(f.free_true), *naive, said, held, again)


def _kans(f: Figures) -> tuple[str, ...]:
    shares = (f.kans, f.free_found, f.top_kans, f.top_found, f.top_true)
    return (f.policy, *(percent(one) for one in shares))


def _most(group: Disparity | None) -> str:
    """The group with its ratio, and the ratio of true cases in it."""
    if group is None:
        return ""
    names = {f.name: dict(f.named_values) for f in FEATURES}
    value = names.get(group.column, {}).get(group.value, f"{group.value:g}")
    return f"{group.ratio:.1f}x {group.column} {value} (cases {group.true_ratio:.1f}x)"


def number(figure: Interval, sign: bool = False) -> str:
    """A count with its interval."""
    shape = "{:+.0f}" if sign else "{:.0f}"
    return _with_interval(figure, shape, "")


def percent(figure: Interval, sign: bool = False) -> str:
    """A share with its interval, in %."""
    shape = "{:+.1f}" if sign else "{:.1f}"
    return _with_interval(Interval(value=100 * figure.value, low=100 * figure.low, high=100 * figure.high), shape, "%")


def _with_interval(figure: Interval, shape: str, unit: str) -> str:
    if figure.value != figure.value:
        return ""
    value = shape.format(figure.value) + unit
    return value if figure.low != figure.low else f"{value} ({shape.format(figure.low)} to {shape.format(figure.high)})"
