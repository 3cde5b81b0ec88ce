"""Investigations as practice: the last one per address, what was picked, visited and found, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from features import landing
from features.columns import Doel
from models.practice import COLUMNS, investigations
from tests.features.tiny import adressen, table, world

NAN = float("nan")


def _file(*rows: dict[str, Any]) -> pd.DataFrame:
    base = {
        "doel": "spookbewoning", "aanleiding": "signaal", "selectiekans": NAN, "bezoekpogingen": 1.0,
        "bekend": pd.Timestamp("2026-02-10"), "afgerond": pd.Timestamp("2026-04-01"), "uitkomst": "in_orde",
    }  # fmt: skip
    made = [base | {"onderzoek_id": f"o{at}", "adres": at} | row for at, row in enumerate(rows)]
    return table(landing.ONDERZOEKEN, made)


def _found(*rows: dict[str, Any], months: int = 24) -> pd.DataFrame:
    sources = world(date(2026, 10, 1), adressen=adressen(8), onderzoeken=_file(*rows))
    return investigations(sources, Doel.SPOOKBEWONING, months)


def test_what_was_picked_visited_and_found() -> None:
    found = _found(
        {},
        {"aanleiding": "steekproef", "uitkomst": "bewoond_zonder_inschrijving"},
        {"bezoekpogingen": 0.0, "uitkomst": "niemand_aangetroffen"},
        {"bezoekpogingen": NAN},
        {"bezoekpogingen": NAN, "afgerond": pd.Timestamp("2026-12-01")},  # known after the day: still running then
    )
    assert found["picked"].tolist() == [True, False, True, True, True]
    assert found["visited"].tolist() == [True, True, False, True, False]
    assert found["finished"].tolist() == [True, True, True, True, False]
    assert found["y"].fillna(-1).tolist() == [0, 1, -1, 0, -1]
    assert set(found["features_as_of"]) == {pd.Timestamp("2026-01-31")}


def test_only_this_target_in_this_period_and_the_last_of_an_address() -> None:
    found = _found(
        {"doel": "schijnbewoning"},
        {"bekend": pd.Timestamp("2024-01-01")},
        {"adres": 2, "uitkomst": "bewoond_zonder_inschrijving"},
        {"adres": 2, "bekend": pd.Timestamp("2026-05-01"), "afgerond": pd.Timestamp("2026-06-01")},
        {"adres": -1},
    )
    assert found["adres"].tolist() == [2]
    assert found["y"].tolist() == [0]
    assert _found({"bekend": pd.Timestamp("2024-01-01"), "afgerond": pd.Timestamp("2024-02-01")}, months=48)[
        "adres"
    ].tolist() == [0]


@pytest.mark.parametrize("file", [None, table(landing.ONDERZOEKEN, [])])
def test_without_investigations_there_is_no_practice(file: pd.DataFrame | None) -> None:
    frames = {} if file is None else {"onderzoeken": file}
    found = investigations(world(date(2026, 10, 1), **frames), Doel.SPOOKBEWONING, 24)
    assert (len(found), tuple(found)) == (0, COLUMNS)
