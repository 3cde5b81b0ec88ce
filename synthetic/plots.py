"""Schemes that need a home: they take it from the market while the months go by, and give it back when they end.

Shares, durations and the kind of home they look for are our own reading of case descriptions (LIEC, politie, Zicht op
Ondermijning): storage and hemp in the country, lodging in private rent. Nothing here knows what a model looks at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from synthetic.params import Params
from synthetic.population import ORDINARY, Population
from synthetic.schemes import COLUMNS
from synthetic.world import FOREVER, Town

PER_MONTH = 30.44


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A kind of scheme: share of the stock, median duration (months), pull per kind of home (1 = like any other)."""

    soort: str
    share: float
    months: float
    rural: float
    farm: float
    rent: float
    straw: bool = False  # the household that left stays registered


PLOTS = (
    Plot(soort="opslag", share=0.21, months=18, rural=2.5, farm=3.0, rent=1.2),
    Plot(soort="hennep", share=0.17, months=9, rural=1.5, farm=1.5, rent=3.0),
    Plot(soort="logies", share=0.23, months=11, rural=1.0, farm=2.0, rent=5.0),
    Plot(soort="dekadres", share=0.08, months=12, rural=1.3, farm=0.8, rent=2.5),
    Plot(soort="tussenpersonen", share=0.18, months=15, rural=1.8, farm=1.6, rent=1.0),
    Plot(soort="onderhuur_achter_stroman", share=0.13, months=10, rural=0.8, farm=0.8, rent=4.0, straw=True),
)
SPREAD = 0.75  # sigma of the logarithm of a duration


class Plotters:
    """Chooses homes for schemes month by month; `table` tells what was done."""

    def __init__(self, params: Params, town: Town, rng: np.random.Generator) -> None:
        """stock: how many schemes there are at a time, on average."""
        self.rng, self.params = rng, params
        self.town = town.adressen
        self.stock = params.rates.spook * 0.74 * int(self.town["gescoord"].sum())
        self.rows: list[pd.DataFrame] = []

    def act(self, p: Population) -> None:
        """Take some of the homes that stand empty this month."""
        for plot in PLOTS:
            mean = plot.months * np.exp(SPREAD**2 / 2)
            count = int(self.rng.poisson(self.stock * plot.share / mean))
            homes = self._homes(p, plot)
            if count and len(homes):
                self._take(p, plot, homes, min(count, len(homes)))

    def _homes(self, p: Population, plot: Plot) -> npt.NDArray[np.int64]:
        u = p.units
        waiting = (u.tenant < 0) & (u.free < p.today + 400) & (u.kind == ORDINARY) & ~u.second
        if plot.straw:
            waiting &= p.left_on >= p.today
        return np.flatnonzero(waiting & (self.town["gereed"].to_numpy()[u.address] < p.today))

    def _take(self, p: Population, plot: Plot, homes: npt.NDArray[np.int64], count: int) -> None:
        rng, at = self.rng, p.units.address[homes]
        rural = (self.town["zone"] == "buitengebied").to_numpy()[at]
        farm = self.town["type"].isin(["boerderij", "bedrijfswoning"]).to_numpy()[at]
        rent = (self.town["eigendomsvorm"] == "particuliere_huur").to_numpy()[at]
        pull = np.where(rural, plot.rural, 1.0) * np.where(farm, plot.farm, 1.0) * np.where(rent, plot.rent, 1.0)
        taken = homes[rng.choice(len(homes), size=count, replace=False, p=pull / pull.sum())]
        van = p.today + rng.integers(0, p.length, count)
        tot = van + np.maximum(rng.lognormal(np.log(plot.months * PER_MONTH), SPREAD, count), 45).astype(np.int64)
        p.units.free[taken] = tot + rng.integers(5, 120, count)
        self.rows.append(
            pd.DataFrame(
                {
                    "soort": plot.soort,
                    "address": p.units.address[taken],
                    "van": van,
                    "tot": tot,
                    "left": p.left_group[taken] if plot.straw else -1,
                }
            )
        )

    def table(self) -> pd.DataFrame:
        """The rows of `Schemes.table` so far, with `left`: the group whose registration stays behind (-1 = none)."""
        rng = self.rng
        out = pd.concat([*self.rows, leisure(self.params, self.town, rng)], ignore_index=True)
        n = len(out)
        out["intensiteit"] = np.round(rng.beta(1.6, 1.3, n), 3)
        out["personen"] = np.where(out["soort"].isin(["opslag", "hennep"]), 0, rng.integers(1, 8, n))
        out["netwerk"] = networks(out["soort"].to_numpy(dtype=str), rng)
        out["bemeterd"] = rng.random(n) < 0.5
        out["scheme"] = np.arange(n)
        return out[[*COLUMNS, "left"]]


def networks(soort: npt.NDArray[np.str_], rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Intermediaries hold several addresses; others now and then share an organiser."""
    n = len(soort)
    chain = soort == "tussenpersonen"
    many = max(1, round(chain.sum() / 3.5))
    loose = rng.random(n) < 0.22
    return np.where(chain, rng.integers(0, many, n), np.where(loose, rng.integers(0, many * 2, n), -1))


def leisure(params: Params, town: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """People who live in a holiday home all year and are registered nowhere near it."""
    homes = np.flatnonzero((town["recreatief"] & town["gescoord"]).to_numpy())
    stock = params.rates.spook * 0.2 * int(town["gescoord"].sum())
    return intervals("recreatiewonen", rng.permutation(homes), stock, 17.0, params, rng)


def intervals(
    soort: str, pool: npt.NDArray[np.int64], stock: float, months: float, params: Params, rng: np.random.Generator
) -> pd.DataFrame:
    """Episodes of about `months` months, at a time about `stock` of them, each at its own address of `pool`."""
    span = (params.months + params.burn_in) * PER_MONTH
    mean = months * PER_MONTH * np.exp(SPREAD**2 / 2)
    count = min(int(rng.poisson(stock * (span + mean) / mean)), len(pool))
    van = (params.today - span - mean + rng.uniform(0, 1, count) * (span + mean)).astype(np.int64)
    tot = van + np.maximum(rng.lognormal(np.log(months * PER_MONTH), SPREAD, count), 40).astype(np.int64)
    return pd.DataFrame(
        {"soort": soort, "address": pool[:count], "van": van, "tot": np.minimum(tot, FOREVER), "left": -1}
    )
