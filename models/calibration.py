"""Making `kans` honest for the whole population, although the labels are of addresses that were picked.

score = a + b * raw log-odds, fitted on two kinds of evidence:
* held-out raw log-odds of investigated addresses with their outcomes (Platt 1999): what happens where people look;
* the share of all addresses for which the target holds, from the random stream (weighted by its selectiekans) shrunk to
  the national figure; the mean kans over all addresses must agree with it within its uncertainty.
The two quarrel when being picked tells more than the features do: a quiet address is investigated only where somebody
knew something. So the fullest candidate lets a picked address have higher odds than an address with the same features:
by `selection` per unit of raw log-odds below `anchor`, the head of what was found: there nearly everything is looked
at, and being picked tells nothing. The random stream and the prevalence say how much; without their word it is 0.

Candidates are compared in folds by log-loss, the town's prevalence counting as one more observation. All are straight
lines, so that each folds into the tables exactly. Isotonic regression is tried and reported but never chosen: steps do
not fold into a sum of tables, and so few labels do not carry them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression

from models.propensity import random_stream
from models.tables import Calibration, Floats, probability

# CBS, random sample 2021: 95.2% of addresses registered exactly right; spookwoning candidates 0.5% of dwellings.
NATIONAL: Mapping[str, float] = {"spookbewoning": 0.005, "schijnbewoning": 0.045}
NATIONAL_WORTH = 200.0  # the national figure counts as so many addresses drawn at random here
HEIGHT, PLATT, SELECTION, ISOTONIC = "hoogte", "hoogte en helling", "hoogte, helling en selectie", "isotoon"
CANDIDATES = (HEIGHT, PLATT, SELECTION)
HEAD = 0.75  # of the positives lie below the anchor of the selection
SPREAD = 0.5  # sd of the half-normal prior of `selection`: half a unit of slope is already much
GRID = 2_000  # points that stand for the population's scores
FOLDS = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """raw, y, drawn: n held-out raw log-odds, outcomes, and whether the row is of the random stream.

    population: ascending raw log-odds that stand for all addresses. share, error: prevalence and its standard error.
    """

    raw: Floats
    y: Floats
    drawn: NDArray[np.bool_]
    population: Floats
    share: float
    error: float

    @property
    def anchor(self) -> float:
        """The raw log-odds from which on being picked tells nothing: the head of what was found."""
        positives = self.raw[self.y == 1]
        return float(np.quantile(positives, HEAD)) if len(positives) else float(self.raw.max(initial=0.0))

    def take(self, rows: NDArray[np.bool_]) -> Evidence:
        """The same town, part of the outcomes."""
        return Evidence(
            raw=self.raw[rows],
            y=self.y[rows],
            drawn=self.drawn[rows],
            population=self.population,
            share=self.share,
            error=self.error,
        )


@dataclass(frozen=True, kw_only=True)
class Line:
    """log-odds of a random address: intercept + slope * raw; a picked one has `selection` * (anchor - raw)+ more."""

    intercept: float
    slope: float
    selection: float = 0.0
    anchor: float = 0.0

    def kans(self, raw: Floats, drawn: NDArray[np.bool_] | bool = True) -> Floats:
        """The probability of each row. drawn: True = as for an address drawn at random, False = a picked one."""
        more = self.selection * np.maximum(self.anchor - raw, 0.0)
        return probability(self.intercept + self.slope * raw + np.where(drawn, 0.0, more))


def prevalence(doel: str, drawn: float, found: float) -> tuple[float, float]:
    """(share, standard error): mean and sd of a Beta with the national figure as prior; drawn, found: random stream."""
    share = NATIONAL[doel]
    a, b = share * NATIONAL_WORTH + found, (1 - share) * NATIONAL_WORTH + drawn - found
    mean = a / (a + b)
    return mean, float(np.sqrt(mean * (1 - mean) / (a + b + 1)))


def evidence(
    held_out: Floats,
    y: Floats,
    population: Floats,
    *,
    doel: str,
    steekproef: NDArray[np.bool_] | None = None,
    selectiekans: Floats | None = None,
) -> Evidence:
    """What there is to calibrate on. steekproef, selectiekans: of the same rows as held_out and y."""
    drawn = np.zeros(len(y), dtype=bool) if steekproef is None else steekproef
    chance = np.full(len(y), np.nan) if selectiekans is None else selectiekans
    share, error = prevalence(doel, *random_stream(y[drawn], chance[drawn]))
    return Evidence(raw=held_out, y=y, drawn=drawn, population=_grid(population), share=share, error=error)


def fitted(found: Evidence, candidate: str) -> Line:
    """The line of one candidate."""
    anchor = found.anchor

    def line(parameters: Floats) -> Line:
        slope = 1.0 if candidate == HEIGHT else float(np.exp(parameters[1]))
        selection = float(np.exp(parameters[2])) if candidate == SELECTION else 0.0
        return Line(intercept=float(parameters[0]), slope=slope, selection=selection, anchor=anchor)

    def loss(parameters: Floats) -> float:
        one = line(parameters)
        return _misfit(found, one) + _unlikely(found, one) + 0.5 * (one.selection / SPREAD) ** 2

    start = np.array([float(np.log(found.share / (1 - found.share))), 0.0, -1.0])
    start = start[: 1 + CANDIDATES.index(candidate)]
    options = {"maxiter": 2000, "xatol": 1e-6, "fatol": 1e-8}
    return line(minimize(loss, start, method="Nelder-Mead", options=options).x)


def tried(found: Evidence) -> tuple[tuple[str, float], ...]:
    """(candidate, log-loss per row held out of its fitting), isotonic too; rows are dealt out in turn by score."""
    fold = np.empty(len(found.y), dtype=np.int64)
    fold[np.lexsort((found.raw, found.y))] = np.arange(len(found.y)) % FOLDS
    parts = [(found.take(fold != k), found.take(fold == k)) for k in range(FOLDS) if (fold == k).any()]
    fits: dict[str, Callable[[Evidence, Evidence], float]] = {name: _line_loss(name) for name in CANDIDATES}
    fits[ISOTONIC] = _isotonic_loss
    return tuple((name, sum(fit(*part) for part in parts) / max(len(found.y), 1)) for name, fit in fits.items())


def chosen(losses: tuple[tuple[str, float], ...]) -> str:
    """The candidate with the least log-loss among those that fold into tables."""
    return min((loss, name) for name, loss in losses if name in CANDIDATES)[1]


def calibrate(
    held_out: Floats,
    y: Floats,
    population: Floats,
    *,
    doel: str,
    steekproef: NDArray[np.bool_] | None = None,
    selectiekans: Floats | None = None,
) -> Calibration:
    """Choose a candidate in folds and fit it. held_out, y: raw log-odds and outcomes of investigated addresses;
    population: raw log-odds of all. steekproef, selectiekans: which rows were drawn at random, and with what chance.
    """
    found = evidence(held_out, y, population, doel=doel, steekproef=steekproef, selectiekans=selectiekans)
    name = chosen(tried(found))
    line = fitted(found, name)
    return Calibration(
        slope=line.slope,
        intercept=line.intercept,
        prevalence=found.share,
        prevalence_se=found.error,
        based_on=(
            f"{len(y)} uitkomsten (waarvan {int(y.sum())} positief), buiten het leren gehouden; een steekproef "
            f"van {int(found.drawn.sum())} met {int(y[found.drawn].sum())} positief, gewogen naar selectiekans; het "
            f"landelijke aandeel ({1000 * NATIONAL[doel]:.0f} op 1000), dat telt als {NATIONAL_WORTH:.0f} getrokken "
            f"adressen; gekozen: {name}"
        ),
    )


def _misfit(found: Evidence, line: Line) -> float:
    kans = np.clip(line.kans(found.raw, found.drawn), 1e-12, 1 - 1e-12)
    return float(-(found.y * np.log(kans) + (1 - found.y) * np.log(1 - kans)).sum())


def _unlikely(found: Evidence, line: Line) -> float:
    """How far the mean kans of the town lies from its prevalence, as minus a log-likelihood."""
    return float(0.5 * ((line.kans(found.population).mean() - found.share) / found.error) ** 2)


def _line_loss(name: str) -> Callable[[Evidence, Evidence], float]:
    def loss(train: Evidence, test: Evidence) -> float:
        line = fitted(train, name)
        return _misfit(test, line) + _unlikely(test, line) / FOLDS

    return loss


def _isotonic_loss(train: Evidence, test: Evidence) -> float:
    steps = IsotonicRegression(out_of_bounds="clip").fit(train.raw, train.y)
    floor = 1.0 / (len(train.y) + 2)  # a step of 0 or 1 would make one surprise infinite
    kans = np.clip(steps.predict(test.raw), floor, 1 - floor)
    return float(-(test.y * np.log(kans) + (1 - test.y) * np.log(1 - kans)).sum())


def _grid(population: Floats) -> Floats:
    """The population's scores as at most GRID means of equally many, ascending; the mean kans hardly differs."""
    ordered = np.sort(population)
    if len(ordered) <= GRID:
        return ordered
    edges = np.linspace(0, len(ordered), GRID + 1).astype(np.int64)
    return np.add.reduceat(ordered, edges[:-1]) / np.diff(edges)
