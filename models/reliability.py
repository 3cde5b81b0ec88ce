"""Is `kans` honest? Held-out probabilities against outcomes, in parts of equally many; the gap with its interval.

Expected calibration error (Naeini et al. 2015): the mean over the parts of |share found - mean kans|. With few rows it
is above 0 even for honest probabilities, so `honest` gives what it would then be by chance alone.
"""

from __future__ import annotations

import numpy as np

from models.evaluate import Interval
from models.figures import Bin
from models.tables import Codes, Floats

PARTS = 10
FEWEST = 20  # rows in a part
DRAWS = 200


def bins(kans: Floats, y: Floats, *, seed: int = 0) -> tuple[Bin, ...]:
    """Mean kans and share found of each part, ascending, with the 90% interval of the share."""
    part = _parts(kans)
    found, mean, n = _shares(part, kans, y, _redraws(len(y), seed))
    low, high = np.nanquantile(found[1:], [0.05, 0.95], axis=0)
    return tuple(
        Bin(kans=float(mean[0, b]), found=float(found[0, b]), n=int(n[0, b]), low=float(low[b]), high=float(high[b]))
        for b in range(found.shape[1])
    )


def ece(kans: Floats, y: Floats, *, seed: int = 0) -> Interval:
    """The expected calibration error with its 90% interval."""
    values = _gap(_parts(kans), kans, y, _redraws(len(y), seed))
    low, high = np.quantile(values[1:], [0.05, 0.95])
    return Interval(value=float(values[0]), low=float(low), high=float(high))


def honest(kans: Floats, *, seed: int = 0) -> float:
    """The error that honest probabilities stay below in 95 of 100 samples of this size."""
    rng = np.random.default_rng(seed)
    part = _parts(kans)
    y = (rng.random((DRAWS, len(kans))) < kans).astype(np.float64)
    size = np.bincount(part)
    gaps = np.stack([np.bincount(part, weights=row - kans, minlength=len(size)) for row in y])
    return float(np.quantile(np.abs(gaps).sum(axis=1) / len(kans), 0.95))


def _parts(kans: Floats) -> Codes:
    """The part 0 and up of each row, by rank of kans."""
    count = max(1, min(PARTS, len(kans) // FEWEST))
    part = np.empty(len(kans), dtype=np.int64)
    for code, rows in enumerate(np.array_split(np.argsort(kans, kind="stable"), count)):
        part[rows] = code
    return part


def _redraws(n: int, seed: int) -> Floats:
    """DRAWS + 1 x n: how often each row is drawn; row 0 is the sample itself."""
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, n, (DRAWS, n)) + np.arange(DRAWS)[:, None] * n
    counts = np.bincount(drawn.ravel(), minlength=DRAWS * n).reshape(DRAWS, n)
    return np.vstack([np.ones(n), counts])


def _shares(part: Codes, kans: Floats, y: Floats, counts: Floats) -> tuple[Floats, Floats, Floats]:
    """Per redraw and part: share found, mean kans, rows; NaN where a redraw left a part empty."""
    member = (part[:, None] == np.arange(part.max() + 1)).astype(np.float64)
    n, hits, sums = counts @ member, counts @ (member * y[:, None]), counts @ (member * kans[:, None])
    empty = np.full(n.shape, np.nan)
    found = np.divide(hits, n, out=empty.copy(), where=n > 0)
    return found, np.divide(sums, n, out=empty.copy(), where=n > 0), n


def _gap(part: Codes, kans: Floats, y: Floats, counts: Floats) -> Floats:
    found, mean, n = _shares(part, kans, y, counts)
    return np.nansum(np.abs(found - mean) * n, axis=1) / n.sum(axis=1)
