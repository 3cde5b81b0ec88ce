"""Identity numbers pass their own tests, computed here digit by digit."""

from itertools import pairwise

import numpy as np
import pytest

from synthetic import numbers


def test_bsns_pass_the_eleven_test_and_begin_with_nine() -> None:
    made = numbers.bsns(400, 3, np.random.default_rng(1))
    for number in made:
        figures = [int(c) for c in str(number)]
        assert figures[0] == 9
        assert len(figures) == 9
        assert (sum(w * f for w, f in zip(range(9, 1, -1), figures[:8], strict=True)) - figures[8]) % 11 == 0
    assert len(np.unique(made)) == 400


def test_a_numbers_follow_the_three_rules() -> None:
    for number in numbers.a_numbers(400, 3, np.random.default_rng(1)):
        figures = [int(c) for c in str(number)]
        assert len(figures) == 10
        assert all(a != b for a, b in pairwise(figures))
        assert sum(figures) % 11 in (0, 5)
        assert sum(f * 2**i for i, f in enumerate(figures)) % 11 == 0


def test_gemeenten_share_no_number() -> None:
    rng = np.random.default_rng(1)
    for make in (numbers.bsns, numbers.a_numbers):
        assert not set(make(5000, 0, rng)) & set(make(5000, 1, rng))


def test_more_than_the_range_holds_is_said() -> None:
    with pytest.raises(ValueError, match="make the range wider"):
        numbers.bsns(numbers.PER_GEMEENTE, 0, np.random.default_rng(1))
