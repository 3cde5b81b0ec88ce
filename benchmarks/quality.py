"""What is true: rankings against the synthetic truth, on three towns with seven neighbours, with 90% intervals.

    python -m benchmarks.quality [--addresses 20000] [--seeds 31 32 33] [--neighbours 41 … 47] [--write]

precision@60 and average precision per target, the paired difference in precision@60 with the profiles, and the ratio
to the glass box that learned from the whole truth of the neighbours. Nothing is chosen by these figures: they are
printed, and that is all. Intervals are of redrawn addresses (positives and negatives apart; the same draws for all
contenders), averaged over the towns.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.contenders import GLASS_BOX, PROFILES, PUBLISHED, WITH_REGION, Contender, contenders
from benchmarks.neighbours import all_of
from benchmarks.results import Section, write_section
from benchmarks.towns import Town, town
from features.columns import Doel
from models.evaluate import Interval, average_precision, precision_at, redrawn
from models.tables import Floats
from pipelines.settings import load

K = 60
DRAWS = 200
SEEDS, NEIGHBOURS = (31, 32, 33), (41, 42, 43, 44, 45, 46, 47)
BAR = 0.85  # of the full-truth glass box, with seven neighbours' tables


@dataclass(frozen=True, kw_only=True)
class Row:
    """One contender on one target, mean over the towns. drawn: its precision@60 in every redraw."""

    name: str
    learns: str
    precision: Interval
    average_precision: Interval
    drawn: Floats
    seconds: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with --write put the tables into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--addresses", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--neighbours", type=int, nargs="+", default=list(NEIGHBOURS))
    parser.add_argument("--folder", type=Path, default=Path("data/bench-quality"))
    parser.add_argument("--only", nargs="*", default=[], help="names (or parts of names) of contenders")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    # The library says that its pictures do not show the missing cell; our tables do.
    warnings.filterwarnings("ignore", message="Missing values detected")
    settings = load()
    towns = [town(given.folder, given.addresses, seed, settings) for seed in given.seeds]
    near = all_of([town(given.folder, given.addresses, seed, settings) for seed in given.neighbours])
    always = (PROFILES, PUBLISHED, WITH_REGION, GLASS_BOX)
    wanted = [c for c in contenders(near) if not given.only or c.name in always or any(p in c.name for p in given.only)]
    for doel in Doel:
        rows = []
        for contender in wanted:
            rows.append(measured(contender, doel, towns))
            print(doel.value, "|", rows[-1].name, _figure(rows[-1].precision), f"{rows[-1].seconds:.1f} s", flush=True)
        section = _section(doel, rows, towns, given.neighbours)
        print(section.text())
        if given.write:
            write_section(f"quality-{doel.value}", section)


def measured(contender: Contender, doel: Doel, towns: Sequence[Town]) -> Row:
    """Score every town and average the figures and their redrawn values over the towns."""
    start = time.perf_counter()
    scores = [contender.score(place, doel) for place in towns]
    seconds = (time.perf_counter() - start) / len(towns)
    truths = [place.truth[doel] for place in towns]
    precision, drawn = _mean(lambda y, s: precision_at(y, s, K).expected, truths, scores)
    return Row(
        name=contender.name,
        learns=contender.learns,
        precision=precision,
        average_precision=_mean(average_precision, truths, scores)[0],
        drawn=drawn,
        seconds=seconds,
    )


def _mean(
    figure: Callable[[Floats, Floats], float], truths: Sequence[Floats], scores: Sequence[Floats]
) -> tuple[Interval, Floats]:
    pairs = list(zip(truths, scores, strict=True))
    drawn = np.mean([redrawn(figure, y, s, seed=i, draws=DRAWS) for i, (y, s) in enumerate(pairs)], axis=0)
    return _interval(float(np.mean([figure(y, s) for y, s in pairs])), drawn), drawn


def _interval(value: float, drawn: Floats) -> Interval:
    low, high = np.quantile(drawn, [0.05, 0.95])
    return Interval(value=value, low=float(low), high=float(high))


def _section(doel: Doel, rows: Sequence[Row], towns: Sequence[Town], neighbours: Sequence[int]) -> Section:
    named = {row.name: row for row in rows}
    rules, full = named[PROFILES], named[GLASS_BOX]
    own, region = named[PUBLISHED], named[WITH_REGION]
    gain, part = _difference(own, rules), _ratio(region, full)
    return Section(
        title=f"Quality: {doel.value}",
        command="make bench-quality",
        heading=(
            "contender",
            "learns from",
            f"precision@{K} (90%)",
            "minus profielen (90%)",
            "of the full-truth glass box (90%)",
            "average precision (90%)",
            "s a town",
        ),
        rows=tuple(
            (
                row.name,
                row.learns,
                _figure(row.precision),
                _figure(_difference(row, rules)),
                _figure(_ratio(row, full)),
                _figure(row.average_precision),
                f"{row.seconds:.1f}",
            )
            for row in rows
        ),
        notes=(
            f"Bar 1, own labels above profielen: {_figure(gain)}: {'holds' if gain.low > 0 else 'does not hold'}.",
            f"Bar 2, with seven neighbours' tables at least {BAR:.0%} of the full-truth glass box: {_figure(part)}: "
            f"{'holds' if part.value >= BAR else 'does not hold'}.",
            *_about(towns, doel),
            f"neighbours: seeds {', '.join(map(str, neighbours))}",
        ),
    )


def _difference(row: Row, other: Row) -> Interval:
    return _interval(row.precision.value - other.precision.value, row.drawn - other.drawn)


def _ratio(row: Row, other: Row) -> Interval:
    return _interval(row.precision.value / other.precision.value, row.drawn / np.maximum(other.drawn, 1 / K))


def _about(towns: Sequence[Town], doel: Doel) -> tuple[str, ...]:
    """What there was to learn from, per town."""
    notes = []
    for place in towns:
        found, truth = place.examples[doel], place.truth[doel]
        y = found.y[found.labelled]
        notes.append(
            f"seed {place.seed}: {len(truth):,} scored, {int(truth.sum())} true ({truth.mean():.2%}); {len(y)} "
            f"labels, {int(y.sum())} positive, {int(found.steekproef.sum())} of them drawn at random"
        )
    return tuple(notes)


def _figure(figure: Interval) -> str:
    return f"{figure.value:.2f} ({figure.low:.2f}-{figure.high:.2f})"


if __name__ == "__main__":
    main()
