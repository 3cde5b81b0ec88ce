"""What is usual: per feature the median among dwellings of the same kind, to set beside an address's own value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.tables import Codes, Floats

SMALLEST_KIND = 30  # a rarer kind is compared with all dwellings


@dataclass(frozen=True, eq=False)
class Reference:
    """kind: n codes, the row in `medians`. medians: a row per kind, a column per feature; NaN = nobody's is known."""

    kind: Codes
    medians: pd.DataFrame

    def of(self, name: str) -> Floats:
        """n values: what is usual for `name` at each address; NaN where that is not known."""
        if name not in self.medians:
            return np.full(len(self.kind), np.nan)
        return self.medians[name].to_numpy(dtype=np.float64)[self.kind]


def reference(X: pd.DataFrame, kind_columns: tuple[str, ...] = ()) -> Reference:
    """Medians per combination of `kind_columns` (columns of X); a rare or unknown kind takes those of all rows.

    The last row of `medians` is that of all rows.
    """
    everyone = X.median().to_frame().T
    present = [name for name in kind_columns if name in X.columns]
    if not present or X.empty:
        return Reference(kind=np.zeros(len(X), dtype=np.int64), medians=everyone.astype(np.float64))
    code = (
        X.groupby(present, dropna=True, sort=True).ngroup().fillna(-1).to_numpy(dtype=np.int64)
    )  # -1: a kind column is missing
    counts = np.bincount(code[code >= 0], minlength=code.max(initial=0) + 1)
    common = np.flatnonzero(counts >= SMALLEST_KIND)
    renumbered = np.full(len(counts) + 1, len(common), dtype=np.int64)  # index -1: the last cell
    renumbered[common] = np.arange(len(common))
    kind = renumbered[code]
    per_kind = X.groupby(kind).median().reindex(range(len(common)))
    return Reference(kind=kind, medians=pd.concat([per_kind, everyone], ignore_index=True).astype(np.float64))
