"""The one feature that is derived from the others: how unusual an address is as a whole, from the isolation forest.

It is made of admitted features only, on the population that is looked at, so it needs no source or ground of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from features.columns import Feature
from models.rankers.isolation import Isolation
from models.tables import Floats
from models.unusual import UNUSUAL

__all__ = ["KIND_COLUMNS", "UNUSUAL", "forest", "spoken_of", "with_unusual"]
KIND_COLUMNS = ("woningtype",)  # what makes dwellings comparable


def forest(population: pd.DataFrame, seed: int) -> Isolation:
    """The forest of a population's admitted features."""
    return Isolation(tuple(name for name in KIND_COLUMNS if name in population.columns), seed=seed).fit(population)


def with_unusual(X: pd.DataFrame, percentile: Floats) -> pd.DataFrame:
    """X with the derived feature; percentile: n, 0-1."""
    return X.assign(**{UNUSUAL.name: 100.0 * percentile})


def spoken_of(features: Sequence[Feature]) -> tuple[Feature, ...]:
    """The features that reasons may name."""
    return (*features, UNUSUAL)
