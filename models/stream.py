"""What the random stream says of all addresses, with an interval that holds; and whether it does, by drawing again.

Each month n_t of the N_t free addresses are drawn without replacement. Estimated is the share that an inspector would
confirm, averaged over the months with weights n_t: sum n_t K_t/N_t / sum n_t. The pooled share of the drawn that was
confirmed is unbiased for it (Horvitz & Thompson 1952, DOI 10.2307/2280784: with chance n_t/N_t each pick of month t
stands for N_t/n_t addresses).
Its interval is that of Clopper & Pearson (1934, DOI 10.1093/biomet/26.4.404) for one binomial, on the safe side: a sum
of unequal chances (Hoeffding 1956, DOI 10.1214/aoms/1177728178) and a draw without replacement both vary less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta, norm

from models.evaluate import Interval
from models.tables import Codes, Floats

LEVEL = 0.90
Bounds = Callable[[Codes, int], tuple[Floats, Floats]]  # (numbers found, number drawn) -> low, high


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """A month's draw: free addresses, confirmed among them if all were visited, number drawn."""

    free: int
    found: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """share: of the draws whose interval held the truth; width: mean width; bias: mean estimate minus truth."""

    method: str
    truth: float
    share: float
    width: float
    bias: float
    draws: int


def clopper_pearson(found: Codes, drawn: int) -> tuple[Floats, Floats]:
    """Never covers less than LEVEL."""
    tail = (1 - LEVEL) / 2
    low = np.where(found > 0, beta.ppf(tail, np.maximum(found, 1), drawn - found + 1), 0.0)
    high = np.where(found < drawn, beta.ppf(1 - tail, found + 1, np.maximum(drawn - found, 1)), 1.0)
    return low, high


def jeffreys(found: Codes, drawn: int) -> tuple[Floats, Floats]:
    """Equal-tailed, prior Beta(1/2, 1/2); ends 0 and 1 (Brown, Cai & DasGupta 2001, DOI 10.1214/ss/1009213286)."""
    tail = (1 - LEVEL) / 2
    low = np.where(found > 0, beta.ppf(tail, found + 0.5, drawn - found + 0.5), 0.0)
    high = np.where(found < drawn, beta.ppf(1 - tail, found + 0.5, drawn - found + 0.5), 1.0)
    return low, high


def wilson(found: Codes, drawn: int) -> tuple[Floats, Floats]:
    """The score interval (Wilson 1927, DOI 10.1080/01621459.1927.10502953)."""
    z = norm.ppf(1 - (1 - LEVEL) / 2)
    share, size = found / drawn, 1 + z**2 / drawn
    middle = (share + z**2 / (2 * drawn)) / size
    half = z / size * np.sqrt(share * (1 - share) / drawn + z**2 / (4 * drawn**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


METHODS: dict[str, Bounds] = {"clopper-pearson": clopper_pearson, "jeffreys": jeffreys, "wilson": wilson}


def estimate(found: int, drawn: int) -> Interval:
    """The share confirmed, with its interval; all unknown (0-1, value NaN) where nothing was drawn."""
    if drawn == 0:
        return Interval(value=float("nan"), low=0.0, high=1.0)
    low, high = clopper_pearson(np.array([found]), drawn)
    return Interval(value=found / drawn, low=float(low[0]), high=float(high[0]))


def truth(strata: Sequence[Stratum]) -> float:
    """What the pooled share estimates: the share that would be confirmed, months weighed by their draws."""
    drawn = sum(s.drawn for s in strata)
    return sum(s.drawn * s.found / s.free for s in strata if s.free) / drawn if drawn else float("nan")


def coverage(strata: Sequence[Stratum], method: str, *, draws: int = 2000, seed: int = 0) -> Coverage:
    """Draw every month's stream again, `draws` times, from the same worlds, and see how often the interval holds."""
    rng = np.random.default_rng(seed)
    used = [s for s in strata if s.drawn]
    found = np.zeros(draws, dtype=np.int64)
    for s in used:
        found += rng.hypergeometric(s.found, s.free - s.found, s.drawn, size=draws)
    drawn, true = sum(s.drawn for s in used), truth(used)
    low, high = METHODS[method](found, drawn)
    return Coverage(
        method=method,
        truth=true,
        share=float(((low <= true) & (true <= high)).mean()),
        width=float((high - low).mean()),
        bias=float(found.mean() / drawn - true),
        draws=draws,
    )
