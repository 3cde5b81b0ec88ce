"""What is true: rankings against the synthetic truth, on three towns, with 90% intervals.

    python -m benchmarks.quality [--addresses 20000] [--seeds 1 2 3] [--write]

precision@60 and average precision per target. Nothing is chosen by these figures: they are printed, and that is all.
The interval is that of redrawn addresses (positives and negatives apart), averaged over the towns.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.contenders import TRUTH, Contender, contenders
from benchmarks.results import Section, write_section
from benchmarks.towns import Town, town
from features.columns import Doel
from models.evaluate import Interval, average_precision, precision_at, redrawn
from models.tables import Floats
from pipelines.settings import load

K = 60
DRAWS = 200


@dataclass(frozen=True, kw_only=True)
class Row:
    """One contender on one target, mean over the towns."""

    doel: Doel
    name: str
    learns: str
    precision: Interval
    average_precision: Interval
    seconds: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with --write put the tables into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--addresses", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--folder", type=Path, default=Path("data/bench-quality"))
    parser.add_argument("--only", nargs="*", default=[], help="names (or parts of names) of contenders")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    # The library says that its pictures do not show the missing cell; our tables do.
    warnings.filterwarnings("ignore", message="Missing values detected")
    towns = [town(given.folder, given.addresses, seed, load()) for seed in given.seeds]
    wanted = [c for c in contenders(towns) if not given.only or any(part in c.name for part in given.only)]
    for doel in Doel:
        rows = []
        for contender in wanted:
            if contender.learns == TRUTH and len(towns) == 1:
                continue
            rows.append(measured(contender, doel, towns))
            print(" | ".join((doel.value, *_cells(rows[-1]))), flush=True)
        section = Section(
            title=f"Quality: {doel.value}",
            command="make bench-quality",
            heading=("contender", "learns from", f"precision@{K} (90%)", "average precision (90%)", "s a town"),
            rows=tuple(_cells(row) for row in rows),
            notes=_about(towns, doel),
        )
        print(section.text())
        if given.write:
            write_section(f"quality-{doel.value}", section)


def measured(contender: Contender, doel: Doel, towns: Sequence[Town]) -> Row:
    """Score every town and average the figures and their redrawn values over the towns."""
    start = time.perf_counter()
    scores = [contender.score(place, doel) for place in towns]
    seconds = (time.perf_counter() - start) / len(towns)
    truths = [place.truth[doel] for place in towns]
    return Row(
        doel=doel,
        name=contender.name,
        learns=contender.learns,
        precision=_mean(lambda y, s: precision_at(y, s, K).expected, truths, scores),
        average_precision=_mean(average_precision, truths, scores),
        seconds=seconds,
    )


def _mean(figure: Callable[[Floats, Floats], float], truths: Sequence[Floats], scores: Sequence[Floats]) -> Interval:
    pairs = list(zip(truths, scores, strict=True))
    drawn = np.mean([redrawn(figure, y, s, seed=i, draws=DRAWS) for i, (y, s) in enumerate(pairs)], axis=0)
    low, high = np.quantile(drawn, [0.05, 0.95])
    return Interval(value=float(np.mean([figure(y, s) for y, s in pairs])), low=float(low), high=float(high))


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


def _cells(row: Row) -> tuple[str, ...]:
    return (row.name, row.learns, _figure(row.precision), _figure(row.average_precision), f"{row.seconds:.1f}")


def _figure(figure: Interval) -> str:
    return f"{figure.value:.2f} ({figure.low:.2f}-{figure.high:.2f})"


if __name__ == "__main__":
    main()
