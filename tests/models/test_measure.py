"""All figures from one matrix of redraws equal the plain ones, one redraw at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from models.evaluate import average_precision, precision_at
from models.measure import Curve, Outcomes, depths, difference, measured

ROWS = st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=2, max_size=25).filter(
    lambda rows: any(y for y, _ in rows)
)


def _arrays(rows: list[tuple[bool, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([float(y) for y, _ in rows]), np.array([float(s) for _, s in rows])


@given(ROWS, st.integers(1, 30), st.integers(0, 99))
def test_every_redraw_equals_the_plain_figures_on_the_rows_it_drew(
    rows: list[tuple[bool, int]], k: int, seed: int
) -> None:
    y, score = _arrays(rows)
    outcomes = Outcomes.of(y, seed=seed, draws=5)
    k = min(k, len(y))
    curve = Curve.of(outcomes, score)
    found, (mass, hits) = curve.average_precision(), curve.until(k)
    for draw, counts in enumerate(outcomes.counts.astype(int)):
        drawn = np.repeat(np.arange(len(y)), counts)
        assert counts[y == 1].sum() == y.sum() and len(drawn) == len(y)
        assert found[draw] == pytest.approx(average_precision(y[drawn], score[drawn]))
        assert mass[draw] == pytest.approx(k)
        assert hits[draw] / k == pytest.approx(precision_at(y[drawn], score[drawn], k).expected)


@given(ROWS, st.data())
def test_weighted_average_precision_equals_scikit_learns(rows: list[tuple[bool, int]], data: st.DataObject) -> None:
    y, score = _arrays(rows)
    weight = np.array(data.draw(st.lists(st.sampled_from([0.5, 1.0, 4.0]), min_size=len(y), max_size=len(y))))
    found = Curve.of(Outcomes.of(y, weight=weight, draws=1), score).average_precision()[0]
    assert found == pytest.approx(average_precision_score(y, score, sample_weight=weight))


def test_figures_by_hand() -> None:
    y = np.array([1.0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    score = np.arange(10.0)[::-1]
    found = measured("model", Outcomes.of(y), score, np.zeros(10), depths(10, 5))
    at = {one.name: one for one in found.at}
    assert list(at) == ["8", "1%", "capaciteit"]  # 20, 60 and 200 are more than there are
    assert (found.n, found.positives, at["1%"].k, at["capaciteit"].k) == (10, 2, 1, 5)
    five = at["capaciteit"]
    assert five.precision.value == pytest.approx(2 / 5)
    assert (five.recall.value, five.lift.value, five.hits.value) == pytest.approx((1.0, 2.0, 2.0))
    # the rules tie everything: average precision is the share of positives, 0.2; ours is (1 + 2/3) / 2
    assert found.difference.value == pytest.approx(5 / 6 - 0.2)


def test_weights_say_what_a_row_stands_for() -> None:
    # the first row stands for three that are positive, the second for one that is not
    outcomes = Outcomes.of(np.array([1.0, 0.0]), weight=np.array([3.0, 1.0]), draws=3)
    found = measured("model", outcomes, np.array([2.0, 1.0]), np.zeros(2), [("2", 2)]).at[0]
    assert found.precision.value == pytest.approx(3 / 4)
    assert found.lift.value == pytest.approx(1.0)


def test_a_difference_is_paired() -> None:
    """Two rankings that are the same differ by nothing, in every redraw."""
    rng = np.random.default_rng(1)
    y, score = (rng.random(200) < 0.2).astype(float), rng.normal(size=200)
    found = difference(Outcomes.of(y), score, score * 2)
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)
    better = difference(Outcomes.of(y), score + 2 * y, score)
    assert better.low > 0


def test_ties_show_their_bounds_and_nothing_to_find_is_not_a_number() -> None:
    found = measured("toeval", Outcomes.of(np.array([1.0, 0, 0, 0])), np.zeros(4), np.zeros(4), [("1%", 1)])
    assert (found.at[0].worst, found.at[0].precision.value, found.at[0].best) == (0.0, 0.25, 1.0)
    none = measured("model", Outcomes.of(np.zeros(9)), np.arange(9.0), np.zeros(9), depths(9, 0))
    assert np.isnan(none.average_precision.value) and np.isnan(none.at[0].recall.value)
    assert none.at[0].precision.value == 0.0
