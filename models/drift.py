"""Drift: do features and scores still look as they did when the model learned? Shares per cell, then and now.

Measure: the population stability index, sum over cells of (now - then) * ln(now / then); 0 = the same. By chance alone,
between populations of n and m rows in B cells, it is about (1/n + 1/m) times a chi-square with B - 1 degrees of freedom
(Yurdakul & Naranjo 2020, DOI 10.21314/JRMV.2020.227): so a small gemeente does not turn red by its size. The bounds
0.10 and 0.25 are those of credit scoring practice (Siddiqi 2006, Credit Risk Scorecards).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm

from models.spread import MISSING, Reference, Spread, Tally
from models.tables import Floats


class Level(StrEnum):
    """How far a feature moved."""

    GROEN = "groen"
    GEEL = "geel"
    ROOD = "rood"


@dataclass(frozen=True, kw_only=True)
class DriftBounds:
    """From where a feature is yellow or red. significance: of the test, below which a difference is no chance.

    psi: index; missing: change of the share without a value; new: share of rows with a value that was not there then;
    vanished: share that a value had then, and nobody has now. Shares 0-1.
    """

    psi_yellow: float = 0.10
    psi_red: float = 0.25
    missing_yellow: float = 0.02
    missing_red: float = 0.10
    new_yellow: float = 0.005
    new_red: float = 0.05
    vanished_yellow: float = 0.01
    vanished_red: float = 0.10
    significance: float = 0.001


@dataclass(frozen=True, kw_only=True)
class Drifted:
    """One feature (or "score"), then and now. p: chance of such an index, or a larger one, without any drift.

    then, now: shares per cell, missing first; missing: now - then. why: Dutch, empty when green.
    """

    name: str
    psi: float
    p: float
    missing: float
    new: float
    vanished: float
    level: Level
    why: str
    cuts: tuple[float, ...]
    then: tuple[float, ...]
    now: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Drift:
    """All features, those that moved most first; the scores apart. then, now: rows."""

    then: int
    now: int
    since: str  # ISO date of the reference
    features: tuple[Drifted, ...]
    score: Drifted

    def of(self, level: Level) -> tuple[Drifted, ...]:
        """The features at one level."""
        return tuple(one for one in self.features if one.level is level)


def drift(reference: Reference, tally: Tally, bounds: DriftBounds = DriftBounds()) -> Drift:
    """Compare what was counted now with the reference. tally: of the same reference (see spread.tally)."""
    spreads = (*reference.features, reference.score)
    found = _compared(spreads, reference.n, tally, bounds)
    order = sorted(found[:-1], key=lambda one: (_RANK[one.level], -one.psi, one.name))
    return Drift(then=reference.n, now=tally.n, since=reference.as_of, features=tuple(order), score=found[-1])


WHY = (
    "de verdeling is verschoven",
    "het aandeel zonder waarde is veranderd",
    "er zijn waarden die er toen niet waren",
    "een waarde van toen komt niet meer voor",
)
_LEVELS = (Level.GROEN, Level.GEEL, Level.ROOD)
_RANK = {Level.ROOD: 0, Level.GEEL: 1, Level.GROEN: 2}


def _compared(spreads: Sequence[Spread], n: int, tally: Tally, bounds: DriftBounds) -> list[Drifted]:
    """All at once: counts as one array, padded to the widest feature."""
    width, m = max(len(spread.counts) for spread in spreads), tally.n
    then, there = np.zeros((len(spreads), width)), np.zeros((len(spreads), width), dtype=bool)
    now = np.zeros((len(spreads), width))
    for row, (spread, counts) in enumerate(zip(spreads, tally.counts, strict=True)):
        then[row, : len(counts)], now[row, : len(counts)] = spread.counts, counts
        there[row, : len(counts)] = True
    index, degrees = _psi(then, now, there)
    by_chance = 1 / max(n, 1) + 1 / max(m, 1)
    p = np.where(degrees > 0, chi2.sf(index / by_chance, np.maximum(degrees, 1)), 1.0)
    gone = np.array([_gone(spread, met) for spread, met in zip(spreads, tally.met, strict=True)])
    rare = np.array([spread.rare for spread in spreads])
    changes = np.array(
        [
            now[:, MISSING] / max(m, 1) - then[:, MISSING] / max(n, 1),
            np.maximum(np.array(tally.new) / max(m, 1) - rare / max(n, 1), 0.0),
            gone / max(n, 1),
        ]
    )
    sure = np.array(
        [
            p,
            _same_share(then[:, MISSING], n, now[:, MISSING], m),
            _same_share(rare, n, np.array(tally.new), m),
            _same_share(gone, n, np.zeros(len(gone)), m),
        ]
    )
    levels = _levels(index, changes, sure < bounds.significance, bounds)
    return [
        Drifted(
            name=spread.name,
            psi=float(index[row]),
            p=float(p[row]),
            missing=float(changes[0, row]),
            new=float(changes[1, row]),
            vanished=float(changes[2, row]),
            level=_LEVELS[int(levels[:, row].max())],
            why="; ".join(text for text, level in zip(WHY, levels[:, row], strict=True) if level),
            cuts=spread.cuts,
            then=tuple((then[row, : len(spread.counts)] / max(n, 1)).tolist()),
            now=tuple((now[row, : len(spread.counts)] / max(m, 1)).tolist()),
        )
        for row, spread in enumerate(spreads)
    ]


def _levels(index: Floats, changes: Floats, surely: NDArray[np.bool_], bounds: DriftBounds) -> NDArray[np.int64]:
    """4 x features: 0 green, 1 yellow, 2 red, for the index and each of the three changes; by chance alone = green."""
    size = np.vstack([index, np.abs(changes)])
    yellow = np.array([bounds.psi_yellow, bounds.missing_yellow, bounds.new_yellow, bounds.vanished_yellow])
    red = np.array([bounds.psi_red, bounds.missing_red, bounds.new_red, bounds.vanished_red])
    beyond = (size >= yellow[:, None]).astype(np.int64) + (size >= red[:, None])
    return np.where(surely, beyond, 0)


def _psi(then: Floats, now: Floats, there: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The index per row and its degrees of freedom. Half a row in every cell, so that an empty one is not infinite."""
    used = there & ((then > 0) | (now > 0))
    a, b = np.where(used, then + 0.5, 1.0), np.where(used, now + 0.5, 1.0)
    a_share = np.where(used, a, 0.0) / np.where(used, a, 0.0).sum(axis=1, keepdims=True).clip(min=1)
    b_share = np.where(used, b, 0.0) / np.where(used, b, 0.0).sum(axis=1, keepdims=True).clip(min=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(used, (b_share - a_share) * np.log(b_share / a_share), 0.0)
    return parts.sum(axis=1), used.sum(axis=1) - 1.0


def _gone(spread: Spread, met: NDArray[np.bool_]) -> int:
    """The most rows that a value had then while no row has it now."""
    return max((count for count, there in zip(spread.value_counts, met, strict=True) if not there), default=0)


def _same_share(then: Floats, n: int, now: Floats, m: int) -> Floats:
    """p of two shares being one (two-sided z of two proportions, pooled)."""
    pooled = (then + now) / max(n + m, 1)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / max(n, 1) + 1 / max(m, 1)))
    apart = np.abs(now / max(m, 1) - then / max(n, 1))
    return np.where(spread > 0, 2 * norm.sf(apart / np.where(spread > 0, spread, 1.0)), 1.0)
