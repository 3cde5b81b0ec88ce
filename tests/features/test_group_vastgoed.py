"""Property: value, the chain of owners, portfolios and businesses, in worlds of five addresses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from features import landing
from features.groups.vastgoed import vastgoed
from features.landing import Sources
from tests.features.tiny import adressen, personen, table, verblijf, world

NAN = float("nan")


def _share(adres: int, owner: int, van: str, tot: str | None = None, **more: Any) -> dict[str, Any]:
    row = {"adres": adres, "gerechtigde": owner, "gerechtigde_type": "natuurlijk_persoon", "aandeel": 1.0}
    row |= {"woont_op_adres": 0.0, "van": pd.Timestamp(van), "bekend": pd.Timestamp(van), "koopsom": NAN}
    return row | {"tot": None if tot is None else pd.Timestamp(tot)} | more


def _owned(*rows: dict[str, Any], **frames: pd.DataFrame) -> Sources:
    return world(eigendom=table(landing.EIGENDOM, list(rows)), **frames)


def _known(column: pd.Series) -> list[float]:
    return column.fillna(-1).round(6).tolist()


def test_value_per_m2_against_the_neighbourhood() -> None:
    # 100 m2 each: 2000, 3000 and 4000 a m2; under ten homes the four-character area: median 3000.
    woz = [{"adres": at, "waarde": 200_000.0 + 100_000 * at, "gebruikscode": "10"} for at in range(3)]
    found = vastgoed(world(woz=table(landing.WOZ, woz)))
    assert _known(found["woz_m2_tegen_buurt"]) == pytest.approx([2 / 3, 1, 4 / 3, -1, -1], abs=1e-5)


def test_ten_homes_make_a_five_character_neighbourhood() -> None:
    homes = adressen(14, postcode=["1234AB"] * 10 + ["1234ZZ"] * 4)
    woz = [{"adres": at, "waarde": 100_000.0 if at < 10 else 900_000.0} for at in range(14)]
    found = vastgoed(world(adressen=homes, woz=table(landing.WOZ, woz)))
    # Ten in 1234A: among themselves. Four in 1234Z: too few, so all fourteen of 1234, median 100 000.
    assert found["woz_m2_tegen_buurt"][[0, 13]].tolist() == [1.0, 9.0]


def test_the_latest_woz_tells_the_use() -> None:
    rows = [
        {"adres": 0, "gebruikscode": "12", "waardepeildatum": pd.Timestamp("2024-01-01")},
        {"adres": 0, "gebruikscode": "10", "waardepeildatum": pd.Timestamp("2025-01-01")},
        {"adres": 1, "gebruikscode": "12", "gebruiker_type": "niet_natuurlijk_persoon"},
        {"adres": 2, "gebruikscode": "31"},
    ]
    found = vastgoed(world(woz=table(landing.WOZ, rows)))
    assert _known(found["woz_recreatie"]) == [0, 1, 0, -1, -1]
    assert _known(found["woz_geen_woning"]) == [0, 0, 1, -1, -1]
    assert _known(found["woz_gebruiker_bedrijf"]) == [0, 1, 0, -1, -1]


def test_who_owns_it() -> None:
    found = vastgoed(
        _owned(
            _share(0, 1, "2010-01-01", woont_op_adres=1.0, aandeel=0.5),
            _share(0, 2, "2010-01-01", aandeel=0.5),
            _share(1, 3, "2010-01-01", gerechtigde_type="rechtspersoon", aandeel=0.25),
            _share(1, 2, "2010-01-01", aandeel=0.75),
            _share(2, 4, "2010-01-01", gerechtigde_type="woningcorporatie"),
        )
    )
    assert _known(found["eigenaar_woont_er"]) == [1, 0, 0, -1, -1]
    assert _known(found["particuliere_verhuur"]) == [0, 1, 0, -1, -1]
    assert _known(found["eigenaar_rechtspersoon"]) == [0, 25, 0, -1, -1]


def test_a_chain_of_owners_with_price_jumps() -> None:
    found = vastgoed(
        _owned(
            _share(0, 1, "2015-01-01", "2024-06-01", koopsom=100_000.0),
            _share(0, 2, "2024-06-01", "2025-06-01", koopsom=200_000.0),
            _share(0, 3, "2025-06-01", "2026-04-02", koopsom=300_000.0, aandeel=0.5),
            _share(0, 4, "2025-06-01", "2026-04-02", koopsom=300_000.0, aandeel=0.5),
            _share(0, 5, "2026-04-02", koopsom=330_000.0),
            _share(1, 6, "2001-10-01"),
        )
    )
    assert _known(found["overdrachten_36"])[:3] == [3, 0, -1]  # both halves of 2025 are one transfer
    assert _known(found["eigenaren_60"])[:3] == [5, 1, -1]  # the first owner held it until 2024
    # 100 to 200 thousand took nine years (and lies before the five years); 200 to 300 one year; then 1.1.
    assert _known(found["prijssprong"])[:2] == [1.5, -1]
    assert found["jaren_sinds_overdracht"][:2].tolist() == pytest.approx([182 / 365.25, 25], abs=0.01)


def test_portfolio_leaves_the_address_itself_out() -> None:
    rows = [_share(at, 7, "2010-01-01") for at in range(4)]
    corporation = _share(4, 8, "2010-01-01", gerechtigde_type="woningcorporatie")
    people = {"personen": personen(1980, 1980), "verblijf": verblijf((0, 0, "2020-01-01"), (1, 1, "2020-01-01"))}
    found = vastgoed(_owned(*rows, corporation, **people))
    assert found["portefeuille"].tolist() == [4, 4, 4, 4, 0]
    # Empty: 2 and 3. Of the other three of an inhabited one two are, of an empty one one is.
    assert found["portefeuille_leeg"].tolist() == pytest.approx([200 / 3, 200 / 3, 100 / 3, 100 / 3, 0])


def test_interactions_with_registration() -> None:
    group = [(p, 0, "2026-01-01") for p in range(4)]
    people = {"personen": personen(1990, 1991, 1992, 1993), "verblijf": verblijf(*group)}
    found = vastgoed(
        _owned(
            _share(0, 1, "2025-01-01"),
            _share(1, 1, "2025-01-01"),
            _share(2, 2, "2010-01-01", woont_op_adres=1.0),
            **people,
        )
    )
    assert _known(found["verhuur_groepsaankomst"]) == [2, 0, 0, -1, -1]  # four of one age: two beyond a couple
    assert _known(found["overdrachten_zonder_inschrijving"]) == [0, 1, 0, -1, -1]


def test_businesses_now_and_their_churn() -> None:
    days = [("2020-01-01", None), ("2025-01-01", None), ("2020-01-01", "2025-01-01"), ("2010-01-01", "2012-01-01")]
    rows = [
        {"adres": 0, "van": pd.Timestamp(van), "tot": None if tot is None else pd.Timestamp(tot)} for van, tot in days
    ]
    found = vastgoed(world(vestigingen=table(landing.VESTIGINGEN, rows)))
    assert found["vestigingen"].tolist() == [2, 0, 0, 0, 0]
    assert found["vestigingen_wissel_36"].tolist() == [2, 0, 0, 0, 0]  # one came and one went in 2025


def test_the_latest_label_is_a_number() -> None:
    rows = [
        {"adres": 0, "klasse": "G", "bekend": pd.Timestamp("2015-01-01")},
        {"adres": 0, "klasse": "A++", "bekend": pd.Timestamp("2025-01-01")},
        {"adres": 1, "klasse": "?", "bekend": pd.Timestamp("2025-01-01")},
    ]
    found = vastgoed(world(energielabels=table(landing.ENERGIELABELS, rows)))
    assert _known(found["energielabel"]) == [2, -1, -1, -1, -1]


def test_without_property_data_there_is_nothing() -> None:
    assert vastgoed(world()).shape == (5, 0)
    assert not np.isin("portefeuille_leeg", vastgoed(_owned(_share(0, 1, "2010-01-01"))).columns)
