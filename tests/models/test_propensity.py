"""Weights of addresses whose chance of being chosen is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models.propensity import CLIP, inverse, propensity_weights, random_stream
from tests.models.example_rows import rows


def test_a_row_drawn_half_as_often_stands_for_twice_as_many_and_the_unknown_for_itself() -> None:
    assert inverse(np.array([0.1, 0.2, np.nan, 0.0])).tolist() == pytest.approx([4 / 3, 2 / 3, 1.0, 1.0])
    assert inverse(np.array([np.nan])).tolist() == [1.0]


def test_no_row_counts_for_more_than_the_clip() -> None:
    weight = inverse(np.array([1e-9, 0.5, 0.5]))
    assert weight[0] / weight[1] == pytest.approx(CLIP)
    assert weight.mean() == pytest.approx(1.0)


def test_the_random_stream_is_weighed_and_counts_for_its_effective_size() -> None:
    # weights 1.6 and 0.4: share 0.4 / 2; effective size 2^2 / (1.6^2 + 0.4^2)
    drawn, found = random_stream(np.array([0.0, 1.0]), np.array([0.1, 0.4]))
    assert (drawn, found) == pytest.approx((4 / 2.72, 0.2 * 4 / 2.72))
    assert random_stream(np.empty(0), np.empty(0)) == (0.0, 0.0)


def test_two_strata_drawn_at_different_rates_give_the_share_of_the_whole() -> None:
    """Of 1,000 empty homes 100 are positive, of 9,000 inhabited ones none; equally many are drawn of both."""
    y = np.concatenate([np.repeat([1.0, 0.0], [10, 90]), np.zeros(100)])
    drawn, found = random_stream(y, np.repeat([100 / 1000, 100 / 9000], 100))
    assert found / drawn == pytest.approx(100 / 10_000)
    assert y.mean() == 0.05  # what it would be without weights


def test_light_negatives_keep_their_weight_and_corrections_multiply() -> None:
    found = rows(
        pd.DataFrame({"x": np.zeros(3)}),
        np.zeros(3),
        labelled=np.array([True, True, False]),
        selectiekans=np.array([0.1, 0.2, np.nan]),
    )
    assert propensity_weights(found).tolist() == pytest.approx([4 / 3, 2 / 3, 1.0])
    corrected = found.take(np.ones(3, dtype=bool))
    object.__setattr__(corrected, "weight", np.array([0.5, 1.0, 1.0]))
    assert propensity_weights(corrected).tolist() == pytest.approx([2 / 3, 2 / 3, 1.0])
