"""Examples by hand: whatever is not given is neutral."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from models.examples import Examples


def rows(X: pd.DataFrame, y: np.ndarray, **given: Any) -> Examples:
    """n labelled rows of n addresses, begun on 1 January 2026, finished on 1 February, one block, no handler."""
    n = len(y)
    fields: dict[str, Any] = {
        "labelled": np.ones(n, dtype=bool),
        "address": np.arange(n),
        "start": np.full(n, np.datetime64("2026-01-01", "s")),
        "afgerond": np.full(n, np.datetime64("2026-02-01", "s")),
        "steekproef": np.zeros(n, dtype=bool),
        "selectiekans": np.full(n, np.nan),
        "behandelaar": np.full(n, "", dtype="U8"),
        "block": np.zeros(n, dtype=np.int64),
        "register": "r1",
    }
    return Examples(X=X, y=y, **(fields | given))
