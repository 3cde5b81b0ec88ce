"""Doors that are one stop: the dwellings of one farmyard or building, where the car is parked once.

One number with several additions is one building, also where its doors lie some way apart. Outside the built-up area
what lies within 30 m is one yard too. A yard is gathered round the door that has most others near it, so it has a
bounded size: doors that follow each other along a road every 25 m do not make one stop of a kilometre.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

YARD = 30.0  # metres from the door in the middle, outside the built-up area
NUMBER = 50.0  # the same, for additions of one number
STACKED = 2.0  # doors above each other have one point, give or take


def erven(
    points: NDArray[np.float64], numbers: Sequence[str], outside: NDArray[np.bool_], names: Sequence[str]
) -> NDArray[np.int64]:
    """(n,): the stop of each door, 0, 1, 2 … in the order of its first door.

    points: (n, 2) RD, metres. numbers: postcode and house number without addition, "" = unknown. outside: outside the
    built-up area. names: identificaties; they break ties, so the order of the rows changes nothing but the numbering.
    No two doors of a stop lie further apart than 2 x NUMBER (of different numbers: NUMBER + YARD).
    """
    n = len(points)
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    one, other = _near(points, np.asarray(numbers), np.asarray(outside, dtype=bool))
    beside = np.bincount(one, minlength=n) + np.bincount(other, minlength=n)
    neighbours: list[list[int]] = [[] for _ in range(n)]
    for i, j in zip(one.tolist(), other.tolist(), strict=True):
        neighbours[i].append(j)
        neighbours[j].append(i)
    middle = np.full(n, -1)
    for i in sorted(range(n), key=lambda i: (-beside[i], names[i])):
        if middle[i] < 0:
            middle[[i, *(j for j in neighbours[i] if middle[j] < 0)]] = i
    _, first, label = np.unique(middle, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[label]


def _near(
    points: NDArray[np.float64], numbers: NDArray[np.str_], outside: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of doors that may be one stop."""
    pairs = cKDTree(points).query_pairs(NUMBER, output_type="ndarray").astype(np.int64)
    i, j = pairs[:, 0], pairs[:, 1]
    away = np.hypot(*(points[i] - points[j]).T)
    same = (numbers[i] == numbers[j]) & (numbers[i] != "")
    yard = outside[i] & outside[j] & (away <= YARD)
    keep = same | yard | (away <= STACKED)
    return i[keep], j[keep]
