"""Folds for choosing and calibrating: an address never lies in two folds, and each fold gets its share of positives."""

from __future__ import annotations

import numpy as np

from models.tables import Codes, Floats


def grouped_folds(y: Floats, groups: Codes, folds: int, seed: int) -> Codes:
    """The fold 0 … folds-1 of each row. groups: equal for rows of the same address.

    Addresses with a positive are dealt out first, then the others, each in an order drawn from `seed`.
    """
    codes, member = np.unique(groups, return_inverse=True)
    positive = np.zeros(len(codes))
    np.maximum.at(positive, member, y)
    order = np.random.default_rng(seed).permutation(len(codes))
    order = order[np.argsort(-positive[order], kind="stable")]
    fold = np.empty(len(codes), dtype=np.int64)
    fold[order] = np.arange(len(codes)) % folds
    return fold[member]
