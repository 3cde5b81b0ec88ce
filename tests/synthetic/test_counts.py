"""Counting people per month against counting them one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from synthetic import counts
from synthetic.params import Params

PARAMS = Params(addresses=300, months=13)
DAY = st.integers(PARAMS.today - 500, PARAMS.today + 40)


@given(st.lists(st.tuples(st.integers(-1, 3), DAY, DAY, st.integers(0, 3)), max_size=20))
def test_equals_the_plain_count(rows: list[tuple[int, int, int, int]]) -> None:
    address, van, tot, weight = (np.array([r[i] for r in rows], dtype=np.int64) for i in range(4))
    found = counts.per_month(address, van, tot, 4, PARAMS, weight)
    expected = np.zeros((4, 13), dtype=int)
    for a, first, last, w in rows:
        for month, start in enumerate(PARAMS.month_starts[:-1]):
            if a >= 0 and first <= start + 14 < last:
                expected[a, month] += w
    assert (found == expected).all()
