"""The weather of the observed months: how cold it was and how much sun there was. One country, one weather.

Normals: KNMI De Bilt 1991-2020, weighted degree days to 18 °C (about 2,800 a year) and sunshine; the yield of a panel
is 900 kWh per kWp a year (PVGIS, the Netherlands, facing east to west).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from synthetic.params import Params

Months = npt.NDArray[np.float64]

DEGREE_DAYS = np.array([495, 435, 375, 240, 125, 50, 20, 25, 85, 205, 345, 450], dtype=np.float64)
SUN_SHARE = np.array([24, 44, 84, 118, 142, 146, 144, 124, 88, 50, 24, 12], dtype=np.float64) / 1000.0
YIELD = 900.0  # kWh per kWp a year


@dataclass(frozen=True, kw_only=True)
class Weather:
    """Per observed month (length M): calendar month 0-11, its normal and its real degree days, kWh per kWp."""

    calendar: npt.NDArray[np.int64]
    normal: Months
    degree_days: Months
    sun: Months


def simulate(params: Params) -> Weather:
    """The weather of the observed months; the same for every gemeente of one seed."""
    rng = replace(params, gemeente="0000").rng("weather")
    months = params.first_month + np.arange(params.months)
    calendar = months % 12
    winter = (months + 6) // 12  # a winter is cold or mild as a whole
    mood = rng.normal(0.0, 0.06, winter.max() - winter.min() + 1)[winter - winter.min()]
    cold = np.exp(mood + rng.normal(0.0, 0.09, params.months))
    sun = np.exp(rng.normal(0.0, 0.10, params.months))
    return Weather(
        calendar=calendar,
        normal=DEGREE_DAYS[calendar],
        degree_days=DEGREE_DAYS[calendar] * cold,
        sun=YIELD * SUN_SHARE[calendar] / SUN_SHARE.sum() * sun,
    )
