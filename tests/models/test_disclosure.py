"""What may leave the house: no thin cell, rounded counts, no persons; directions survive."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.disclosure import FEWEST, controlled, rounded
from models.region_document import share_to_json
from models.tables import Term
from tests.models.test_region import share


def test_a_thin_cell_joins_its_neighbour_and_counts_are_rounded() -> None:
    """Cells low to high hold 12, 3, 8, 24 labels of as many addresses: 12 | 3 + 8 | 24."""
    term = Term(features=("a",), cuts=(np.array([1.0, 2.0, 3.0]),), scores=np.array([9.0, 0.0, 1.0, 3.0, 4.0, 0.0]))
    values = np.repeat([0.0, 1.0, 2.0, 3.0], [12, 3, 8, 24])
    found = controlled(term, values, np.arange(47))
    assert found.term.cuts[0].tolist() == [1.0, 3.0]
    # the joined score: (3 * 1 + 8 * 3) / 11 = 2.4545; missing rests on nothing and is not told
    assert found.term.scores.tolist() == [0.0, 0.0, 2.45, 4.0, 0.0]
    assert found.labels.tolist() == [0.0, 10.0, 10.0, 25.0, 0.0]


def test_many_labels_of_one_address_are_one_address() -> None:
    term = Term(features=("a",), cuts=(np.array([1.0]),), scores=np.array([0.0, 0.0, 5.0, 0.0]))
    values = np.repeat([0.0, 1.0], [30, 30])
    alone = controlled(term, values, np.concatenate([np.arange(30), np.full(30, 99)]))
    assert alone.term.cuts[0].tolist() == []
    assert alone.labels.tolist() == [0.0, 60.0, 0.0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 40)), max_size=150),
    st.lists(st.floats(0, 2), min_size=7, max_size=7),
)
def test_no_cell_is_thin_and_a_direction_holds(rows: list[tuple[int, int]], steps: list[float]) -> None:
    cuts = np.arange(1.0, 8.0)
    term = Term(features=("a",), cuts=(cuts,), scores=np.concatenate([[0.5], [0.0], np.cumsum(steps), [0.0]]))
    values = np.array([value for value, _ in rows], dtype=float)
    address = np.array([home for _, home in rows], dtype=np.int64)
    found = controlled(term, values, address)
    cell = np.searchsorted(found.term.cuts[0], values, side="right")
    homes = [len(set(address[cell == k])) for k in range(len(found.term.cuts[0]) + 1)]
    assert len(homes) == 1 or min(homes) >= FEWEST
    assert (np.diff(found.term.scores[1:-1]) >= -1e-9).all()
    assert (found.labels % 5 == 0).all()


@pytest.mark.parametrize(("count", "told"), [(0, 0), (2, 0), (3, 5), (12, 10), (13, 15)])
def test_rounding(count: int, told: int) -> None:
    assert rounded(count) == told


def test_a_document_holds_numbers_and_words_of_the_register_alone() -> None:
    """Canary: no key that could hold a person or an address."""
    document = json.loads(share_to_json(share("0001")))
    assert set(document) == {
        "schema", "uitleg", "doel", "gemeente", "ronde", "register", "peildatum", "labels", "positief", "tabellen",
    }  # fmt: skip
    assert {key for table in document["tabellen"] for key in table} == {"kenmerk", "grenzen", "scores", "labels"}
