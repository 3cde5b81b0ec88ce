"""Partial dates as intervals."""

from __future__ import annotations

import pandas as pd
import pytest

from features.partial_date import intervals


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("20080715", "2008-07-15", "2008-07-15"),
        ("20080700", "2008-07-01", "2008-07-31"),
        ("20080200", "2008-02-01", "2008-02-29"),
        ("20080000", "2008-01-01", "2008-12-31"),
        ("18991210", "1899-12-10", "1899-12-10"),
    ],
)
def test_known_parts_give_their_days(text: str, first: str, last: str) -> None:
    found = intervals(pd.Series([text, "", text], dtype="str"))
    assert found.vroegst.tolist() == [pd.Timestamp(first), pd.NaT, pd.Timestamp(first)]
    assert found.laatst.tolist() == [pd.Timestamp(last), pd.NaT, pd.Timestamp(last)]
    assert found.text.tolist() == [text, "", text] and found.leesbaar.all()


@pytest.mark.parametrize("text", ["00000000", "00000715"])
def test_without_a_year_there_is_no_interval(text: str) -> None:
    found = intervals(pd.Series([text], dtype="str"))
    assert found.vroegst.isna().all() and found.laatst.isna().all() and found.leesbaar.all()


@pytest.mark.parametrize("text", ["20080230", "20081301", "2008071", "29190606", "2008-07-15", "x", "00002014"])
def test_an_impossible_date_is_unknown_and_said_to_be(text: str) -> None:
    found = intervals(pd.Series([text], dtype="str"))
    assert found.text.tolist() == ["00000000"] and found.vroegst.isna().all() and not found.leesbaar.any()
