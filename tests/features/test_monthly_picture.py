"""Monthly use beside that of peers: the fast quantiles against numpy's own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from features.monthly_picture import SHARES, _spread


@given(
    arrays(np.float64, st.tuples(st.integers(1, 40), st.integers(1, 5)), elements=st.floats(0, 1e4) | st.just(np.nan))
)
def test_spread_is_numpys_nanquantile(use: np.ndarray) -> None:
    found = _spread(use.astype(np.float32))
    for month in range(use.shape[1]):
        column = use[:, month].astype(np.float32)
        column = column[~np.isnan(column)]
        expected = np.quantile(column, SHARES) if len(column) else np.full(3, np.nan)
        np.testing.assert_allclose(found[:, month], expected, rtol=1e-4, atol=1e-3)
