"""Energy against comparable inhabited dwellings, each value derived by hand in a world of six addresses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from features import landing
from features.groups.energie import energie
from features.landing import Sources
from tests.features.tiny import adressen, jaar, maanden, personen, table, verblijf, world

NAN = float("nan")


def _lived(*, empty_since: str = "2023-01-01", **frames: pd.DataFrame) -> Sources:
    """Addresses 0-4 with one resident each since 2020; at 5 the resident left for elsewhere on `empty_since`."""
    stays = [(p, p, "2020-01-01") for p in range(6)] + [(5, -1, empty_since)]
    return world(adressen=adressen(6), personen=personen(*[1980.0] * 6), verblijf=verblijf(*stays), **frames)


def _column(sources: Sources, name: str) -> list[float]:
    return energie(sources)[name].round(4).tolist()


YEARS = jaar(*[(at, "ELK", 1000.0 * (at + 1)) for at in range(5)], (5, "ELK", 3000.0))


def test_percentile_is_among_the_inhabited_only() -> None:
    # Five inhabited homes use 1000 … 5000: each has those below it, and itself for half. The empty one is as the third.
    assert _column(_lived(energie_jaar=YEARS), "stroom_percentiel") == [10, 30, 50, 70, 90, 50]
    # Their median is 3000.
    assert _column(_lived(energie_jaar=YEARS), "stroom_verhouding")[0] == pytest.approx(0.3333)


def test_use_without_registration_carries_the_interaction() -> None:
    sources = _lived(energie_jaar=YEARS)
    assert _column(sources, "gebruik_zonder_inschrijving") == [0, 0, 0, 0, 0, 50]
    assert _column(sources, "te_laag_voor_aantal") == [90, 70, 50, 30, 10, 0]
    assert _column(sources, "stroom_percentiel_bij_aantal")[:5] == [10, 30, 50, 70, 90]
    assert np.isnan(_column(sources, "stroom_percentiel_bij_aantal")[5])


@pytest.mark.parametrize(
    ("use", "since", "expected"),
    [
        (3000.0, "2023-01-01", 2.0),  # empty on 1-1-2026 and 1-1-2025, and use above the lowest fifth (1800)
        (3000.0, "2025-06-01", 1.0),  # only on 1-1-2026
        (1800.0, "2023-01-01", 0.0),  # exactly the lowest fifth of 1000 … 5000: not in use
        (3000.0, "2026-02-01", 0.0),  # after both reference days
    ],
)
def test_the_cbs_rule(use: float, since: str, expected: float) -> None:
    years = jaar(*[(at, "ELK", 1000.0 * (at + 1)) for at in range(5)], (5, "ELK", use))
    assert _column(_lived(energie_jaar=years, empty_since=since), "leeg_1_januari_met_gebruik")[5] == expected


def test_feed_in_is_corrected_and_connections_are_summed() -> None:
    rows = jaar((0, "ELK", 1000.0), (0, "ELK", 500.0), (1, "ELK", 1500.0), (1, "GAS", 10.0))
    rows.loc[2, "invoeding"] = 700.0  # 30% of what panels make is used at once: 300 on 700 fed in
    found = energie(_lived(energie_jaar=rows))
    assert found["stroom_verhouding"][:2].tolist() == pytest.approx([1500 / 1650, 1800 / 1650])  # median of 1500, 1800
    assert found["teruglevering"][:2].tolist() == [0, 700]


def test_the_latest_figure_of_a_connection_counts_and_an_old_one_does_not() -> None:
    rows = jaar((0, "ELK", 9000.0), (1, "ELK", 1000.0), (2, "ELK", 2000.0))
    older = rows.iloc[[1]].assign(verbruik=5000.0, bekend=pd.Timestamp("2025-09-01").as_unit("s"))
    rows["bekend"] = rows["bekend"].mask(rows["adres"] == 0, pd.Timestamp("2023-09-01"))  # over 30 months old
    found = energie(_lived(energie_jaar=pd.concat([older, rows], ignore_index=True)))
    assert found["stroom_percentiel"][:3].fillna(-1).tolist() == [-1, 25, 75]  # 1000 against 2000


def test_disconnected_and_missing_meters() -> None:
    rows = jaar((0, "ELK", 2000.0), (1, "ELK", 2000.0), (1, "GAS", 1200.0))
    rows["in_bedrijf"] = [True, False, False]
    found = energie(_lived(energie_jaar=rows))
    assert found["stroom_afgesloten"][:2].tolist() == [0, 1]
    assert found["stroom_ontbreekt"].tolist() == [0, 0, 1, 1, 1, 1]
    assert found["ingeschreven_zonder_stroom"][:2].tolist() == [0, 1]
    assert found["stroom_percentiel"][1] == 25  # no power is no use: 0 against 2000
    assert np.isnan(found["gas_percentiel"][1])  # gas cut off tells nothing of use


def _months(of_zero: list[float], of_empty: float = 150.0) -> dict[tuple[int, str], list[float]]:
    """24 months: 100 kWh everywhere, but `of_zero` at address 0 and `of_empty` at 5."""
    even = {(at, "ELK"): [100.0] * 24 for at in range(1, 5)}
    return {(0, "ELK"): of_zero, (5, "ELK"): [of_empty] * 24, **even}


STILL = [100.0] * 21 + [10.0] * 3


def test_a_home_that_fell_still_while_registered() -> None:
    found = energie(_lived(energie_maand=maanden(_months(STILL))))
    # Usual is 100 a month (the median year is 1200); 10 is a tenth of it.
    assert found["recent_te_laag_ingeschreven"].round(6).tolist() == [90, 0, 0, 0, 0, 0]
    assert found["lege_maanden"][0] == found["lege_maanden_ingeschreven"][0] == 3
    assert found["basislast"][0] == 10
    assert found["laatste_3_maanden"][0] == pytest.approx(0.1)
    assert found["sprong"][0] == pytest.approx(np.log(0.15 / 1.05))  # 0.05 is added to both


def test_estimated_months_tell_no_pattern() -> None:
    rows = maanden(_months(STILL))
    rows["gemeten"] = rows["afname"] > 50  # the three low months are estimates
    found = energie(_lived(energie_maand=rows))
    assert found["lege_maanden"][0] == 0
    assert np.isnan(found["recent_te_laag_ingeschreven"][0])


def test_months_of_use_without_registration() -> None:
    found = energie(_lived(energie_maand=maanden(_months([100.0] * 24)), empty_since="2026-01-01"))
    # January to August 2026; the homes with residents were never empty.
    assert found["gebruiksmaanden_zonder_inschrijving"].tolist() == [0, 0, 0, 0, 0, 8]
    assert found["gebruik_tijdens_leegstand"].tolist() == pytest.approx([0, 0, 0, 0, 0, 1.5])


def test_use_at_the_lowest_fifth_is_no_use_without_registration() -> None:
    found = energie(_lived(energie_maand=maanden(_months([100.0] * 24, of_empty=100.0)), empty_since="2026-01-01"))
    assert found["gebruiksmaanden_zonder_inschrijving"][5] == 0


def test_gas_that_does_not_answer_to_the_cold() -> None:
    year = [200.0, 180.0, 150.0, 80.0, 40.0, 20.0, 20.0, 20.0, 50.0, 100.0, 150.0, 190.0]
    use = {(at, "GAS"): year * 2 for at in range(1, 5)} | {(0, "GAS"): [100.0] * 24, (5, "GAS"): [0.0] * 24}
    found = energie(_lived(energie_maand=maanden(use | _months([100.0] * 24))))
    assert found["gas_antwoord_op_kou"].round(6).tolist() == [0, 1, 1, 1, 1, 0]
    assert found["ingeschreven_gas_zonder_kou"].round(6).tolist() == [100, 0, 0, 0, 0, 0]


def test_winter_in_a_recreation_home_without_registration() -> None:
    parks = table(landing.OMGEVING, [{"recreatiepark": float(at in (4, 5))} for at in range(6)])
    found = energie(_lived(energie_maand=maanden(_months([100.0] * 24)), omgeving=parks))
    assert found["winter_in_recreatie"].tolist() == pytest.approx([0, 0, 0, 0, 0, 1.5])  # at 4 somebody is registered


def test_monthly_use_goes_before_yearly_but_a_broken_year_falls_back() -> None:
    months = _months([100.0] * 24)
    months[(1, "ELK")] = [100.0] * 18 + [NAN] + [100.0] * 5
    found = energie(_lived(energie_maand=maanden(months), energie_jaar=jaar((0, "ELK", 9999.0), (1, "ELK", 2400.0))))
    assert found["stroom_verhouding"][:2].tolist() == pytest.approx([1.0, 2.0])  # 1200 and 2400 on a median of 1200


def test_use_of_the_postcode_range() -> None:
    homes = adressen(3, postcode=["1234AB", "1234AZ", "1299AA"])
    ranges = [
        {"postcode_van": "1234AA", "postcode_tot": "1234AM", "product": "ELK", "verbruik": 2500.0},
        {"postcode_van": "1234AA", "postcode_tot": "1234AM", "product": "GAS", "verbruik": 900.0},
        {"postcode_van": "1234AN", "postcode_tot": "1234AZ", "product": "ELK", "verbruik": 4000.0},
    ]
    sources = world(
        adressen=homes, kleinverbruik=table(landing.KLEINVERBRUIK, ranges), energie_jaar=jaar((0, "ELK", 5000.0))
    )
    found = energie(sources)
    assert found["stroom_postcode"].fillna(-1).tolist() == [2500, 4000, -1]
    assert found["stroom_tegen_postcode"][0] == 2.0


def test_without_energy_or_without_a_brp_nothing_is_compared() -> None:
    assert energie(_lived()).shape == (6, 0)
    assert set(energie(world(energie_jaar=YEARS[YEARS["adres"] < 5]))) == {
        "stroom_afgesloten",
        "gas_afgesloten",
        "stroom_ontbreekt",
        "teruglevering",
    }
