"""Building, surroundings and signals: what needs no registration."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from features import landing
from features.groups.gebouw import gebouw
from features.groups.omgeving import neighbours, omgeving
from features.groups.signalen import signalen
from tests.features.tiny import adressen, table, world


def test_the_building() -> None:
    homes = adressen(
        5,
        gebruiksdoel=["woonfunctie", "woonfunctie,winkelfunctie", "logiesfunctie", "", "woonfunctie"],
        soort=["verblijfsobject"] * 3 + ["standplaats", "verblijfsobject"],
        status=[
            "Verblijfsobject in gebruik",
            "Verbouwing verblijfsobject",
            "Verblijfsobject gevormd",
            "Plaats aangewezen",
            "Verblijfsobject in gebruik (niet ingemeten)",
        ],
        pand=[0, 0, 1, -1, 2],
        bouwjaar=[1986.0, 2026.0, 2030.0, float("nan"), 1900.0],
    )
    found = gebouw(world(adressen=homes))
    assert found["logies"].tolist() == [0, 0, 1, 0, 0]
    assert found["gemengd_gebruik"].tolist() == [0, 1, 0, 0, 0]
    assert found["in_verbouwing"].tolist() == [0, 1, 0, 0, 0]
    assert found["nog_niet_in_gebruik"].tolist() == [0, 0, 1, 0, 0]
    assert found["woningen_in_pand"].tolist() == [2, 2, 1, 1, 1]
    assert found["leeftijd"].fillna(-1).tolist() == [40, 0, 0, -1, 126]  # as of 2026; not negative before it stands
    assert "gebouwen_zonder_adres" not in found


def test_buildings_without_an_address_within_fifty_metres() -> None:
    yard = [(100_000.0, 400_030.0, 0.0), (100_000.0, 399_949.0, 0.0), (100_001.0, 400_000.0, 1.0)]
    panden = table(landing.PANDEN, [{"x": x, "y": y, "aantal_verblijfsobjecten": n} for x, y, n in yard])
    # Of address 0: one 30 m off counts, one 51 m off does not, one with an address does not. Address 1 lies 58 m off.
    assert gebouw(world(panden=panden))["gebouwen_zonder_adres"].tolist() == [1, 0, 0, 0, 0]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300), st.booleans()), min_size=1, max_size=25))
def test_neighbours_equal_the_plain_version(places: list[tuple[int, int, bool]]) -> None:
    homes = adressen(len(places), x=[p[0] for p in places], y=[p[1] for p in places], gescoord=[p[2] for p in places])
    plain = [
        sum(home and at != here and (x - x0) ** 2 + (y - y0) ** 2 <= 100**2 for at, (x, y, home) in enumerate(places))
        for here, (x0, y0, _) in enumerate(places)
    ]
    found = neighbours(homes, 100.0)
    assert found.tolist() == plain or not any(p[2] for p in places)


def test_layers_as_they_are_and_unknown_where_absent() -> None:
    layers = table(landing.OMGEVING, [{"erf": float(at), "buitengebied": 1.0} for at in range(3)] + [{}, {}])
    found = omgeving(world(omgeving=layers))
    assert found["vrijgekomen_erf"].fillna(-1).tolist() == [0, 0, 1, -1, -1]
    assert found["agrarisch_erf"].fillna(-1).tolist() == [0, 1, 0, -1, -1]
    assert found["buitengebied"].fillna(-1).tolist() == [1, 1, 1, -1, -1]
    assert list(omgeving(world())) == ["buren_100", "buren_500"]


def test_signals_are_counted_per_kind_and_period() -> None:
    rows = [(0, "retourpost", "2026-09-30"), (0, "retourpost", "2025-09-30"), (0, "retourpost", "2024-09-30")]
    rows += [(1, "te_koop", "2026-01-01"), (-1, "retourpost", "2026-09-30"), (2, "iets_anders", "2026-09-30")]
    made = [{"adres": adres, "soort": kind, "bekend": pd.Timestamp(day)} for adres, kind, day in rows]
    found = signalen(world(date(2026, 10, 1), signalen=table(landing.SIGNALEN, made)))
    assert found["retourpost_12"].tolist() == [1, 0, 0, 0, 0]
    assert found["retourpost_24"].tolist() == [2, 0, 0, 0, 0]
    assert found["te_koop_12"].tolist() == [0, 1, 0, 0, 0]
    assert np.isclose(found.to_numpy().sum(), 5)  # retourpost 1 + 2, te_koop 1 + 1; another kind counts nowhere
