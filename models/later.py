"""The honest test: what would each past model have said of the investigations that came after it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Doel, Feature
from models.evaluate import Interval, interval, precision_at
from models.examples import Examples
from models.fitting import enough, learn
from models.rankers.boosted import Recipe
from models.rankers.profiles import Profiles
from models.splits import rolling_origin
from models.tables import Floats
from models.trained import Point

CURVE = (10, 20, 30, 40, 60, 80, 100, 150, 200)


@dataclass(frozen=True, kw_only=True, eq=False)
class Later:
    """Investigations after a training date, with the scores of the model of that date and of the rules."""

    y: Floats
    score: Floats
    profiles: Floats

    @property
    def k(self) -> int:
        """A third of them, 60 at most."""
        return max(1, min(60, len(self.y) // 3))


def later(
    doel: Doel,
    examples: Examples,
    features: Sequence[Feature],
    as_of: date,
    seed: int,
    recipe: Recipe,
    chosen: tuple[float, float],
) -> Later | None:
    """Train on the past and score what came after, for each split of a rolling origin; pooled.

    chosen: strength and belief of the model that is reported on: two numbers that do look ahead, to save minutes
    on every training; all else a past model learned, it learned from the past.
    """
    names = [feature.name for feature in features]
    afgerond, start = pd.Series(examples.afgerond), pd.Series(examples.start)
    rows: list[NDArray[np.bool_]] = []
    scores: list[Floats] = []
    for split in rolling_origin(as_of):
        past = examples.take(split.train_rows(afgerond))
        test = split.test_rows(start) & examples.labelled
        if not enough(past) or not test.any():
            continue
        # Borders and tail shares from the past's own light negatives: the later population is not known yet.
        quiet = past.X.loc[~past.labelled, names]
        population = quiet if len(quiet) else past.X[names]
        fitted = learn(doel, past, population, features, seed, recipe, chosen)
        rows.append(test)
        scores.append(fitted.score(examples.X.loc[test, names]))
    if not rows or sum(examples.y[test].sum() for test in rows) == 0:
        return None
    return Later(
        y=np.concatenate([examples.y[test] for test in rows]),
        score=np.concatenate(scores),
        profiles=np.concatenate([Profiles(doel).score(examples.X[test]) for test in rows]),
    )


def curve(found: Later, seed: int) -> tuple[Point, ...]:
    """Precision in the first k, for some k, of the models and of the rules of practice."""

    def figure(score: Floats, k: int) -> Interval:
        return interval(lambda a, b: precision_at(a, b, k).expected, found.y, score, seed=seed, draws=100)

    return tuple(
        Point(k=k, model=figure(found.score, k), profiles=figure(found.profiles, k)) for k in CURVE if k <= len(found.y)
    )
