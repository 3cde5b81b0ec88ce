"""Households as they come: sizes and ages. Shares: CBS, households by size and age of the reference person, 2024."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
SIZES = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9])
SIZE_SHARE = np.array([0.40, 0.32, 0.12, 0.11, 0.035, 0.009, 0.003, 0.002, 0.001])
YEAR = 365.25


def sizes(count: int, rng: np.random.Generator, shares: npt.NDArray[np.float64] = SIZE_SHARE) -> Ints:
    """Household sizes."""
    return SIZES[rng.choice(len(SIZES), size=count, p=shares / shares.sum())]


def compose(size: Ints, today: int, rng: np.random.Generator, *, young: bool = False) -> tuple[Ints, Ints]:
    """Persons of households of these sizes: (household index, birth day) per person, the oldest first.

    young: people who move are younger than people who stay.
    """
    n = len(size)
    rank = _ranks(size)
    household = np.repeat(np.arange(n), size)
    couple = np.where(size == 2, rng.random(n) < 0.79, np.where(size > 2, rng.random(n) < 0.86, False))
    adults = np.where(size == 1, 1, np.where(couple, 2, 1))
    head = _heads(size, couple, rng, young)
    age = head[household].astype(float)
    partner = (rank == 1) & couple[household]
    child = rank >= adults[household]
    age = np.where(partner, np.maximum(age + rng.normal(-1.5, 3.2, len(age)), 18.5), age)
    oldest = np.clip(head - 25, 0.5, 24.0)
    first = np.where(size > 2, rng.uniform(0, 1, n) * oldest, rng.uniform(0.3, 1, n) * np.clip(head - 24, 0.5, 25))
    step = rng.uniform(1.4, 4.2, len(age))
    age = np.where(child, np.abs(first[household] - (rank - adults[household]) * step), age)
    return household, np.floor(today - age * YEAR - rng.uniform(0, 300, len(age)) * child).astype(np.int64)


def _ranks(size: Ints) -> Ints:
    ends = np.cumsum(size)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - size, size)


def _heads(size: Ints, couple: npt.NDArray[np.bool_], rng: np.random.Generator, young: bool) -> npt.NDArray[np.float64]:
    """Age of the oldest."""
    n = len(size)
    low, high = np.array([20, 35, 55, 70]), np.array([35, 55, 70, 93])
    shares = (0.46, 0.30, 0.15, 0.09) if young else (0.19, 0.25, 0.25, 0.31)
    band = rng.choice(4, n, p=shares)
    single = rng.uniform(low[band], high[band])
    shares = (0.50, 0.28, 0.18, 0.04) if young else (0.16, 0.18, 0.36, 0.30)
    band = rng.choice(4, n, p=shares)
    pair = rng.uniform(low[band], np.minimum(high[band], 88))
    family = np.clip(rng.normal(36 if young else 42, 7.5, n), 22, 62)
    return np.where(size == 1, single, np.where((size == 2) & couple, pair, family))
