"""The learning curve: what is used with 0, 20, 100, 500 own labels, and how good it is, with and without the region.

    python -m benchmarks.curve [--addresses 20000] [--seeds 31 32 33] [--neighbours 41 … 47] [--write]

Labels are drawn from those of the town (the oldest would do as well); `used` is what the product itself would use.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.contenders import cold, fitted_score, region_alone
from benchmarks.neighbours import ROUNDS, Neighbours, all_of
from benchmarks.quality import NEIGHBOURS, SEEDS, K, _figure, _mean
from benchmarks.results import Section, write_section
from benchmarks.towns import Town, town
from features.columns import Doel
from models.evaluate import precision_at
from models.fitting import enough
from models.tables import Floats
from pipelines.settings import load

LABELS = (0, 20, 100, 500)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with --write put the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--addresses", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--neighbours", type=int, nargs="+", default=list(NEIGHBOURS))
    parser.add_argument("--folder", type=Path, default=Path("data/bench-quality"))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    settings = load()
    towns = [town(given.folder, given.addresses, seed, settings) for seed in given.seeds]
    near = all_of([town(given.folder, given.addresses, seed, settings) for seed in given.neighbours])
    rows = [row for doel in Doel for n in LABELS for row in _rows(doel, n, towns, near)]
    section = Section(
        title="Learning curve",
        command="make bench-curve",
        heading=("target", "own labels", "region", "used (per town)", f"precision@{K} (90%)"),
        rows=tuple(rows),
    )
    print(section.text())
    if given.write:
        write_section("curve", section)


def _rows(doel: Doel, n: int, towns: Sequence[Town], near: Mapping[Doel, Neighbours]) -> list[tuple[str, ...]]:
    rows = []
    for region in (False, True):
        done = [_scored(place, doel, n, near if region else None) for place in towns]
        figure, _ = _mean(
            lambda y, s: precision_at(y, s, K).expected, [place.truth[doel] for place in towns], [s for _, s in done]
        )
        used = ", ".join(dict.fromkeys(name for name, _ in done))
        rows.append((doel.value, str(n), "yes" if region else "no", used, _figure(figure)))
        print(rows[-1], flush=True)
    return rows


def _scored(place: Town, doel: Doel, n: int, near: Mapping[Doel, Neighbours] | None) -> tuple[str, Floats]:
    """(what is used, the score of every address)."""
    found = place.examples[doel]
    labelled = np.flatnonzero(found.labelled)
    keep = ~found.labelled
    keep[np.random.default_rng(place.seed).choice(labelled, min(n, len(labelled)), replace=False)] = True
    some = found.take(keep)
    if enough(some):
        if near is None:
            return "own labels", fitted_score(place, doel, some)
        return "own labels on the region", fitted_score(place, doel, some, region=near[doel].region(ROUNDS).terms)
    if near is None:
        return "cold start", cold(place, doel)
    return "the region alone", region_alone(near, ROUNDS)(place, doel)


if __name__ == "__main__":
    main()
