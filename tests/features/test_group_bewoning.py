"""Who is registered: five addresses by hand, and a slow plain version for who joined whom."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import landing
from features.groups.bewoning import bewoning
from features.groups.bewoning_declared import BEWONING
from features.landing import Sources
from tests.features.tiny import AS_OF, adressen, personen, table, verblijf, world

NAN = float("nan")
MONTH = 365.25 / 12
DIED = {
    "opgeschort": "O", "opgeschort_datum": "20260401", "opgeschort_vroegst": pd.Timestamp("2026-04-01"),
    "opgeschort_van": pd.Timestamp("2026-04-01"),
}  # fmt: skip
COUPLE_A, COUPLE_B, CHILD, JOINED, MINOR, DECEASED, NOT_THERE, BY_LETTER = range(8)


def five_addresses() -> Sources:
    """0 a family with an adult who joined; 1 a minor alone; 2 empty by death; 3 new; 4 a paper resident, a letter."""
    years = (1980, 1982, 2016, 1990, 2012, 1935, 1985, 1970)
    people = [{"pseudoniem": f"p{at}", "geboortejaar": float(year)} for at, year in enumerate(years)]
    people[DECEASED] |= DIED
    asked = {"onderzoek": "081030", "onderzoek_van": pd.Timestamp("2026-08-01")}
    gone = {"onderzoek": "089999", "onderzoek_van": pd.Timestamp("2026-06-01")}
    return world(
        adressen=adressen(bouwjaar=[1980.0, 1980.0, 1980.0, 2026.0, NAN]),
        personen=table(landing.PERSONEN, people),
        verblijf=verblijf(
            (COUPLE_A, 0, "2015-05-01"),
            (COUPLE_B, 0, "2015-05-01"),
            (CHILD, 0, "2016-03-01", {"aangifte": "A"}),  # as every birth
            (JOINED, 0, "2026-01-15"),
            (MINOR, 1, "2024-02-01", {"aangifte": "A"} | asked),
            (DECEASED, 2, "2000-01-01"),
            (NOT_THERE, 4, "2020-01-01", gone),
            (BY_LETTER, 4, "2025-01-01", {"functie": "B"}),
        ),
    )


EXPECTED: dict[str, list[float]] = {
    "ingeschrevenen": [4, 1, 0, 0, 0],  # 089999 is no resident, a letter address makes none
    "volwassenen": [3, 0, 0, 0, 0],
    "kinderen": [1, 1, 0, 0, 0],
    "kinderen_zonder_volwassene": [0, 1, 0, 0, 0],
    "m2_per_persoon": [25, 100, NAN, NAN, NAN],  # 100 m2 / 4
    "volwassenen_zonder_gezinsband": [1, 0, 0, 0, 0],  # 1980, 1982, 1990: nobody's child; a couple is two of them
    "briefadressen": [0, 0, 0, 0, 1],
    "aandeel_zelfde_dag": [200 / 3, NAN, NAN, NAN, NAN],  # two of three adults on 1 May 2015
    "aankomstdagen": [2, 0, 0, 0, 0],
    "langste_verblijf": [4171 / 365.25, 973 / 365.25, NAN, NAN, NAN],  # days since 2015-05-01 and 2024-02-01
    "alleen_bijgekomen": [1, 0, 0, 0, 0],
    "recent_bij_vaste_bewoners": [1, 0, 0, 0, 0],  # came in January, to people who came in 2015
    "maanden_zonder_inschrijving": [0, 0, 183 / MONTH, 6, 122 / MONTH],  # since 1 April; built half a year ago; 1 June
    "leeg_1_januari": [0, 0, 0, 0, 0],  # address 3 did not stand yet
    "leeg_na_overlijden": [0, 0, 1, 0, 0],
    "in_onderzoek": [0, 1, 0, 0, 0],
    "vastgesteld_niet_woonachtig": [0, 0, 0, 0, 1],
    "ambtshalve_ingeschreven": [0, 1, 0, 0, 0],
}


@pytest.mark.parametrize("name", list(EXPECTED))
def test_value_by_hand(name: str) -> None:
    np.testing.assert_allclose(bewoning(five_addresses())[name], EXPECTED[name], rtol=1e-12)


def test_declares_exactly_what_it_gives() -> None:
    found = bewoning(five_addresses())
    assert set(found) == {feature.name for feature in BEWONING} == set(EXPECTED)
    assert (found.dtypes == "float64").all()


def test_without_a_brp_nothing_is_known() -> None:
    assert bewoning(world()).shape == (5, 0)


def test_empty_since_long_counts_on_both_reference_days_and_up_to_36_months() -> None:
    found = bewoning(world(personen=personen(1980), verblijf=verblijf((0, 0, "2010-01-01"), (0, 1, "2019-01-01"))))
    assert found["leeg_1_januari"].tolist() == [2, 0, 2, 2, 2]
    assert found["maanden_zonder_inschrijving"].tolist() == [36, 0, 36, 36, 36]


def test_a_home_of_last_year_stood_on_one_reference_day() -> None:
    built = adressen(bouwjaar=[2024.0, 2025.0, 2026.0, NAN, 1980.0])
    found = bewoning(world(adressen=built, personen=personen(1980), verblijf=verblijf((0, 4, "2020-01-01"))))
    assert found["leeg_1_januari"].tolist() == [2, 1, 0, 2, 0]


YEARS = st.integers(min_value=1940, max_value=2008) | st.just(NAN)
RESIDENTS = st.lists(
    st.tuples(st.integers(0, 2), YEARS, st.integers(0, 96), st.integers(1, 2)), min_size=1, max_size=9
)  # address, year of birth, months before the as-of date, day of the month


@settings(max_examples=40, deadline=None)
@given(RESIDENTS)
def test_who_joined_whom_equals_the_plain_version(residents: list[tuple[int, float, int, int]]) -> None:
    came = [pd.Timestamp(AS_OF) - pd.DateOffset(months=m) - pd.Timedelta(days=d) for _, _, m, d in residents]
    found = bewoning(
        world(
            personen=personen(*(year for _, year, _, _ in residents)),
            verblijf=verblijf(*((at, r[0], f"{came[at]:%Y-%m-%d}") for at, r in enumerate(residents))),
        )
    )
    days = [(pd.Timestamp(AS_OF) - day).days for day in came]
    for adres in range(3):
        here = [at for at, r in enumerate(residents) if r[0] == adres]
        alone = recent = 0
        for at in here:
            others = [o for o in here if o != at]
            year = residents[at][1]
            child = year != year or any(16 <= year - residents[o][1] <= 50 for o in others)
            first = max(days[o] for o in here)
            if child or any(days[o] == days[at] for o in others) or not days[at] < first - 6 * MONTH:
                continue
            alone += 1
            recent += first >= 60 * MONTH and days[at] < 24 * MONTH
        assert found["alleen_bijgekomen"][adres] == alone
        assert found["recent_bij_vaste_bewoners"][adres] == recent
