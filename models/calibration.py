"""Making `kans` honest for the whole population, although the labels are of addresses that were picked.

Two numbers are estimated, intercept a and slope b > 0 of score = a + b * raw log-odds, from two kinds of evidence:
* held-out raw log-odds of investigated addresses with their outcomes (Platt 1999): what happens where people look.
  Given the features, being picked is taken to say nothing more about the outcome;
* the share of all addresses for which the target holds. It is estimated from the random stream (aanleiding steekproef),
  shrunk to the national figure, and the mean kans over all addresses must agree with it within its uncertainty.
The first alone would call the quiet rest of the town too likely, for almost nobody looks there.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import minimize

from models.tables import Calibration, Floats, probability

# CBS, random sample 2021: 95.2% of addresses registered exactly right; spookwoning candidates 0.5% of dwellings.
NATIONAL: Mapping[str, float] = {"spookbewoning": 0.005, "schijnbewoning": 0.045}
NATIONAL_WORTH = 200.0  # the national figure counts as so many addresses drawn at random here


def prevalence(doel: str, drawn: int, found: int) -> tuple[float, float]:
    """(share, standard error): mean and sd of a Beta with the national figure as prior; drawn, found: random stream."""
    share = NATIONAL[doel]
    a, b = share * NATIONAL_WORTH + found, (1 - share) * NATIONAL_WORTH + drawn - found
    mean = a / (a + b)
    return mean, float(np.sqrt(mean * (1 - mean) / (a + b + 1)))


def calibrate(
    held_out: Floats, y: Floats, population: Floats, *, doel: str, drawn: int = 0, found: int = 0
) -> Calibration:
    """Fit a and b. held_out, y: raw log-odds and outcomes of investigated addresses; population: raw log-odds of all.

    drawn, found: investigated and positive addresses in the random stream.
    """
    share, error = prevalence(doel, drawn, found)

    def loss(parameters: Floats) -> float:
        a, b = parameters[0], np.exp(parameters[1])
        labelled = a + b * held_out
        misfit = (np.logaddexp(0.0, labelled) - y * labelled).sum()
        return float(misfit + 0.5 * ((probability(a + b * population).mean() - share) / error) ** 2)

    start = np.array([float(np.log(share / (1 - share))), 0.0])
    found_at = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 1000, "xatol": 1e-6, "fatol": 1e-8}).x
    return Calibration(
        slope=float(np.exp(found_at[1])),
        intercept=float(found_at[0]),
        prevalence=share,
        prevalence_se=error,
        based_on=(
            f"{len(y)} uitkomsten (waarvan {int(y.sum())} positief), buiten het leren gehouden; een steekproef "
            f"van {drawn} met {found} positief; het landelijke aandeel ({1000 * NATIONAL[doel]:.0f} op 1000), "
            f"dat telt als {NATIONAL_WORTH:.0f} getrokken adressen"
        ),
    )
