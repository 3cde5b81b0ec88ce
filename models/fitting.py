"""One fitting: ranker, derived feature and calibration together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from features.columns import Doel, Feature
from models.calibration import calibrate
from models.derived import UNUSUAL, forest, with_unusual
from models.examples import Examples
from models.rankers.boosted import Boosted, Recipe
from models.rankers.isolation import Isolation
from models.rankers.profiles import PAIRS, Profiles
from models.tables import Floats, TableModel, Term

FEWEST = 3  # positives, and as many negatives, from which the labels may correct what is known beforehand
LIGHT_WEIGHT = 2.0  # the light negatives together weigh twice as much as the labelled rows together


def enough(examples: Examples) -> bool:
    """Whether a model can be learned at all from these labels."""
    y = examples.y[examples.labelled]
    return bool(min(y.sum(), (1 - y).sum()) >= FEWEST)


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """model: the tables; boosted: how they came about; isolation: makes `afwijking`, if that is read."""

    model: TableModel
    boosted: Boosted
    isolation: Isolation | None

    def score(self, X: pd.DataFrame) -> Floats:
        """n log-odds. X: the admitted features."""
        if self.isolation is not None:
            X = with_unusual(X, self.isolation.score(X[list(self.isolation.names_)]))
        return self.model.score(X)


def learn(
    doel: Doel,
    examples: Examples,
    population: pd.DataFrame,
    features: Sequence[Feature],
    seed: int,
    recipe: Recipe,
    chosen: tuple[float, float] | None = None,
    region: tuple[Term, ...] = (),
) -> Fitted:
    """Learn `doel` from `examples` on the columns of `population`: the rows as they occur in life. Not calibrated.

    chosen: strength and belief (see Boosted), where they need not be chosen anew. region: tables to start from.
    """
    weight = np.ones(len(examples)) if examples.weight is None else examples.weight.copy()
    light = ~examples.labelled
    if light.any():
        weight[light] = LIGHT_WEIGHT * examples.labelled.sum() / light.sum()
    X = examples.X[list(population.columns)]
    unusual = forest(population, seed) if recipe.unusual else None
    if unusual is not None:
        X, features = with_unusual(X, unusual.score(X)), (*features, UNUSUAL)
        population = with_unusual(population, unusual.fitted_)
    boosted = Boosted(
        doel=doel.value,
        directions={feature.name: feature.direction(doel) for feature in features},
        groups={feature.name: feature.group for feature in features},
        rules=tuple(rule.term() for rule in Profiles(doel).rules),
        pairs=PAIRS[doel],
        recipe=recipe,
        seed=seed,
        chosen=chosen,
        region=region,
    )
    boosted.fit(X, examples.y, weight, population=population, addresses=examples.address)
    return Fitted(model=boosted.table(), boosted=boosted, isolation=unusual)


def calibrated(fitted: Fitted, examples: Examples, population: pd.DataFrame) -> Fitted:
    """The same with its probabilities made honest for all of `population`, from the rows it held out."""
    labelled = examples.labelled
    calibration = calibrate(
        fitted.boosted.held_out_[labelled],
        examples.y[labelled],
        fitted.score(population),
        doel=fitted.model.doel,
        steekproef=examples.steekproef[labelled],
        selectiekans=examples.selectiekans[labelled],
    )
    folded = fitted.model.scaled(calibration.slope, calibration.intercept)
    return replace(fitted, model=replace(folded, calibration=calibration))
