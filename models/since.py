"""What came of the published lists: per band found against promised, and whether `kans` was honest since.

The promise of a band is the mean kans, at publication, of those of its addresses that were investigated since. Only
addresses that the list or chance put forward are held against it (aanleiding risico, verkenning, steekproef): a
neighbour who rings knows what the model does not, so signals would flatter it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from models.evaluate import Interval
from models.figures import Bin
from models.labels import RANDOM
from models.scores import BANDS
from models.tables import Floats

BY_LIST = ("risico", "verkenning", RANDOM)  # aanleidingen for which somebody went by the list or by lot
PARTS = 5  # of the calibration picture


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcomes:
    """n finished investigations of one target that began after a publication, with what that publication said.

    y: 0/1; kans: 0-1 at publication (NaN in a cold start); band: A-E; aanleiding: as in onderzoeken.csv; start,
    finished: days.
    """

    y: Floats
    kans: Floats
    band: NDArray[np.object_]
    aanleiding: NDArray[np.object_]
    start: NDArray[np.datetime64]
    finished: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.y)

    def take(self, rows: NDArray[np.bool_]) -> Outcomes:
        """The rows where the mask is True."""
        return Outcomes(**{name: value[rows] for name, value in vars(self).items()})

    @property
    def by_list(self) -> NDArray[np.bool_]:
        """Where the list or chance put the address forward."""
        return np.isin(self.aanleiding, BY_LIST)

    @property
    def random(self) -> NDArray[np.bool_]:
        """Where it was drawn at random."""
        return self.aanleiding == RANDOM


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Found among n, as a share with its 90% interval; promised: mean kans at publication (NaN without one)."""

    name: str
    n: int
    found: int
    rate: Interval
    promised: float


@dataclass(frozen=True, kw_only=True)
class Calibrated:
    """Was kans honest? expected: the sum of kans; z: (found - expected) in standard deviations, 0 = honest.

    bins: equal parts by kans, lowest first.
    """

    n: int
    expected: float
    found: int
    z: float
    bins: tuple[Bin, ...]


def share(found: int, n: int) -> Interval:
    """A share with its 90% interval, never too narrow (Clopper & Pearson 1934, DOI 10.1093/biomet/26.4.404)."""
    if n == 0:
        return Interval(value=float("nan"), low=0.0, high=1.0)
    low = float(beta.ppf(0.05, found, n - found + 1)) if found else 0.0
    high = float(beta.ppf(0.95, found + 1, n - found)) if found < n else 1.0
    return Interval(value=found / n, low=low, high=high)


def rate(name: str, outcomes: Outcomes, rows: NDArray[np.bool_]) -> Rate:
    """The rows of `outcomes` where the mask is True."""
    n, found = int(rows.sum()), int(outcomes.y[rows].sum())
    promised = float(outcomes.kans[rows].mean()) if n else float("nan")
    return Rate(name=name, n=n, found=found, rate=share(found, n), promised=promised)


def by_band(outcomes: Outcomes) -> tuple[Rate, ...]:
    """Every band, A first, of what the list or chance put forward."""
    return tuple(rate(band, outcomes, outcomes.by_list & (outcomes.band == band)) for band in BANDS)


def by_reason(outcomes: Outcomes) -> tuple[Rate, ...]:
    """Every aanleiding that occurs, in order of the alphabet: where people looked, and what they found."""
    return tuple(rate(str(name), outcomes, outcomes.aanleiding == name) for name in sorted(set(outcomes.aanleiding)))


def calibrated(outcomes: Outcomes) -> Calibrated | None:
    """Of what the list or chance put forward; None where there is no kans or no outcome.

    z as in Spiegelhalter 1986 (DOI 10.1002/sim.4780050506) for the sum alone: var = sum of kans * (1 - kans).
    """
    known = outcomes.take(outcomes.by_list & np.isfinite(outcomes.kans))
    if not len(known):
        return None
    expected = float(known.kans.sum())
    spread = float(np.sqrt((known.kans * (1 - known.kans)).sum()))
    parts = [part for part in np.array_split(np.argsort(known.kans, kind="stable"), PARTS) if len(part)]
    return Calibrated(
        n=len(known),
        expected=expected,
        found=int(known.y.sum()),
        z=(float(known.y.sum()) - expected) / max(spread, 1e-9),
        bins=tuple(_bin(known, part) for part in parts),
    )


def _bin(known: Outcomes, part: NDArray[np.int64]) -> Bin:
    found = share(int(known.y[part].sum()), len(part))
    return Bin(kans=float(known.kans[part].mean()), found=found.value, n=len(part), low=found.low, high=found.high)
