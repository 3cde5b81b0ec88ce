"""How features and scores are spread over a population: counts per cell, so that no row of anybody is kept.

The reference is made at training and travels with the model (`verdeling.json`). Its cells are the model's own, joined
until each holds at least FEWEST rows: fewer would tell of single addresses, and would make the index jump. Counts of
several gemeenten add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.records_json import read, written
from models.tables import Floats, TableModel, bins

SPREAD_FILE, SCHEMA = "verdeling.json", "schijnwerper/verdeling/1"
SCORE = "score"
MISSING = 0  # the first cell
FEWEST = 20  # rows in a cell, and with a value, before it is kept
FEW_VALUES = 12  # up to so many different values each is known by itself
SCORE_SHARES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 0.997)  # of the population; the last three are the bands


@dataclass(frozen=True, kw_only=True)
class Spread:
    """One feature. counts: len(cuts) + 2 (missing, then low to high).

    values: what occurs often enough, where few values do; rare: rows with another one of those few.
    """

    name: str
    cuts: tuple[float, ...]
    counts: tuple[int, ...]
    values: tuple[float, ...] = ()
    value_counts: tuple[int, ...] = ()
    rare: int = 0


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The population of a training: n addresses as of an ISO date."""

    doel: str
    register: str
    as_of: str
    n: int
    features: tuple[Spread, ...]
    score: Spread


@dataclass(frozen=True, kw_only=True, eq=False)
class Tally:
    """A population counted in the cells of a reference: per feature, the score last. + adds gemeenten.

    new: rows with a value that the reference does not know; met: which of its values occur.
    """

    n: int
    counts: tuple[NDArray[np.int64], ...]
    new: tuple[int, ...]
    met: tuple[NDArray[np.bool_], ...]

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            n=self.n + other.n,
            counts=tuple(a + b for a, b in zip(self.counts, other.counts, strict=True)),
            new=tuple(a + b for a, b in zip(self.new, other.new, strict=True)),
            met=tuple(a | b for a, b in zip(self.met, other.met, strict=True)),
        )


def reference(model: TableModel, X: pd.DataFrame, score: Floats, *, as_of: str) -> Reference:
    """Summarise the population a model was made for. X: n rows with the model's features; score: n log-odds."""
    cuts: dict[str, Floats] = {}
    for term in model.terms:
        for name, cut in zip(term.features, term.cuts, strict=True):
            cuts.setdefault(name, cut)
    return Reference(
        doel=model.doel,
        register=model.register,
        as_of=as_of,
        n=len(X),
        features=tuple(_spread(name, X[name].to_numpy(dtype=np.float64), cut) for name, cut in cuts.items()),
        score=_spread(SCORE, score, np.unique(np.quantile(score, SCORE_SHARES)) if len(score) else np.empty(0)),
    )


def tally(reference: Reference, X: pd.DataFrame, score: Floats) -> Tally:
    """Count X and its scores in the cells of the reference; a column that X lacks counts as missing everywhere."""
    columns = [X[spread.name].to_numpy(dtype=np.float64) if spread.name in X else None for spread in reference.features]
    counted = [
        _counted(spread, column, len(X))
        for spread, column in zip((*reference.features, reference.score), (*columns, score), strict=True)
    ]
    return Tally(
        n=len(X),
        counts=tuple(counts for counts, _, _ in counted),
        new=tuple(new for _, new, _ in counted),
        met=tuple(met for _, _, met in counted),
    )


def to_json(found: Reference) -> str:
    """`verdeling.json`."""
    return written(found, SCHEMA)


def from_json(text: str) -> Reference:
    """The reference of `verdeling.json`; raises Refusal for any other document."""
    return read(Reference, text, SCHEMA)


def _spread(name: str, values: Floats, cuts: Floats) -> Spread:
    kept = _joined(np.bincount(bins(values, cuts), minlength=len(cuts) + 2)[1:], cuts)
    counts = np.bincount(bins(values, kept), minlength=len(kept) + 2)
    distinct, often = _distinct(values)
    few = len(distinct) <= FEW_VALUES
    common = often >= FEWEST
    return Spread(
        name=name,
        cuts=tuple(kept.tolist()),
        counts=tuple(counts.tolist()),
        values=tuple(distinct[common].tolist()) if few else (),
        value_counts=tuple(often[common].tolist()) if few else (),
        rare=int(often[~common].sum()) if few else 0,
    )


def _joined(counts: NDArray[np.int64], cuts: Floats) -> Floats:
    """The borders that leave FEWEST rows in every cell: a small cell joins the next, the last one the one before."""
    kept: list[float] = []
    gathered = 0
    for count, cut in zip(counts, cuts, strict=False):
        gathered += int(count)
        if gathered >= FEWEST:
            kept.append(float(cut))
            gathered = 0
    if kept and gathered + int(counts[-1]) < FEWEST:
        kept.pop()
    return np.array(kept)


def _distinct(values: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """The different known values with their counts; looks at all rows only where the first ones show few."""
    known = values[~np.isnan(values)]
    if len(np.unique(known[:2000])) > FEW_VALUES:
        return np.arange(FEW_VALUES + 1.0), np.zeros(FEW_VALUES + 1, dtype=np.int64)
    return np.unique(known, return_counts=True)


def _counted(spread: Spread, values: Floats | None, n: int) -> tuple[NDArray[np.int64], int, NDArray[np.bool_]]:
    """Counts per cell, rows with an unknown value, and which known values occur."""
    cells = len(spread.cuts) + 2
    if values is None:
        counts = np.zeros(cells, dtype=np.int64)
        counts[MISSING] = n
        return counts, 0, np.zeros(len(spread.values), dtype=bool)
    counts = np.bincount(bins(values, np.array(spread.cuts)), minlength=cells).astype(np.int64)
    if not spread.values:
        return counts, 0, np.zeros(0, dtype=bool)
    known = np.array(spread.values)
    met = np.array([(values == value).any() for value in known])
    strange = ~np.isnan(values)
    for value in known:
        strange &= values != value
    return counts, int(strange.sum()), met
