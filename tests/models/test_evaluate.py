"""The figures of a ranking, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from models.evaluate import average_precision, interval, precision_at


def test_precision_without_ties() -> None:
    y, score = np.array([1.0, 0, 1, 0]), np.array([4.0, 3, 2, 1])
    found = precision_at(y, score, 3)
    assert found.worst == found.expected == found.best == pytest.approx(2 / 3)


def test_ties_at_the_border_give_worst_expected_and_best() -> None:
    # one sure hit, then two places for four tied rows of which one is a hit
    y, score = np.array([1.0, 1, 0, 0, 0, 0]), np.array([9.0, 5, 5, 5, 5, 1])
    found = precision_at(y, score, 3)
    assert found.worst == pytest.approx(1 / 3)  # no tied hit comes first: three misses fill two places
    assert found.best == pytest.approx(2 / 3)
    assert found.expected == pytest.approx((1 + 2 * 1 / 4) / 3)


def test_average_precision_by_hand() -> None:
    # hits on places 1 and 3: (1/1 + 2/3) / 2
    assert average_precision(np.array([1.0, 0, 1, 0]), np.array([4.0, 3, 2, 1])) == pytest.approx(5 / 6)


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=1, max_size=30).filter(
        lambda r: any(a for a, _ in r)
    )
)
def test_average_precision_equals_scikit_learn_with_ties_too(rows: list[tuple[bool, int]]) -> None:
    y, score = np.array([float(a) for a, _ in rows]), np.array([float(b) for _, b in rows])
    assert average_precision(y, score) == pytest.approx(average_precision_score(y, score))


def test_nothing_to_find_gives_nan_and_k_is_cut_to_the_rows() -> None:
    assert np.isnan(average_precision(np.zeros(3), np.arange(3.0)))
    assert precision_at(np.array([1.0, 0]), np.array([2.0, 1]), 10).expected == 0.5


def test_an_interval_holds_the_figure_and_is_the_same_for_the_same_seed() -> None:
    rng = np.random.default_rng(3)
    y = (rng.random(300) < 0.3).astype(float)
    score = y + rng.normal(size=300)
    first = interval(average_precision, y, score, seed=1)
    assert first == interval(average_precision, y, score, seed=1)
    assert first.low < first.value < first.high
