"""Declared directions on the tables themselves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.monotone import breaches, straightened
from models.tables import Term

CUTS = np.array([1.0, 2.0])


def _pair(scores: np.ndarray) -> Term:
    return Term(features=("a", "b"), cuts=(CUTS, CUTS), scores=scores)


def test_a_breach_is_found_per_axis_and_missing_is_left_out() -> None:
    # the missing cell (9) may be anything; the cells 1, 3, 2 rise and fall
    term = Term(features=("a",), cuts=(CUTS,), scores=np.array([9.0, 1.0, 3.0, 2.0, 0.0]))
    assert breaches(term, {"a": 1}) == ("a",)
    assert breaches(term, {"a": -1}) == ("a",)
    assert breaches(term, {}) == ()


def test_a_straightened_table_is_the_mean_of_running_extremes() -> None:
    term = Term(features=("a",), cuts=(CUTS,), scores=np.array([9.0, 1.0, 3.0, 2.0, 0.0]))
    # rising: maximum from below 1 3 3, minimum from above 1 2 2, mean 1 2.5 2.5
    assert straightened([term], {"a": 1})[0].scores.tolist() == [9.0, 1.0, 2.5, 2.5, 0.0]
    # falling: maximum from above 3 3 2, minimum from below 1 1 1, mean 2 2 1.5
    assert straightened([term], {"a": -1})[0].scores.tolist() == [9.0, 2.0, 2.0, 1.5, 0.0]


@given(arrays(np.float64, (5, 5), elements=st.floats(-5, 5)), st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1]))
def test_a_straightened_pair_keeps_both_directions_and_a_second_time_changes_nothing(
    scores: np.ndarray, a: int, b: int
) -> None:
    directions = {"a": a, "b": b}
    straight = straightened([_pair(scores)], directions)[0]
    assert breaches(straight, directions) == ()
    assert np.array_equal(straightened([straight], directions)[0].scores, straight.scores)
