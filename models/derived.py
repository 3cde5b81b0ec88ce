"""The one feature that is derived from the others: how unusual an address is as a whole, from the isolation forest.

It is made of admitted features only, on the population that is looked at, so it needs no source or ground of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from features.columns import Feature, Papers, Proof
from features.papers import REVIEWED, REVIEWER
from models.rankers.isolation import Isolation
from models.tables import Floats

KIND_COLUMNS = ("woningtype",)  # what makes dwellings comparable
UNUSUAL = Feature(
    name="afwijking",
    group="afwijking",
    label="Ongewoon geheel",
    description="Percentile (0-100) of the isolation forest among all addresses of the gemeente; high = unusual.",
    sources=(),
    unit="%",
    decimals=1,
    spookbewoning=1,
    schijnbewoning=1,
    sentence_for="Alle gegevens samen zijn ongewoner dan bij {waarde} van de adressen.",
    sentence_against="Alle gegevens samen zijn ongewoner dan bij maar {waarde} van de adressen.",
    papers=Papers(
        ground="that of the features it is made of: only those admitted for the target are read",
        purpose="to weigh combinations that no single feature shows",
        lawful=Proof(
            says="uses nothing that is not admitted for the same target", evidence="models/scoring.py, unusual"
        ),
        proxy=Proof(
            says="compares dwellings of one kind; missing data does not count as unusual",
            evidence="`schijnwerper fairness`: effect per stage of the ranking that reads it",
        ),
        quality=Proof(
            says="refitted on each population with a fixed seed", evidence="tests/models/rankers/test_isolation.py"
        ),
        statistical=Proof(says="measured by leaving it out", evidence="benchmarks/RESULTS.md, quality"),
        substantive=Proof(
            says="registration and reality that part ways leave traces in several registers at once",
            evidence="benchmarks/RESULTS.md, quality: isolation against chance",
        ),
        reviewer=REVIEWER,
        date=REVIEWED,
    ),
    persons=True,
)


def forest(population: pd.DataFrame, seed: int) -> Isolation:
    """The forest of a population's admitted features."""
    return Isolation(tuple(name for name in KIND_COLUMNS if name in population.columns), seed=seed).fit(population)


def with_unusual(X: pd.DataFrame, percentile: Floats) -> pd.DataFrame:
    """X with the derived feature; percentile: n, 0-1."""
    return X.assign(**{UNUSUAL.name: 100.0 * percentile})


def spoken_of(features: Sequence[Feature]) -> tuple[Feature, ...]:
    """The features that reasons may name."""
    return (*features, UNUSUAL)
