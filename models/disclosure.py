"""Disclosure control: what of a gemeente's tables may leave the house.

Neighbouring cells that rest on labels of fewer than FEWEST different addresses are joined (the mean of their scores,
weighed by labels; so a declared direction still holds). A missing cell with so few is left out. Counts are rounded to
ROUND, scores to two decimals. No cell speaks of one address, and none tells how many were found there
(CBS, Handboek statistische beveiliging: minimum frequency 10).
"""

from __future__ import annotations

import numpy as np

from models.examples import Examples
from models.region import Counted, Share
from models.tables import Codes, Floats, TableModel, Term, bins

FEWEST = 10
ROUND = 5
DECIMALS = 2


def share(model: TableModel, examples: Examples, X: Floats, *, gemeente: str, round: int) -> Share:
    """What a gemeente gives of its model's tables of single features.

    X: per such table (in order) the values of the labelled rows, labelled x tables.
    """
    rows = examples.labelled
    address, y = examples.address[rows], examples.y[rows]
    mains = main_terms(model)
    return Share(
        doel=model.doel,
        gemeente=gemeente,
        round=round,
        register=model.register,
        peildatum=model.trained_as_of,
        labels=rounded(len(y)),
        positives=rounded(int(y.sum())),
        tables=tuple(controlled(term, X[:, column], address) for column, term in enumerate(mains)),
    )


def main_terms(model: TableModel) -> tuple[Term, ...]:
    """The tables of single features: pairs have too few labels per cell to leave the house."""
    return tuple(term for term in model.terms if len(term.features) == 1)


def controlled(term: Term, values: Floats, address: Codes) -> Counted:
    """The table with its thin cells joined. values, address: of the labelled rows (equal codes = the same address)."""
    cell = bins(values, term.cuts[0])
    size = len(term.scores)
    labels = np.bincount(cell, minlength=size).astype(np.float64)
    group = _groups(cell - 1, address, size - 2)
    inner = slice(1, -1)
    count = np.bincount(group, weights=labels[inner])
    weight = labels[inner] + 1e-9  # an empty cell takes part with nothing, and a group of empty cells with its mean
    mean = np.bincount(group, weights=weight * term.scores[inner]) / np.bincount(group, weights=weight)
    ends = np.flatnonzero(np.diff(group))
    told = len(np.unique(address[cell == 0])) >= FEWEST
    return Counted(
        term=Term(
            features=term.features,
            cuts=(term.cuts[0][ends],),
            scores=np.round(np.concatenate([[term.scores[0] if told else 0.0], mean, [0.0]]), DECIMALS) + 0.0,
        ),
        labels=np.array([rounded(n) for n in (labels[0] if told else 0.0, *count, 0.0)], dtype=np.float64),
    )


def _groups(cell: Codes, address: Codes, cells: int) -> Codes:
    """The group of each cell, from low to high: it closes as soon as it holds FEWEST addresses; a thin last one joins.

    An address with labels in two cells of a group is one address.
    """
    group, held, number = np.empty(cells, dtype=np.int64), np.empty(0, dtype=np.int64), 0
    for at in range(cells):  # some fifteen: not addresses
        group[at] = number
        held = np.union1d(held, address[cell == at])
        if len(held) >= FEWEST:
            number, held = number + 1, held[:0]
    if len(held) < FEWEST and number:
        group[group == number] = number - 1
    return group


def rounded(count: float) -> int:
    """To the nearest multiple of ROUND."""
    return int(ROUND * np.floor(count / ROUND + 0.5))
