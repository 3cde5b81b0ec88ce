"""Labels by hand: every outcome, when it is known, and which month-end its features are of."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from features.columns import Doel
from features.landing import Sources
from models.labels import (
    OUTCOMES,
    capacity,
    filed_twice,
    first_known,
    labels,
    month_end_before,
    needed_dates,
    with_features,
)

SPOOK, SCHIJN = Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING
NO = None
# outcome, spookbewoning, schijnbewoning (somebody registered), as in FORMATS.md section 6
TABLE = [
    ("in_orde", 0, 0),
    ("bewoond_zonder_inschrijving", 1, 0),
    ("gebruik_zonder_inschrijving", 1, 0),
    ("illegaal_gebruik", 1, NO),
    ("ingeschreven_niet_woonachtig", NO, 1),
    ("vertrokken_onbekend_waarheen", NO, 1),
    ("meer_bewoners_dan_ingeschreven", 0, 1),
    ("minder_bewoners_dan_ingeschreven", 0, 1),
    ("leegstand_bevestigd", 0, 1),
    ("ander_gebruik_vergund", 0, 0),
    ("niemand_aangetroffen_sporen", NO, NO),
    ("niemand_aangetroffen", NO, NO),
    ("geen_medewerking", NO, NO),
    ("ingetrokken", NO, NO),
]


def _days(values: list[str | None]) -> pd.Series:
    return pd.Series(pd.to_datetime(values)).astype("datetime64[s]")


def _sources(
    onderzoeken: pd.DataFrame | None, as_of: date = date(2026, 10, 1), spells: pd.DataFrame | None = None
) -> Sources:
    personen = pd.DataFrame({"geboortejaar": [1980.0, 1990.0], "geheim": [False, False]})
    adressen = pd.DataFrame({"identificatie": ["a", "b", "c"]})
    empty = pd.DataFrame()
    sources = Sources("0175", as_of, adressen, personen=personen, verblijf=empty, onderzoeken=onderzoeken)
    sources.__dict__["spells"] = spells  # what residence.spells gives
    return sources


def _investigations(rows: list[tuple[int, str, str | None, str]]) -> pd.DataFrame:
    adres, start, end, outcome = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "onderzoek_id": [f"o{i}" for i in range(len(rows))],
            "adres": np.array(adres, dtype=np.int32),
            "doel": pd.Categorical(["spookbewoning"] * len(rows)),
            "behandelaar": pd.Categorical([f"h{i}" if i else None for i in range(len(rows))]),
            "aanleiding": pd.Categorical(["risico"] * (len(rows) - 1) + ["steekproef"]),
            "selectiekans": 0.5,
            "bekend": _days(list(start)),
            "afgerond": _days(list(end)),
            "uitkomst": pd.Categorical(outcome),
        }
    )


def _spells(rows: list[tuple[int, int, str, str | None, str | None]]) -> pd.DataFrame:
    persoon, adres, van, tot, registered = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "persoon": persoon,
            "adres": adres,
            "functie": "W",
            "van_vroegst": _days(list(van)),
            "tot_vroegst": _days(list(tot)),
            "ingeschreven_tot": _days(list(registered)),
            "einde_reden": "",
            "aangifte": "I",
            "onderzoek": False,
        }
    )


LIVING = _spells([(0, 0, "2020-01-01", None, None)])


@pytest.mark.parametrize(("outcome", "spook", "schijn"), TABLE)
def test_each_outcome_speaks_only_for_the_targets_in_its_row(
    outcome: str, spook: int | None, schijn: int | None
) -> None:
    sources = _sources(_investigations([(0, "2026-03-10", "2026-04-01", outcome)]), spells=LIVING)
    for doel, expected in ((SPOOK, spook), (SCHIJN, schijn)):
        assert labels(sources, doel)["y"].tolist() == ([] if expected is None else [expected])


def test_the_table_is_complete() -> None:
    assert set(OUTCOMES) == {outcome for outcome, _, _ in TABLE}


def test_confirmed_vacancy_is_sham_registration_only_where_somebody_was_registered_that_day() -> None:
    spells = _spells(
        [
            (0, 0, "2020-01-01", "2026-03-10", "2026-03-10"),  # left on the day itself: tot is exclusive
            (1, 1, "2020-01-01", "2025-01-01", None),  # established not to live there (089999), still registered
            (1, 2, "2026-03-11", None, None),  # came a day later
        ]
    )
    found = _investigations([(a, "2026-03-10", "2026-04-01", "leegstand_bevestigd") for a in (0, 1, 2)])
    assert labels(_sources(found, spells=spells), SCHIJN)["y"].tolist() == [0.0, 1.0, 0.0]


def test_an_outcome_counts_only_once_finished() -> None:
    rows = [
        (0, "2026-03-10", "2026-09-30", "in_orde"),
        (1, "2026-03-10", None, "in_orde"),
        (2, "2026-03-10", "2026-10-02", "in_orde"),
    ]
    assert labels(_sources(_investigations(rows), spells=LIVING), SPOOK)["adres"].tolist() == [0]


def test_features_are_of_the_last_month_end_strictly_before() -> None:
    days = _days(["2026-03-01", "2026-03-31", "2026-01-15", "2024-03-05"])
    expected = ["2026-02-28", "2026-02-28", "2025-12-31", "2024-02-29"]
    assert month_end_before(days).dt.strftime("%Y-%m-%d").tolist() == expected


def test_order_of_the_file_changes_nothing_and_the_random_stream_is_marked() -> None:
    rows = [(2, "2026-05-10", "2026-06-01", "in_orde"), (1, "2026-03-10", "2026-04-01", "gebruik_zonder_inschrijving")]
    found = _investigations(rows)
    first = labels(_sources(found, spells=LIVING), SPOOK)
    assert first["adres"].tolist() == [1, 2]
    assert first["y"].tolist() == [1.0, 0.0]
    assert first["steekproef"].tolist() == [True, False]
    pd.testing.assert_frame_equal(first, labels(_sources(found.iloc[::-1], spells=LIVING), SPOOK))
    assert needed_dates(first) == (date(2026, 2, 28), date(2026, 4, 30))


def test_no_investigations_give_an_empty_table_with_the_same_columns() -> None:
    full = labels(_sources(_investigations([(0, "2026-03-10", "2026-04-01", "in_orde")]), spells=LIVING), SPOOK)
    none = labels(_sources(None), SPOOK)
    assert len(none) == 0
    assert none.dtypes.to_dict() == full.dtypes.to_dict()
    assert needed_dates(none) == ()


TWICE = [
    (0, "2026-03-10", "2026-05-01", "gebruik_zonder_inschrijving"),  # o0, finished last
    (0, "2026-03-10", "2026-04-01", "in_orde"),  # o1: the same address, doel and start
    (0, "2026-03-10", None, "in_orde"),  # o2: still running, so it says nothing
    (0, "2026-03-11", "2026-04-01", "in_orde"),  # o3: began another day
    (1, "2026-03-10", "2026-04-01", "in_orde"),  # o4: another address
]


def test_of_an_investigation_filed_twice_the_file_that_was_finished_last_counts() -> None:
    found = _investigations(TWICE)
    for frame in (found, found.iloc[::-1]):
        sources = _sources(frame, spells=LIVING)
        given = labels(sources, SPOOK)
        assert list(zip(given["adres"], given["y"], strict=True)) == [(0, 1.0), (1, 0.0), (0, 0.0)]
        assert filed_twice(sources) == 1
    # as known in April, before the last was finished, the first one spoke
    assert labels(_sources(found, date(2026, 4, 15), LIVING), SPOOK)["y"].tolist() == [0.0, 0.0, 0.0]
    other = found.assign(doel=pd.Categorical(["spookbewoning", "schijnbewoning", *["spookbewoning"] * 3]))
    assert filed_twice(_sources(other)) == 0
    assert filed_twice(_sources(None)) == 0


def test_the_handler_travels_with_the_label_and_may_be_unknown() -> None:
    found = labels(_sources(_investigations(TWICE), spells=LIVING), SPOOK)
    assert found["behandelaar"].tolist() == ["", "h4", "h3"]
    bare = _investigations(TWICE).drop(columns="behandelaar")
    assert labels(_sources(bare, spells=LIVING), SPOOK)["behandelaar"].tolist() == [""] * 3


def test_a_label_from_before_anything_was_known_is_left_out() -> None:
    found = labels(_sources(_investigations(TWICE), spells=LIVING), SPOOK)  # their features are of 2026-02-28
    assert len(with_features(found, pd.Timestamp("2026-02-28"))) == 3
    assert len(with_features(found, pd.Timestamp("2026-03-01"))) == 0
    assert len(with_features(found, None)) == 0
    sources = _sources(None)
    object.__setattr__(sources, "verblijf", pd.DataFrame({"bekend": _days([None])}))
    assert first_known(sources) is None
    known = pd.DataFrame({"bekend": _days(["2024-05-02", None, "2023-01-01"])})
    object.__setattr__(sources, "verblijf", known)
    assert first_known(sources) == pd.Timestamp("2023-01-01")


def test_capacity_is_half_of_what_was_begun_for_the_target_in_a_year() -> None:
    starts = ["2025-10-01", "2025-10-02", "2026-01-01", "2026-09-30"]  # the first is a year ago to the day: too old
    found = _investigations([(0, start, None, "in_orde") for start in starts])
    assert capacity(_sources(found), SPOOK) == 2  # three in a year, half of it rounded up
    assert capacity(_sources(found), SCHIJN) == 0
    assert capacity(_sources(None), SPOOK) == 0
