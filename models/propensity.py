"""Chosen addresses made to stand for all: inverse-propensity weights, where the chance of being chosen is known.

Weights 1 / selectiekans, normalised to a mean of 1 (Hajek 1971) and clipped at CLIP times their median: one address
that was drawn with a very small chance must not decide a figure alone. The clip trades a little bias for much variance
(Ionides 2008, DOI 10.1198/106186008X320456). Where the chance is unknown there is nothing to weigh by.
"""

from __future__ import annotations

import numpy as np

from models.examples import Examples
from models.tables import Floats

CLIP = 20.0


def inverse(chance: Floats) -> Floats:
    """The weight of each row, mean 1 over the rows whose chance is known; 1 where it is unknown (NaN or 0)."""
    weight = np.ones(len(chance))
    known = np.isfinite(chance) & (chance > 0)
    if known.any():
        raw = 1.0 / chance[known]
        raw = np.minimum(raw, CLIP * np.median(raw))
        weight[known] = raw / raw.mean()
    return weight


def propensity_weights(examples: Examples) -> Floats:
    """One weight per row, to learn with: `inverse` on labelled rows, 1 for a light negative; times examples.weight.

    Measured and left out of the trainer: benchmarks/RESULTS.md, "met selectiekans als gewicht". The chance weighs where
    a figure must stand for all: calibration and the back-test (`random_stream`, `inverse`).
    """
    weight = np.ones(len(examples))
    weight[examples.labelled] = inverse(examples.selectiekans[examples.labelled])
    return weight if examples.weight is None else weight * examples.weight


def random_stream(y: Floats, chance: Floats) -> tuple[float, float]:
    """(rows, positives) that the random stream is worth: its weighted share, on its effective number of rows.

    y, chance: of the random stream alone. Effective: (sum w)^2 / sum w^2 (Kish 1965): unequal weights tell less.
    """
    if not len(y):
        return 0.0, 0.0
    weight = inverse(chance)
    worth = float(weight.sum() ** 2 / (weight**2).sum())
    return worth, worth * float((weight * y).sum() / weight.sum())
