"""The map in blocks of equally many addresses: a fold of one block shares no address, and hardly a neighbour, with
another.

Halved time and again along the longer side (k-d tree: Bentley 1975, DOI 10.1145/361002.361007). Why blocks: neighbours
resemble each other, so rows of one street on both sides of a random split flatter a model (Roberts et al. 2017,
DOI 10.1111/ecog.02881).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.tables import Codes, Floats

HALVINGS = 3  # 8 blocks a gemeente
UNPLACED = -1  # no coordinates: in no block
GROUPS = 4


def map_blocks(x: Floats, y: Floats, halvings: int = HALVINGS) -> Codes:
    """The block 0 … 2**halvings - 1 of each address (RD, metres); -1 without coordinates.

    Blocks whose numbers are next to each other are neighbours. Addresses of the same place lie in the same block.
    """
    block = np.full(len(x), UNPLACED, dtype=np.int64)
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    block[placed] = 0
    parts = [placed]
    for _ in range(halvings):
        parts = [half for part in parts for half in _halves(part, x, y)]
    for code, part in enumerate(parts):
        block[part] = code
    return block


def of_addresses(adressen: pd.DataFrame, gemeente: str) -> Codes:
    """The block of every row of the landing table `adressen`; numbers of two gemeenten never meet."""
    block = map_blocks(adressen["x"].to_numpy(dtype=np.float64), adressen["y"].to_numpy(dtype=np.float64))
    return np.where(block == UNPLACED, UNPLACED, int(gemeente) * (1 << HALVINGS) + block)


def grouped(block: Codes, groups: int = GROUPS) -> Codes:
    """Blocks joined into at most `groups` groups of neighbours, 0 and up; -1 stays -1."""
    codes = np.unique(block[block != UNPLACED])
    group_of = np.concatenate([np.full(len(part), at) for at, part in enumerate(np.array_split(codes, groups))])
    out = np.full(len(block), UNPLACED, dtype=np.int64)
    placed = block != UNPLACED
    out[placed] = group_of[np.searchsorted(codes, block[placed])]
    return out


def _halves(part: Codes, x: Floats, y: Floats) -> tuple[Codes, Codes]:
    """Two parts of equal size along the longer side; what lies at the very same place stays together."""
    if not len(part):
        return part, part
    along = x[part] if np.ptp(x[part]) >= np.ptp(y[part]) else y[part]
    low = along < np.median(along)
    if not low.any():
        low = along <= np.median(along)
    return part[low], part[~low]
