"""The model as a document: tables of points per value, added up. An auditor can read it; it can execute nothing.

score(x) = base + sum over terms of table[bin(x)], in log-odds. A term speaks of one feature, or of a named pair. What
is shown as the reason for a score is the very number that was added: the explanation is the model (Lou, Caruana &
Gehrke 2012, DOI 10.1145/2339530.2339556). `document.py` writes and reads it as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.errors import Refusal

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

MISSING = 0  # the first cell of every axis; the last is "unknown": text where a number belongs, never met in a frame


@dataclass(frozen=True, kw_only=True, eq=False)
class Term:
    """One table. cuts: per feature the ascending borders; a value equal to a border belongs to the upper cell.

    scores: per feature an axis of len(cuts) + 3 cells: missing, the cells from low to high, unknown. Log-odds, + speaks
    for the target.
    """

    features: tuple[str, ...]
    cuts: tuple[Floats, ...]
    scores: Floats

    def __post_init__(self) -> None:
        shape = tuple(len(cut) + 3 for cut in self.cuts)
        if len(self.features) not in (1, 2) or len(self.features) != len(self.cuts) or self.scores.shape != shape:
            raise Refusal(
                f"term {self.name}",
                found=f"{len(self.cuts)} axes and scores of shape {self.scores.shape}",
                expected=f"one or two features with scores of shape {shape}",
                do="train the model again",
            )

    @property
    def name(self) -> str:
        """The feature, or "a x b" for a pair: the `kenmerk` of its reasons."""
        return " x ".join(self.features)


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """score = intercept + slope * raw log-odds; already folded into base and terms, kept for the reader.

    prevalence: the share of all addresses that the target is estimated to hold for, and prevalence_se its uncertainty.
    """

    slope: float = 1.0
    intercept: float = 0.0
    prevalence: float = float("nan")
    prevalence_se: float = float("nan")
    based_on: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class TableModel:
    """The additive model of one target.

    directions: (feature, +1 | -1) pairs that were declared; the tables keep to them (see monotone.py).
    register: version of the feature register (FeatureTable.version) with which it was trained; empty = any.
    trained_as_of: ISO date up to which outcomes were known.
    """

    doel: str
    base: float
    terms: tuple[Term, ...]
    directions: tuple[tuple[str, int], ...] = ()
    register: str = ""
    trained_as_of: str = ""
    calibration: Calibration = Calibration()

    @property
    def features(self) -> tuple[str, ...]:
        """The features read, in order of first mention."""
        return tuple(dict.fromkeys(name for term in self.terms for name in term.features))

    def contributions(self, X: pd.DataFrame) -> Floats:
        """n x terms log-odds: what each term adds for each row; raises Refusal when a column is absent."""
        require_columns(self.features, X)
        return term_values(self.terms, X)

    def score(self, X: pd.DataFrame) -> Floats:
        """Log-odds per row; higher = more likely that the target holds."""
        return self.base + self.contributions(X).sum(axis=1)

    def scaled(self, slope: float, intercept: float) -> TableModel:
        """The model whose score is `intercept + slope * score`: an affine calibration folded in."""
        terms = tuple(replace(term, scores=term.scores * slope) for term in self.terms)
        return replace(self, base=intercept + slope * self.base, terms=terms)


def probability(score: Floats) -> Floats:
    """Log-odds -> 0-1."""
    odds = np.exp(-np.abs(score))
    return np.where(score >= 0, 1.0, odds) / (1.0 + odds)


def require_columns(names: Iterable[str], X: pd.DataFrame) -> None:
    """Refuse a frame that lacks a column the model reads."""
    absent = [name for name in names if name not in X.columns]
    if absent:
        raise Refusal(
            "feature table",
            found=f"no column {', '.join(absent[:5])}" + (" …" if len(absent) > 5 else ""),
            expected="every feature the model reads",
            do="build the features with the version of the register the model was trained with",
        )


def bins(values: Floats, cuts: Floats) -> Codes:
    """The cell of each value: 0 = missing, 1 … len(cuts) + 1 from low to high."""
    cells = np.searchsorted(cuts, values, side="right").astype(np.int64) + 1
    cells[np.isnan(values)] = MISSING
    return cells


def term_values(terms: Sequence[Term], X: pd.DataFrame) -> Floats:
    """n x terms: the number each term adds, by lookup. Column-major: a term's values lie together."""
    out = np.empty((len(X), len(terms)), dtype=np.float64, order="F")
    found: dict[tuple[str, bytes], Codes] = {}  # a feature of a main term and of a pair is looked up once
    for column, term in enumerate(terms):
        cells = []
        for name, cuts in zip(term.features, term.cuts, strict=True):
            key = (name, cuts.tobytes())
            if key not in found:
                found[key] = bins(X[name].to_numpy(dtype=np.float64), cuts)
            cells.append(found[key])
        if len(cells) == 1:
            np.take(term.scores, cells[0], out=out[:, column])
        else:
            np.take(term.scores.ravel(), cells[0] * term.scores.shape[1] + cells[1], out=out[:, column])
    return out


def added(first: Sequence[Term], second: Sequence[Term]) -> tuple[Term, ...]:
    """Both sums of terms as one: tables of the same features must share their cuts; their cells are added.

    So a prior and what was learned on top of it become one table, and stay one glass box.
    """
    merged = {term.features: term for term in first}
    for term in second:
        present = merged.get(term.features)
        if present is None:
            merged[term.features] = term
            continue
        if not all(np.array_equal(a, b) for a, b in zip(present.cuts, term.cuts, strict=True)):
            raise ValueError(f"Terms of {term.name} have different cuts; expected the same.")
        merged[term.features] = replace(present, scores=present.scores + term.scores)
    return tuple(merged.values())
