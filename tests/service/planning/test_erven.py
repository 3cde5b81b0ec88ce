from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from service.planning.erven import NUMBER, STACKED, YARD, erven


def stops(points: list[tuple[float, float]], numbers: list[str], outside: bool = True) -> set[frozenset[int]]:
    n = len(points)
    labels = erven(np.array(points, dtype=float), numbers, np.full(n, outside), [f"{i:03d}" for i in range(n)])
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in range(labels.max() + 1)}


def test_a_farmyard_is_one_stop() -> None:
    yard = [(0.0, 0.0), (25.0, 0.0), (0.0, 25.0), (400.0, 0.0)]
    assert stops(yard, ["1 1", "1 3", "", "1 5"]) == {frozenset({0, 1, 2}), frozenset({3})}


def test_in_a_village_neighbours_are_stops_of_their_own() -> None:
    row = [(0.0, 0.0), (6.0, 0.0), (12.0, 0.0)]
    assert len(stops(row, ["1 1", "1 3", "1 5"], outside=False)) == 3


def test_additions_of_one_number_and_doors_above_each_other_are_one_stop_anywhere() -> None:
    flat = [(0.0, 0.0), (40.0, 0.0), (1.0, 0.0), (300.0, 0.0)]
    assert stops(flat, ["1 1", "1 1", "1 9", "1 1"], outside=False) == {frozenset({0, 1, 2}), frozenset({3})}


def test_unknown_numbers_are_not_the_same_number() -> None:
    assert len(stops([(0.0, 0.0), (40.0, 0.0)], ["", ""], outside=False)) == 2


def test_a_ribbon_of_farms_does_not_become_one_stop() -> None:
    ribbon = stops([(25.0 * i, 0.0) for i in range(40)], [""] * 40)
    assert max(map(len, ribbon)) == 3  # a door, and one to either side
    assert sum(map(len, ribbon)) == 40


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(0, 4), st.booleans()), min_size=1, max_size=30
    ),
    st.randoms(use_true_random=False),
)
def test_every_stop_is_small_and_the_order_changes_nothing(
    rows: list[tuple[int, int, int, bool]], random: np.random.Generator
) -> None:
    def grouped(order: list[int]) -> tuple[set[frozenset[int]], np.ndarray]:
        points = np.array([rows[i][:2] for i in order], dtype=float)
        numbers = [f"1 {rows[i][2]}" if rows[i][2] else "" for i in order]
        labels = erven(points, numbers, np.array([rows[i][3] for i in order]), [f"{i:03d}" for i in order])
        found = {frozenset(order[k] for k in np.flatnonzero(labels == label)) for label in set(labels.tolist())}
        return found, labels

    order = list(range(len(rows)))
    found, labels = grouped(order)
    assert labels[0] == 0 and set(labels.tolist()) == set(range(labels.max() + 1))
    for stop in found:
        where = np.array([rows[i][:2] for i in stop], dtype=float)
        assert np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1)).max() <= 2 * NUMBER
        assert any(all(_together(rows[middle], rows[i]) for i in stop) for middle in stop)
    random.shuffle(order)
    assert grouped(order)[0] == found


def _together(one: tuple[int, int, int, bool], other: tuple[int, int, int, bool]) -> bool:
    """The rule, door by door."""
    away = float(np.hypot(one[0] - other[0], one[1] - other[1]))
    return (
        away <= STACKED
        or (away <= YARD and one[3] and other[3])
        or (away <= NUMBER and one[2] == other[2] and one[2] > 0)
    )
