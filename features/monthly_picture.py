"""Monthly use of a few addresses beside that of comparable inhabited dwellings: what the page draws.

Only for the addresses that are shown: the quantiles are taken per peer group that occurs among them, not per address.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.landing import Sources
from features.peers import MINIMUM, Peers, peers
from features.stays import stays

MONTHS = 24  # the latest months of use that are drawn
SHARES = (0.1, 0.5, 0.9)
COLUMNS = ("laag", "midden", "hoog")

Positions = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


def energy(sources: Sources, positions: Positions) -> pd.DataFrame:
    """The published table `energie` for the addresses at `positions`: per product and month own use and P10, P50, P90.

    Months in which the address has no figure are left out; NaN in a quantile = nobody to compare with.
    """
    use = sources.energie_maand
    if use is None or not len(use) or not len(positions):
        return _frame(sources, [])
    groups = peers(sources, stays(sources))
    last = int(use["maand"].max())
    parts = []
    for product in ("ELK", "GAS"):
        of = use[(use["product"] == product) & (use["maand"] > last - MONTHS)]
        matrix = np.full((sources.size, MONTHS), np.nan, dtype=np.float32)
        matrix[of["adres"], of["maand"] - (last - MONTHS + 1)] = of["afname"]
        parts.append(_product(product, matrix, groups, positions, last))
    return _frame(sources, parts)


def _product(
    product: str, matrix: npt.NDArray[np.float32], groups: Peers, positions: Positions, last: int
) -> pd.DataFrame:
    usual = _quantiles(matrix, groups, positions)
    own = matrix[positions]
    row, column = np.nonzero(~np.isnan(own))
    month = last - MONTHS + 1 + column
    spread = {name: usual[row, column, at] for at, name in enumerate(COLUMNS)}
    text = (month - 1970 * 12).astype("datetime64[M]").astype("str")
    return pd.DataFrame(
        {"adres": positions[row], "product": product, "maand": text, "verbruik": own[row, column], **spread}
    )


def _quantiles(matrix: npt.NDArray[np.float32], groups: Peers, positions: Positions) -> Floats:
    """positions x MONTHS x 3: quantiles over the narrowest group with MINIMUM inhabited homes that have a meter."""
    known = groups.reference & ~np.isnan(matrix).all(axis=1)
    result = np.full((len(positions), matrix.shape[1], len(SHARES)), np.nan)
    waiting = np.ones(len(positions), dtype=bool)
    for depth, codes in enumerate(groups.levels):
        members = pd.Series(np.flatnonzero(known)).groupby(codes[known]).indices
        for code in np.unique(codes[positions[waiting]]):
            rows = np.flatnonzero(known)[members[code]] if code in members else np.empty(0, dtype=np.int64)
            if len(rows) < MINIMUM and depth < len(groups.levels) - 1:
                continue
            here = waiting & (codes[positions] == code)
            if len(rows):
                result[here] = _spread(matrix[rows]).T
            waiting &= ~here
    return result


def _spread(use: npt.NDArray[np.float32]) -> Floats:
    """3 x months; a month in which nobody has a figure stays NaN."""
    ordered, counts = np.sort(use, axis=0), (~np.isnan(use)).sum(axis=0)  # NaN sorts last
    place = np.array(SHARES)[:, None] * np.maximum(counts - 1, 0)
    low = place.astype(np.int64)
    high = np.minimum(low + 1, np.maximum(counts - 1, 0))
    month = np.arange(use.shape[1])
    spread = ordered[low, month] + (place - low) * (ordered[high, month] - ordered[low, month])
    return np.where(counts > 0, spread, np.nan)


def _frame(sources: Sources, parts: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ["adresseerbaarobject_identificatie", "product", "maand", "verbruik", *COLUMNS]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype="str" if at < 3 else "float64") for at, name in enumerate(columns)})
    found = pd.concat(parts, ignore_index=True)
    found.insert(0, columns[0], sources.adressen["identificatie"].to_numpy()[found["adres"]])
    return found[columns]
