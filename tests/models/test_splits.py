"""Time as a judge, and folds that keep an address together."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.folds import grouped_folds
from models.splits import rolling_origin


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
