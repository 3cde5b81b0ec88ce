"""Intervals against their own defining equations, and figures by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.proportions import Rate, Z, difference, effective, ratio, share, simultaneous, unknown, widened


@pytest.mark.parametrize(("hits", "n"), [(5, 10), (1, 40), (0, 25), (30, 30)])
def test_the_ends_of_wilsons_interval_are_z_standard_errors_from_what_was_seen(hits: int, n: int) -> None:
    rate = share(hits / n, n, n)
    for end in (rate.low, rate.high):
        if 1e-9 < end < 1 - 1e-9:
            assert abs(hits / n - end) == pytest.approx(Z * np.sqrt(end * (1 - end) / n), rel=1e-6)
    assert rate.low <= hits / n <= rate.high
    assert rate.high - rate.low > 0


def test_unequal_weights_count_for_fewer_rows() -> None:
    assert effective(np.ones(8)) == 8
    assert effective(np.array([3.0, 1.0])) == pytest.approx(16 / 10)
    assert effective(np.empty(0)) == 0


def test_a_ratio_by_hand() -> None:
    found = ratio(20, 100, 10, 100)
    # se = sqrt(1/20 - 1/100 + 1/10 - 1/100)
    spread = np.sqrt(0.05 - 0.01 + 0.1 - 0.01)
    assert found.value == pytest.approx(2)
    assert found.low == pytest.approx(2 * np.exp(-Z * spread))
    assert found.high == pytest.approx(2 * np.exp(Z * spread))


def test_a_ratio_with_no_hits_on_a_side_is_still_a_number_with_a_wide_interval() -> None:
    none = ratio(0, 100, 10, 100)
    assert none.value == 0
    assert 0 < none.low < none.high < 1
    assert ratio(10, 100, 0, 100).value == pytest.approx(10.5 / 0.5)
    assert not ratio(0, 0, 10, 100).known


def test_a_difference_by_hand() -> None:
    one, other = Rate(value=0.5, low=0.42, high=0.6, n=60), Rate(value=0.3, low=0.25, high=0.36, n=200)
    found = difference(one, other)
    assert found.value == pytest.approx(0.2)
    assert found.low == pytest.approx(0.2 - np.hypot(0.08, 0.06))
    assert found.high == pytest.approx(0.2 + np.hypot(0.1, 0.05))
    assert not difference(one, unknown(3)).known


def test_more_comparisons_ask_for_more() -> None:
    assert simultaneous(1) == pytest.approx(Z)
    assert simultaneous(20) == pytest.approx(2.807, abs=1e-3)  # 5% over 20: 0.25% in the tail
    wide = widened(Rate(value=0.5, low=0.4, high=0.55, n=1), 2 * Z)
    assert (wide.low, wide.high) == (pytest.approx(0.3), pytest.approx(0.6))
