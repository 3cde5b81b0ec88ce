"""Training one target: from examples to a calibrated model of tables, with the figures that say how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from features.columns import Doel
from features.errors import Refusal
from features.register import admitted
from features.table import Grant
from models.evaluate import evaluate
from models.examples import Examples
from models.fitting import FEWEST, calibrated, enough, learn
from models.later import curve, later
from models.rankers.boosted import Recipe
from models.tables import Floats, probability
from models.trained import Bin, TrainedTarget

__all__ = ["Recipe", "TrainedTarget", "enough", "fit_target"]


def fit_target(
    doel: Doel,
    examples: Examples,
    population: pd.DataFrame,
    grants: Sequence[Grant],
    *,
    as_of: date,
    seed: int = 0,
    recipe: Recipe = Recipe(),  # noqa: B008 - frozen
    out_of_time: bool = True,
) -> TrainedTarget:
    """Learn `doel` from its examples. Only features that the register admits for this target and these grants are read.

    population: features of all addresses on the training date, for borders, tail shares and calibration. Raises Refusal
    with too few labels, or when no feature is admitted.
    """
    features = tuple(feature for feature in admitted(doel, grants) if feature.name in examples.X.columns)
    if not features:
        raise Refusal(
            f"training {doel}",
            found="no admitted feature",
            expected="features with complete papers and a granted source",
            do="see the register and the grounds in levering.toml",
        )
    if not enough(examples):
        raise Refusal(
            f"training {doel}",
            found=f"{int(examples.y.sum())} positives among {int(examples.labelled.sum())} labels",
            expected=f"at least {FEWEST} of both kinds",
            do="score without a model (isolation and profiles) until more outcomes are in",
        )
    names = [feature.name for feature in features]
    fitted = calibrated(learn(doel, examples, population[names], features, seed, recipe), examples, population[names])
    chosen = (fitted.boosted.strength_, fitted.boosted.belief_)
    model = replace(fitted.model, register=examples.register, trained_as_of=as_of.isoformat())
    test = later(doel, examples, features, as_of, seed, recipe, chosen) if out_of_time else None
    y = examples.y[examples.labelled]
    drawn = examples.steekproef
    held_out = model.calibration.intercept + model.calibration.slope * fitted.boosted.held_out_[examples.labelled]
    return TrainedTarget(
        doel=doel.value,
        model=model,
        labels=len(y),
        positives=int(y.sum()),
        light=int((~examples.labelled).sum()),
        drawn=int(drawn.sum()),
        found=int(examples.y[drawn].sum()),
        strength=fitted.boosted.strength_,
        belief=fitted.boosted.belief_,
        recipe=recipe,
        seed=seed,
        out_of_time=None if test is None else evaluate(test.y, test.score, k=test.k, seed=seed),
        profiles=None if test is None else evaluate(test.y, test.profiles, k=test.k, seed=seed),
        reliability=_reliability(probability(held_out), y),
        curve=() if test is None else curve(test, seed),
    )


def _reliability(kans: Floats, y: Floats, tenths: int = 10) -> tuple[Bin, ...]:
    parts = np.array_split(np.argsort(kans, kind="stable"), tenths)
    return tuple(
        Bin(kans=float(kans[rows].mean()), found=float(y[rows].mean()), n=len(rows)) for rows in parts if len(rows)
    )
