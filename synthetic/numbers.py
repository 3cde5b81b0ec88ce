"""Fictitious identity numbers: valid by their own tests, in ranges of which none was ever handed out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
PER_GEMEENTE = 300_000


def bsns(count: int, where: int, rng: np.random.Generator) -> Ints:
    """Numbers of nine digits that begin with 9 and pass the eleven test (9a + 8b + … + 2h - i divisible by 11)."""
    head = 90_000_000 + where * PER_GEMEENTE + rng.permutation(PER_GEMEENTE)
    rest = (digits(head, 8) * np.arange(9, 1, -1)).sum(axis=1) % 11
    good = (head * 10 + rest)[rest < 10]
    return _enough(good, count)


def a_numbers(count: int, where: int, rng: np.random.Generator) -> Ints:
    """Numbers of ten digits by LO BRP: neighbours differ, sum = 0 or 5 modulo 11, sum of a_i 2^i divisible by 11."""
    head = 10_000_000 + where * 2_500_000 + rng.permutation(2_500_000)[: count * 13 + 1000]  # one in nine will do
    figures = digits(head, 8)
    plain = figures.sum(axis=1) % 11
    weighed = (figures * 2 ** np.arange(8)).sum(axis=1) % 11
    tail = _tails()[plain, weighed, figures[:, 7]]
    good = (tail >= 0) & (np.diff(figures, axis=1) != 0).all(axis=1)
    return _enough((head * 100 + tail)[good], count)


def _tails() -> Ints:
    """11 x 11 x 10: the last two digits for sum, weighed sum and eighth digit; -1 = there are none."""
    tail = np.stack(np.divmod(np.arange(100), 10), axis=1)
    residue = np.arange(11)
    plain = (residue[:, None] + tail.sum(axis=1)) % 11
    weighed = (residue[:, None] + tail[:, 0] * 256 + tail[:, 1] * 512) % 11
    own = (tail[:, 0] != tail[:, 1]) & (np.arange(10)[:, None] != tail[:, 0])
    fits = ((plain == 0) | (plain == 5))[:, None, None, :] & (weighed == 0)[None, :, None, :] & own[None, None, :, :]
    return np.where(fits.any(axis=3), fits.argmax(axis=3), -1)


def digits(number: Ints, width: int) -> Ints:
    """n x width decimal digits, the highest first."""
    return number[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10


def _enough(good: Ints, count: int) -> Ints:
    if len(good) < count:
        raise ValueError(f"found {len(good)} identity numbers, expected {count}: make the range wider")
    return good[:count]
