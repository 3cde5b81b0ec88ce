"""Where a feature's cells end: few, readable, and fine in the tails, for what we look for is rare."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from models.tables import Floats, Term, bins

FEW = 12  # up to so many distinct values each keeps its own cell
SHARES = np.array([0.5, 1, 2, 5, 10, 25, 50, 75, 90, 95, 98, 99, 99.5]) / 100
REST_SHARES = np.array([10, 25, 50, 75, 90]) / 100  # within what is not the commonest value
COMMON = 0.2  # a value shared by this part of the rows (nearly always 0) gets a cell of its own
DECIMALS, SMALLEST = 12, 1e-12
FINEST = 20  # rows of the population that a cell at the end of the range must hold


def cut_points(values: Floats) -> Floats:
    """Ascending borders for one feature, learned from the population's values (NaN left out); empty when constant.

    A value equal to a border belongs to the upper cell. Borders are rounded to three digits, to be read by people.
    """
    known = np.sort(values[np.isfinite(values)])
    if not len(known):
        return np.empty(0)
    distinct, counts = np.unique(known, return_counts=True)
    if len(distinct) <= FEW:
        middle = (distinct[1:] + distinct[:-1]) / 2
        return np.where(middle > distinct[:-1], middle, distinct[1:])  # neighbours among the floats have no middle
    borders = [_readable(np.quantile(known, SHARES[_holds_enough(SHARES, len(known))]))]
    top = int(counts.argmax())
    if counts[top] >= COMMON * len(known):
        borders.append(distinct[top : top + 2])  # below the commonest value, and from the next one up
        rest = known[known != distinct[top]]
        borders.append(_readable(np.quantile(rest, REST_SHARES[_holds_enough(REST_SHARES, len(rest))])))
    cuts = np.unique(np.concatenate(borders))
    return cuts[(cuts > distinct[0]) & (cuts <= distinct[-1])]


def _holds_enough(shares: Floats, n: int) -> np.ndarray:
    """Which quantiles leave at least FINEST rows on either side."""
    return np.minimum(shares, 1 - shares) * n >= min(FINEST, n / 4)


def _readable(borders: Floats) -> Floats:
    """Rounded to three significant digits, and to no more than twelve decimals: what is smaller than that is 0."""
    size = np.floor(np.log10(np.maximum(np.abs(np.where(borders == 0, 1.0, borders)), SMALLEST)))
    step = 10.0 ** (size - 2)
    return np.round(np.round(borders / step) * step, DECIMALS)


def together(*cuts: Iterable[float]) -> Floats:
    """The union of borders, ascending."""
    return np.unique(np.concatenate([np.asarray(list(cut), dtype=np.float64) for cut in cuts]))


def refined(term: Term, cuts: tuple[Floats, ...]) -> Term:
    """The same table on finer borders (each axis of `cuts` must contain the term's own): only its grain changes."""
    scores = term.scores
    for axis, (fine, coarse) in enumerate(zip(cuts, term.cuts, strict=True)):
        if not np.isin(coarse, fine).all():
            raise ValueError(f"Expected finer borders of {term.name} that contain its own.")
        lowest = np.concatenate(
            [[-np.inf], fine]
        )  # the low end of each fine cell lies in the coarse cell it is part of
        scores = np.take(scores, np.concatenate([[0], bins(lowest, coarse), [len(coarse) + 2]]), axis=axis)
    return Term(features=term.features, cuts=cuts, scores=scores)
