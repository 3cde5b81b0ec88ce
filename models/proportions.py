"""Shares with their intervals, and whether two shares differ: closed forms, vectorised over groups.

Wilson's score interval (1927, DOI 10.1080/01621459.1927.10502953) for a share; Katz's log interval (1978, DOI
10.2307/2530610) for a ratio of two; Newcombe's hybrid (1998, DOI 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>
3.0.CO;2-I) for a difference. A sample of unequal weights counts for its effective size (Kish 1965).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from models.tables import Floats

LEVEL = 0.90
Z = float(norm.ppf((1 + LEVEL) / 2))  # of a two-sided interval, so 5% on either side


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A figure with its 90% interval, and the number of rows it rests on. NaN = too few rows to say anything."""

    value: float
    low: float
    high: float
    n: int

    @property
    def known(self) -> bool:
        """Whether there were rows enough."""
        return bool(np.isfinite(self.value))


def unknown(n: int) -> Rate:
    """A figure that is not given."""
    return Rate(value=float("nan"), low=float("nan"), high=float("nan"), n=n)


def effective(weight: Floats) -> float:
    """(sum w)^2 / sum w^2: the equal rows that so many unequal ones are worth; 0 without rows."""
    squares = float((weight**2).sum())
    return float(weight.sum()) ** 2 / squares if squares else 0.0


def share(value: float, size: float, n: int, z: float = Z) -> Rate:
    """Wilson's interval of a share seen in `size` (effective) rows."""
    if not size:
        return unknown(n)
    middle = (value + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * np.sqrt(value * (1 - value) / size + z**2 / (4 * size**2))
    low, high = max(0.0, float(middle - half)), min(1.0, float(middle + half))
    return Rate(value=value, low=min(low, value), high=max(high, value), n=n)  # no rounding beyond 0 or 1


def ratio(hits: int, n: int, other_hits: int, other_n: int, z: float = Z) -> Rate:
    """The first share over the other. Without hits on a side half a hit is added to both (Haldane's correction)."""
    if not n or not other_n:
        return unknown(n)
    extra = 0.5 if not hits or not other_hits else 0.0
    one, other = (hits + extra) / (n + extra), (other_hits + extra) / (other_n + extra)
    spread = 1 / (hits + extra) - 1 / (n + extra) + 1 / (other_hits + extra) - 1 / (other_n + extra)
    width = np.exp(z * np.sqrt(max(spread, 0.0)))
    value = (hits / n) / (other_hits / other_n) if other_hits else one / other
    return Rate(value=float(value), low=float(one / other / width), high=float(one / other * width), n=n)


def difference(one: Rate, other: Rate) -> Rate:
    """The first share minus the other, by their own intervals (so of one level); unknown where either is."""
    if not one.known or not other.known:
        return unknown(one.n)
    value = one.value - other.value
    low = value - float(np.hypot(one.value - one.low, other.high - other.value))
    high = value + float(np.hypot(one.high - one.value, other.value - other.low))
    return Rate(value=value, low=low, high=high, n=one.n)


def simultaneous(comparisons: int) -> float:
    """The z of intervals of which all `comparisons` hold together on a side in 95% of cases (Bonferroni)."""
    return float(norm.ppf(1 - (1 - LEVEL) / 2 / max(comparisons, 1)))


def widened(rate: Rate, z: float) -> Rate:
    """The same figure with its interval stretched from Z to another z, either side in proportion."""
    stretch = z / Z
    low, high = rate.value - (rate.value - rate.low) * stretch, rate.value + (rate.high - rate.value) * stretch
    return Rate(value=rate.value, low=low, high=high, n=rate.n)
