"""Time as a judge, and folds that keep an address together."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.examples import Examples
from models.folds import grouped_folds
from models.splits import in_space, in_time, rolling_origin
from tests.models.example_rows import rows as example_rows


def test_three_splits_of_half_a_year_with_a_gap_before_each() -> None:
    found = rolling_origin(date(2026, 10, 1), splits=2, test_months=6, gap_months=1)
    assert [(s.known_until, s.test_from, s.test_to) for s in found] == [
        (date(2025, 9, 1), date(2025, 10, 1), date(2026, 4, 1)),
        (date(2026, 3, 1), date(2026, 4, 1), date(2026, 10, 1)),
    ]


def test_nothing_is_learned_from_what_was_finished_later() -> None:
    split = rolling_origin(date(2026, 10, 1), splits=1)[0]
    days = pd.Series(pd.to_datetime(["2026-03-01", "2026-03-02", "2026-04-01", "2026-10-01", None]))
    assert split.train_rows(days).tolist() == [True, False, False, False, False]
    assert split.test_rows(days).tolist() == [False, False, True, False, False]


def test_impossible_splits_are_refused() -> None:
    with pytest.raises(ValueError, match="splits"):
        rolling_origin(date(2026, 10, 1), splits=0)


@given(st.lists(st.tuples(st.integers(0, 15), st.booleans()), min_size=4, max_size=60), st.integers(0, 9))
def test_an_address_lies_in_one_fold_and_positive_addresses_are_spread(rows: list[tuple[int, bool]], seed: int) -> None:
    address, y = np.array([a for a, _ in rows]), np.array([float(b) for _, b in rows])
    fold = grouped_folds(y, address, 3, seed)
    assert all(len(set(fold[address == a])) == 1 for a in set(address.tolist()))
    positive = [len({a for a, b, f in zip(address, y, fold, strict=True) if b and f == k}) for k in range(3)]
    assert max(positive) - min(positive) <= 1


def _three() -> Examples:
    """A label finished in time, one that straddles the gap, one that begins after it; and a quiet row."""
    days = ["2026-01-05", "2026-02-20", "2026-04-10", "2026-01-31"]
    ends = ["2026-02-01", "2026-03-20", "2026-05-10", "2026-01-31"]
    return example_rows(
        pd.DataFrame({"x": np.arange(4.0)}),
        np.array([1.0, 0, 1, 0]),
        labelled=np.array([True, True, True, False]),
        start=np.array(days, dtype="datetime64[s]"),
        afgerond=np.array(ends, dtype="datetime64[s]"),
        block=np.array([0, 0, 1, 1]),
    )


def test_a_trial_in_time_learns_from_what_was_finished_and_tests_what_began_later() -> None:
    newest = in_time(_three(), date(2026, 10, 1))[-1]
    assert newest.train.tolist() == [True, False, False, True]
    assert newest.test.tolist() == [False, False, True, False]
    assert (newest.name, newest.begins) == ("2026-04-01 t/m 2026-09-30", date(2026, 4, 1))


def test_a_trial_in_space_never_sees_its_own_block_and_tests_labels_alone() -> None:
    found = in_space(_three(), date(2026, 10, 1))
    assert [one.train.tolist() for one in found] == [[False, False, True, True], [True, True, False, False]]
    assert [one.test.tolist() for one in found] == [[True, True, False, False], [False, False, True, False]]
    early = in_space(_three(), date(2026, 4, 1))[0]
    assert early.train.tolist() == [False, False, False, True], "an outcome that was not known yet teaches nothing"
    assert in_space(_three().take(np.array([True, True, False, False])), date(2026, 10, 1)) == ()


@given(st.lists(st.integers(-1, 9), min_size=2, max_size=40))
def test_every_placed_label_is_tested_once_in_space_and_no_address_is_on_both_sides(blocks: list[int]) -> None:
    n = len(blocks)
    found = example_rows(pd.DataFrame({"x": np.zeros(n)}), np.zeros(n), block=np.array(blocks))
    trials = in_space(found, date(2026, 10, 1))
    if trials:
        assert (sum(one.test.astype(int) for one in trials) == (np.array(blocks) >= 0)).all()
    assert not any((one.train & one.test).any() for one in trials)
