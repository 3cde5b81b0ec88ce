"""Family ties by ages alone, and what belongs to one address."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.families import heads, without_tie
from features.per_address import count, distinct, highest, largest_share, lowest, median, total


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([1980, 1982, 2000, 2002], 0),  # a couple with two grown children
        ([1950, 1980, 1982], 0),  # a grandparent and a couple: either may be the child
        ([1990, 1991, 1992, 1993, 1994], 3),  # five of one age: three beyond a couple
        ([1980, 1982, 1981, 2003], 1),  # a couple, their child, and one more of the parents' age
        ([1990, 1991, np.nan], 0),  # an unknown year gets the benefit of the doubt
    ],
)
def test_adults_without_tie(years: list[float], expected: int) -> None:
    household = np.zeros(len(years), dtype=np.int64)
    assert without_tie(household, np.array(years, dtype=float), 1).tolist() == [expected]


@given(st.lists(st.tuples(st.integers(0, 3), st.one_of(st.just(np.nan), st.integers(1900, 2008))), max_size=30))
def test_heads_equal_the_plain_version(people: list[tuple[int, float]]) -> None:
    household = np.array([p[0] for p in people], dtype=np.int64)
    year = np.array([p[1] for p in people], dtype=float)
    plain = [
        not np.isnan(y) and not any(h == other and 16 <= y - older <= 50 for other, older in people) for h, y in people
    ]
    assert heads(household, year).tolist() == plain


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(0, 5)), max_size=40), st.randoms())
def test_sums_per_address_equal_the_plain_version_in_any_order(rows: list[tuple[int, int]], random: object) -> None:
    random.shuffle(rows)  # type: ignore[attr-defined]
    adres = np.array([r[0] for r in rows], dtype=np.int32)
    value = np.array([r[1] for r in rows], dtype=np.int64)
    own = [[v for a, v in rows if a == at] for at in range(5)]
    assert count(adres, 5).tolist() == [len(v) for v in own]
    assert total(adres, value.astype(float), 5).tolist() == [sum(v) for v in own]
    assert distinct(adres, value, 5).tolist() == [len(set(v)) for v in own]
    assert largest_share(adres, value, 5).tolist() == [max((v.count(x) for x in v), default=0) for v in own]
    assert highest(adres, value.astype(float), 5, empty=-1.0).tolist() == [max(v, default=-1) for v in own]
    assert lowest(adres, value.astype(float), 5, empty=-1.0).tolist() == [min(v, default=-1) for v in own]
    np.testing.assert_array_equal(median(adres, value.astype(float), 5), [np.median(v) if v else np.nan for v in own])
