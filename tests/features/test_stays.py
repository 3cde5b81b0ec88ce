"""Stays as arrays: ends are exclusive, partial dates meet, ages are by year."""

from __future__ import annotations

from datetime import date

import pandas as pd

from features.stays import Stays, day_number, stays
from features.usage import MONTHS, residents_by_month, usage
from tests.features.tiny import maanden, personen, verblijf, world


def _stays(*rows: object, born: float = 1980.0, as_of: date = date(2026, 10, 1)) -> Stays:
    found = stays(world(as_of, personen=personen(born, born), verblijf=verblijf(*rows)))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_on_the_day_of_a_move_somebody_lives_at_the_new_address_only() -> None:
    s = _stays((0, 0, "2020-01-01"), (0, 1, "2025-01-01"))
    assert s.registered_on(day_number(date(2024, 12, 31))).tolist() == [1, 0, 0, 0, 0]
    assert s.registered_on(day_number(date(2025, 1, 1))).tolist() == [0, 1, 0, 0, 0]


def test_a_stay_runs_from_its_first_day() -> None:
    assert _stays((0, 0, "2026-10-01")).current().tolist() == [True]
    assert _stays((0, 0, "2026-10-02", {"bekend": pd.Timestamp("2026-09-01")})).current().tolist() == [False]


def test_a_partial_date_leaves_no_gap_and_no_overlap() -> None:
    """Moved some day in 2025: earliest and latest day differ, but at no day is the person nowhere or twice."""
    year = {"van_vroegst": pd.Timestamp("2025-01-01"), "van_laatst": pd.Timestamp("2025-12-31")}
    s = _stays((0, 0, "2020-01-01"), (0, 1, "2025-12-31", {"datum_aanvang": "20250000", **year}))
    for month in range(1, 13):
        assert s.registered_on(day_number(date(2025, month, 15))).sum() == 1


def test_letter_addresses_and_unlinked_stays_are_no_residence() -> None:
    s = _stays((0, 0, "2020-01-01", {"functie": "B"}), (1, -1, "2020-01-01"))
    assert len(s.adres) == 0


def test_ages_are_by_year_and_unknown_is_adult() -> None:
    assert _stays((0, 0, "2020-01-01"), born=2009.0).adult().tolist() == [False]
    assert _stays((0, 0, "2020-01-01"), born=2008.0).adult().tolist() == [True]
    assert _stays((0, 0, "2020-01-01"), born=float("nan")).adult().tolist() == [True]


def test_a_stay_that_begins_in_the_year_of_birth_is_no_move() -> None:
    assert _stays((0, 0, "2020-05-01"), born=2020.0).geboren.tolist() == [True]
    assert _stays((0, 0, "2020-05-01"), born=2019.0).geboren.tolist() == [False]


def test_residents_by_month_are_those_of_the_fifteenth() -> None:
    sources = world(
        personen=personen(1980),
        verblijf=verblijf((0, 0, "2026-03-15"), (0, 1, "2026-06-15")),
        energie_maand=maanden({(0, "ELK"): [1.0] * MONTHS}),
    )
    use, s = usage(sources, "ELK"), stays(sources)
    assert use is not None and s is not None
    found = residents_by_month(s, use)
    # The last column is August 2026; lived there on 15 March, April and May, no more on 15 June.
    assert found[0, -6:].tolist() == [1, 1, 1, 0, 0, 0]
    assert found[1, -6:].tolist() == [0, 0, 0, 1, 1, 1]
    assert found[:, :-6].sum() == 0
