"""The calibration error by hand, and what of it is chance."""

from __future__ import annotations

import numpy as np
import pytest

from models.reliability import bins, ece, honest


def test_by_hand() -> None:
    # two parts of 20: kans .1 with 6 of 20 found, kans .5 with 10 of 20 found
    kans = np.repeat([0.1, 0.5], 20)
    y = np.concatenate([np.arange(20) < 6, np.arange(20) < 10]).astype(float)
    found = bins(kans, y)
    assert [(one.kans, one.found, one.n) for one in found] == [
        (pytest.approx(0.1), 0.3, 20),
        (pytest.approx(0.5), 0.5, 20),
    ]
    assert ece(kans, y).value == pytest.approx((0.2 * 20 + 0.0 * 20) / 40)
    assert found[0].low < 0.3 < found[0].high


def test_honest_probabilities_stay_below_what_chance_allows_and_dishonest_ones_do_not() -> None:
    rng = np.random.default_rng(1)
    kans = rng.uniform(0.02, 0.6, 600)
    allowed = honest(kans)
    assert 0 < allowed < 0.1
    samples = [(rng.random(600) < kans).astype(float) for _ in range(100)]
    assert 0 < sum(ece(kans, y).value > allowed for y in samples) <= 12  # 5 expected
    assert all(ece(np.minimum(kans + 0.2, 1), y).low > allowed for y in samples)


def test_few_rows_make_one_part() -> None:
    assert [one.n for one in bins(np.linspace(0, 1, 15), np.zeros(15))] == [15]
