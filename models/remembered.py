"""What a trained model remembers of its population: counts per cell, to measure drift against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from features.columns import Doel
from features.register import admitted
from features.table import Grant
from models.derived import UNUSUAL, forest, with_unusual
from models.spread import Reference, reference
from models.tables import Floats, TableModel
from models.trained import TrainedTarget


def scored(
    model: TableModel, population: pd.DataFrame, grants: Sequence[Grant], seed: int
) -> tuple[pd.DataFrame, Floats]:
    """The columns the model reads, as scoring sees them, and the score (log-odds) of each row."""
    names = [feature.name for feature in admitted(Doel(model.doel), grants) if feature.name in population.columns]
    X = population[names]
    if UNUSUAL.name in model.features:
        X = with_unusual(X, forest(X, seed).fitted_)
    return X, model.score(X)


def remember(target: TrainedTarget, population: pd.DataFrame, grants: Sequence[Grant]) -> TrainedTarget:
    """`target` with its spread. population: features of all addresses on the training date."""
    X, score = scored(target.model, population, grants, target.seed)
    found: Reference = reference(target.model, X, score, as_of=target.model.trained_as_of)
    return replace(target, spread=found)
