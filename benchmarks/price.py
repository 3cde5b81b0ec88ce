"""The price of each constraint: how much worse, or better, the ranking is without it, against the synthetic truth.

    python -m benchmarks.price [--addresses 20000] [--seeds 1 2 3] [--only NAME ...] [--write]

Each variant is trained as the published model is, on each town's own labels, with one constraint lifted or one group of
features left out. What is shown is the difference with the published model on the same towns and the same redrawn
addresses, so it is paired: + = better than published. Nothing is chosen by these figures.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benchmarks.results import Section, write_section
from benchmarks.towns import Town, town
from features.columns import Doel, Feature
from features.register import FEATURES, admitted
from models.derived import forest, with_unusual
from models.evaluate import Interval, average_precision, precision_at, redrawn
from models.tables import Floats
from models.train import Recipe, fit_target
from pipelines.settings import load

K = 60
DRAWS = 200
PUBLISHED = "gepubliceerd"
Figure = Callable[[Floats, Floats], float]


@dataclass(frozen=True, kw_only=True)
class Variant:
    """recipe: how it learns; without: whether a feature is left out; trial: read features on trial too."""

    name: str
    recipe: Recipe = field(default_factory=Recipe)
    without: Callable[[Feature], bool] = lambda feature: False
    trial: bool = False

    def features(self, place: Town, doel: Doel) -> list[str]:
        """The names of what it reads."""
        return [f.name for f in admitted(doel, place.grants, trial=self.trial) if not self.without(f)]


@dataclass(frozen=True, kw_only=True)
class Price:
    """A variant's figures, mean over the towns, and their difference with the published model."""

    variant: str
    reads: int
    precision: float
    precision_gain: Interval
    ap: float
    ap_gain: Interval
    seconds: float


def variants() -> tuple[Variant, ...]:
    """The published model first; groups in the order of the register."""
    groups = tuple(dict.fromkeys(feature.group for feature in FEATURES))
    return (
        Variant(name=PUBLISHED),
        Variant(name="zonder monotonie", recipe=Recipe(monotone=False)),
        Variant(name="alleen optellend (zonder paren)", recipe=Recipe(pairs=False)),
        *(Variant(name=f"zonder groep {name}", without=_in_group(name)) for name in groups),
        Variant(name="zonder bron energie", without=lambda feature: "energie" in feature.sources),
        Variant(name="met leeftijd (op proef)", trial=True),
    )


def _in_group(name: str) -> Callable[[Feature], bool]:
    return lambda feature: feature.group == name


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with --write put the tables into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--addresses", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--folder", type=Path, default=Path("data/bench-quality"))
    parser.add_argument("--only", nargs="*", default=[], help="names (or parts of names) of variants")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    # The library says that its pictures do not show the missing cell; our tables do.
    warnings.filterwarnings("ignore", message="Missing values detected")
    towns = [town(given.folder, given.addresses, seed, load()) for seed in given.seeds]
    wanted = [v for v in variants() if v.name == PUBLISHED or not given.only or any(n in v.name for n in given.only)]
    for doel in Doel:
        section = Section(
            title=f"The price of each constraint: {doel.value}",
            command="python -m benchmarks.price",
            heading=(
                "variant", "features", f"precision@{K}", "gain (90%)", "average precision", "gain (90%)", "s a town",
            ),
            rows=tuple(map(_cells, prices(wanted, doel, towns))),
            notes=(
                "Gain: variant minus the published model, paired on towns and redrawn addresses; + = better without "
                "the constraint. An interval around 0 says that these towns show no price.",
                f"Towns of {given.addresses:,} addresses, seeds {', '.join(map(str, given.seeds))}, own labels.",
            ),
        )  # fmt: skip
        print(section.text(), flush=True)
        if given.write:
            write_section(f"price-{doel.value}", section)


def prices(wanted: Sequence[Variant], doel: Doel, towns: Sequence[Town]) -> list[Price]:
    """The price of every variant, in order; the first is the published model."""
    truths = [place.truth[doel] for place in towns]
    published: list[Floats] = []
    found = []
    for variant in wanted:
        start = time.perf_counter()
        scores = [scored(variant, place, doel) for place in towns]
        seconds = (time.perf_counter() - start) / len(towns)
        published = published or scores
        precision, precision_gain = _gain(lambda y, s: precision_at(y, s, K).expected, truths, scores, published)
        ap, ap_gain = _gain(average_precision, truths, scores, published)
        found.append(
            Price(
                variant=variant.name,
                reads=len(variant.features(towns[0], doel)),
                precision=precision,
                precision_gain=precision_gain,
                ap=ap,
                ap_gain=ap_gain,
                seconds=seconds,
            )
        )
    return found


def scored(variant: Variant, place: Town, doel: Doel) -> Floats:
    """The variant's score of every address, trained on the town's own labels."""
    names = variant.features(place, doel)
    examples = place.examples[doel]
    trained = fit_target(
        doel,
        replace(examples, X=examples.X[names]),
        place.table.frame[names],
        place.grants,
        as_of=place.as_of,
        recipe=variant.recipe,
        out_of_time=False,
        trial=variant.trial,
    )
    X = place.table.frame[names]
    return trained.model.score(with_unusual(X, forest(X, 0).fitted_) if variant.recipe.unusual else X)


def _gain(
    figure: Figure, truths: Sequence[Floats], scores: Sequence[Floats], published: Sequence[Floats]
) -> tuple[float, Interval]:
    """The figure, mean over the towns, and its difference with the published model on the same redraws (same seed)."""
    drawn, values = [], []
    for seed, (y, score, other) in enumerate(zip(truths, scores, published, strict=True)):
        values.append((figure(y, score), figure(y, other)))
        mine, theirs = (redrawn(figure, y, one, seed=seed, draws=DRAWS) for one in (score, other))
        drawn.append(mine - theirs)
    mean, base = np.mean(values, axis=0)
    low, high = np.quantile(np.mean(drawn, axis=0), [0.05, 0.95])
    return float(mean), Interval(value=float(mean - base), low=float(low), high=float(high))


def _cells(price: Price) -> tuple[str, ...]:
    gains = [
        "" if price.variant == PUBLISHED else f"{g.value:+.3f} ({g.low:+.3f} to {g.high:+.3f})"
        for g in (price.precision_gain, price.ap_gain)
    ]
    return (
        price.variant, str(price.reads), f"{price.precision:.2f}", gains[0], f"{price.ap:.3f}", gains[1],
        f"{price.seconds:.1f}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
