"""What a gemeente gives in a round: learn on its own labels from the region's last tables, and let out what may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from features.columns import Doel, Feature
from models.derived import with_unusual
from models.disclosure import main_terms, share
from models.examples import Examples
from models.fitting import learn
from models.rankers.boosted import Recipe
from models.region import Region, Share

SHARED = Recipe(boost=False)  # pairs and corrections rest on too few labels per cell to leave the house


def shared(
    doel: Doel,
    examples: Examples,
    population: pd.DataFrame,
    features: Sequence[Feature],
    *,
    gemeente: str,
    peildatum: str,
    region: Region | None = None,
    seed: int = 0,
) -> Share:
    """The share of the next round. population: n x features of the gemeente; region: of the last round, None = none.

    The whole region is the start, this gemeente's earlier share included: a round begins where the last one ended.
    """
    fitted = learn(doel, examples, population, features, seed, SHARED, region=region.terms if region else ())
    X = examples.X.loc[examples.labelled, list(population)]
    if fitted.isolation is not None:
        X = with_unusual(X, fitted.isolation.score(X))
    values = np.column_stack([X[term.features[0]].to_numpy(dtype=np.float64) for term in main_terms(fitted.model)])
    one = share(fitted.model, examples, values, gemeente=gemeente, round=region.round + 1 if region else 1)
    return replace(one, register=examples.register, peildatum=peildatum)
