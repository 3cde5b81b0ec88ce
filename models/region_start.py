"""A gemeente without labels of its own starts from the region: its tables, on the level of the national figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from features.columns import Doel
from models.calibration import NATIONAL, prevalence
from models.derived import forest, with_unusual
from models.monotone import straightened
from models.region import Region, join
from models.tables import Calibration, Floats, TableModel, Term, probability, term_values


def others(region: Region | None, gemeenten: tuple[str, ...]) -> tuple[Term, ...]:
    """The tables of the region without what these gemeenten brought: their labels must not be heard twice."""
    if region is None:
        return ()
    rest = [share for share in region.shares if share.gemeente not in gemeenten]
    return join(rest).terms if rest else ()


def from_region(
    doel: Doel, terms: tuple[Term, ...], population: pd.DataFrame, directions: Mapping[str, int], *, seed: int
) -> TableModel:
    """The model of the region's tables alone. population: n x admitted features of this gemeente.

    Its level is such that the mean kans over the population is the national share: nothing is known of this gemeente.
    """
    town = with_unusual(population, forest(population, seed).fitted_)
    # Weights differ from cell to cell, so a mean of tables that keep to a direction need not quite keep to it.
    used = straightened((term for term in terms if term.features[0] in town), dict(directions))
    raw = term_values(used, town).sum(axis=1)
    share, error = prevalence(doel.value, 0, 0)
    base = float(brentq(lambda a: _mean(a + raw) - share, -50.0, 50.0))
    declared = tuple((t.features[0], directions[t.features[0]]) for t in used if directions.get(t.features[0], 0))
    return replace(
        TableModel(doel=doel.value, base=base, terms=used, directions=declared),
        calibration=Calibration(
            prevalence=share,
            prevalence_se=error,
            based_on=(
                "geen eigen uitkomsten: de tabellen van andere gemeenten, op de hoogte van het landelijke aandeel "
                f"({1000 * NATIONAL[doel.value]:.0f} op 1000)"
            ),
        ),
    )


def _mean(score: Floats) -> float:
    return float(np.mean(probability(score)))
