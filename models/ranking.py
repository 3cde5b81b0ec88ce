"""From scores to a ranked list: a permutation per gemeente and target, ties in an order that tells nothing."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.scores import BANDS, SCORES
from models.tables import Floats

BAND_SHARES = (0.003, 0.01, 0.03, 0.10)  # the end of bands A-D, as a share of the ranking; E is the rest
AHEAD = BAND_SHARES[2]  # bands A-C: what is looked at first, and measured for fairness


def ranks(score: Floats, identificatie: pd.Series, key: bytes) -> NDArray[np.int32]:
    """1 = highest score. Equal scores follow a keyed hash (SipHash) of the identificatie, not the register's order.

    Raises ValueError where a score is NaN: what cannot be compared cannot be ranked.
    """
    if np.isnan(score).any():
        raise ValueError("Expected a score for every address; found NaN.")
    # SipHash takes a key of 16 characters; any key is brought to that length.
    short = hashlib.blake2b(key, digest_size=8).hexdigest()
    hashed = pd.util.hash_array(identificatie.to_numpy(dtype=object), hash_key=short, categorize=False)
    order = np.lexsort((identificatie.to_numpy(dtype="U"), hashed, -score))
    rank = np.empty(len(score), dtype=np.int32)
    rank[order] = np.arange(1, len(score) + 1, dtype=np.int32)
    return rank


def bands(rank: NDArray[np.int32]) -> pd.Categorical:
    """The band of each rank in a list of as many addresses; every list has at least one address in A."""
    ends = np.ceil(np.array(BAND_SHARES) * len(rank))
    return pd.Categorical.from_codes(np.searchsorted(ends, rank, side="left"), categories=list(BANDS), ordered=True)


def score_rows(
    *,
    run_id: str,
    doel: str,
    gemeente: str,
    identificatie: pd.Series,
    score: Floats,
    kans: Floats,
    afwijking: Floats,
    key: bytes,
) -> pd.DataFrame:
    """The rows of the `scores` table (models/scores.py) of one gemeente and target, in the order of `identificatie`."""
    n = len(identificatie)
    rank = ranks(score, identificatie, key + doel.encode())
    frame = pd.DataFrame(
        {
            "run_id": pd.Categorical.from_codes(np.zeros(n, dtype=np.int8), [run_id]),
            "doel": pd.Categorical.from_codes(np.zeros(n, dtype=np.int8), [doel]),
            "adresseerbaarobject_identificatie": identificatie.to_numpy(),
            "gemeente": pd.Categorical.from_codes(np.zeros(n, dtype=np.int8), [gemeente]),
            "kans": kans,
            "score": score,
            "rang": rank,
            "afwijking": afwijking,
            "band": bands(rank),
        }
    )
    frame["adresseerbaarobject_identificatie"] = frame["adresseerbaarobject_identificatie"].astype("str")
    return frame[list(SCORES.columns)]
