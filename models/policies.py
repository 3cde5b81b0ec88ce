"""Whom to visit this month: what a policy is asked, and the plain ones. Add yours: docs/benchmark.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import floor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from features.columns import Doel
from features.register import admitted
from features.table import FeatureTable
from models.derived import forest
from models.examples import Examples
from models.rankers.profiles import Profiles
from models.tables import Codes, Floats

RISK, EXPLORATION, LOT = "risico", "verkenning", "steekproef"  # aanleiding, as in onderzoeken.csv


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """What a policy may know when a month begins; n addresses, in the order of `table`. No truth is among it.

    table: features as known at the end of the month before. free: n, True = may be picked (not visited lately, not
    settled). count: how many may be picked. examples: makes, when called, the labels known by now with light
    negatives. rng: for the policy's own draws; lot: for the random stream alone, the same whatever the policy does.
    """

    doel: Doel
    month: int  # 0 = the first of the loop
    table: FeatureTable
    free: NDArray[np.bool_]
    count: int
    examples: Callable[[], Examples]
    rng: np.random.Generator
    lot: np.random.Generator


@dataclass(frozen=True, kw_only=True, eq=False)
class Picks:
    """The rows picked, each once, with per row: reason (RISK | EXPLORATION | LOT); chance: selectiekans, else NaN.

    kans: n, calibrated probability of every address, where the policy has one. basis: what it ranked on.
    """

    rows: Codes
    reason: NDArray[np.str_]
    chance: Floats
    kans: Floats | None = None
    basis: str = ""


class Policy(Protocol):
    """Picks a month's addresses for one target. It may remember what it learned; a run makes a new one."""

    def pick(self, seen: Seen) -> Picks:
        """At most `seen.count` rows of `seen.free`."""


def chosen(rows: Codes, reason: str = RISK) -> Picks:
    """Picks that somebody chose: no chance is known."""
    return Picks(rows=rows, reason=np.full(len(rows), reason), chance=np.full(len(rows), np.nan))


def by_lot(seen: Seen, count: int) -> Picks:
    """`count` free rows drawn at random without replacement: each free row has the same, stored, chance."""
    pool = np.flatnonzero(seen.free)
    count = min(count, len(pool))
    rows = np.sort(seen.lot.choice(pool, count, replace=False))
    return Picks(rows=rows, reason=np.full(count, LOT), chance=np.full(count, count / max(len(pool), 1)))


def due(share: float, count: int, month: int) -> int:
    """How many of this month's `count` fall to a share: whole numbers whose sum is exact over the months."""
    return floor(share * count * (month + 1) + 1e-9) - floor(share * count * month + 1e-9)


def top(score: Floats, free: NDArray[np.bool_], count: int, rng: np.random.Generator) -> Codes:
    """The `count` free rows with the highest score; ties in random order."""
    rows = np.flatnonzero(free)
    order = np.lexsort((rng.random(len(rows)), -score[rows]))
    return rows[order[:count]]


def together(*parts: Picks, kans: Floats | None = None, basis: str = "") -> Picks:
    """Several picks as one."""
    return Picks(
        rows=np.concatenate([part.rows for part in parts]),
        reason=np.concatenate([part.reason for part in parts]),
        chance=np.concatenate([part.chance for part in parts]),
        kans=kans,
        basis=basis,
    )


@dataclass(eq=False)
class Chance:
    """Everything by lot: what any policy must beat, and the widest random stream there can be."""

    def pick(self, seen: Seen) -> Picks:
        """All by lot."""
        return by_lot(seen, seen.count)


@dataclass(eq=False)
class ByProfiles:
    """The rules of practice (rankers/profiles.py): today's practice, without learning."""

    def pick(self, seen: Seen) -> Picks:
        """The most points first."""
        score = Profiles(seen.doel).score(seen.table.frame)
        return chosen(top(score, seen.free, seen.count, seen.rng))


@dataclass(eq=False)
class ByIsolation:
    """The most unusual first (rankers/isolation.py), on the features admitted for the target."""

    seed: int = 0
    kept: dict[tuple[str, ...], tuple[FeatureTable, Floats]] = field(default_factory=dict)

    def pick(self, seen: Seen) -> Picks:
        """The highest percentile first; both targets share a forest where they may read the same."""
        frame = seen.table.frame
        names = tuple(f.name for f in admitted(seen.doel, seen.table.grants) if f.name in frame.columns)
        if names not in self.kept or self.kept[names][0] is not seen.table:
            self.kept[names] = (seen.table, forest(frame[list(names)], self.seed).fitted_)
        return chosen(top(self.kept[names][1], seen.free, seen.count, seen.rng))
