from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cursor import Cursor, decode
from service.faults import InputFault

KEY = b"k" * 32


@given(rang=st.integers(1, 10**7), run=st.text("abc-0123", min_size=1, max_size=40))
def test_comes_back_as_it_went(rang: int, run: str) -> None:
    cursor = Cursor(run_id=run, list_key="spookbewoning||", rang=rang, gemeente="0175")
    assert decode(cursor.encode(KEY), KEY, "spookbewoning||") == cursor


@given(st.text(max_size=60))
def test_what_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(InputFault):
        decode(text, KEY, "list")


def test_is_bound_to_its_list_and_its_key() -> None:
    text = Cursor(run_id="r", list_key="one", rang=1, gemeente="0175").encode(KEY)
    with pytest.raises(InputFault, match="andere filters"):
        decode(text, KEY, "two")
    with pytest.raises(InputFault, match="veranderd"):
        decode(text, b"x" * 32, "one")
