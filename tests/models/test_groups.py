"""The audit groups of a handful of homes, by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from features import landing
from models.group_names import AGE, DWELLING, GROUPINGS, HOUSEHOLD, PLACE, RURAL, TENURE
from models.groups import NOBODY, UNKNOWN, audit_groups
from tests.features.tiny import adressen, personen, table, verblijf, world

AS_OF = date(2026, 10, 1)
NAN = float("nan")


def _lived(*homes: tuple[float, ...]) -> dict[str, pd.DataFrame]:
    """homes: years of birth of who is registered there."""
    born = [year for home in homes for year in home]
    places = [at for at, home in enumerate(homes) for _ in home]
    lived = verblijf(*((person, at, "2020-01-01") for person, at in enumerate(places)))
    return {"adressen": adressen(len(homes)), "personen": personen(*born), "verblijf": lived}


def test_household_and_age_follow_from_who_is_registered() -> None:
    homes = ((), (1990.0,), (1990.0, 1985.0), (1985.0, 2015.0), (1985.0, 1986.0, 2015.0), (1950.0, 1990.0, 1991.0),
             (2015.0,), (NAN,))  # fmt: skip
    found = audit_groups(world(AS_OF, **_lived(*homes)))
    assert found[HOUSEHOLD].tolist() == [
        NOBODY, "een volwassene", "twee volwassenen", "een volwassene met kinderen", "meer volwassenen met kinderen",
        "drie of meer volwassenen", "alleen kinderen", "een volwassene",
    ]  # fmt: skip
    assert found[AGE].tolist() == [
        NOBODY, "30 tot 45", "30 tot 45", "30 tot 45", "30 tot 45", "67 tot 80", "tot 30", UNKNOWN,
    ]  # fmt: skip


def test_the_edges_of_the_age_bands_belong_to_the_older_band() -> None:
    homes = ((1997.0,), (1996.0,), (1982.0,), (1981.0,), (1960.0,), (1959.0,), (1947.0,), (1946.0,))
    found = audit_groups(world(AS_OF, **_lived(*homes)))[AGE].tolist()
    assert found == ["tot 30", "30 tot 45", "30 tot 45", "45 tot 67", "45 tot 67", "67 tot 80", "67 tot 80",
                     "80 en ouder"]  # fmt: skip


def test_only_what_was_known_on_the_day_counts() -> None:
    frames = _lived((1990.0,), ())
    frames["verblijf"] = verblijf((0, 0, "2020-01-01"), (0, 1, "2026-11-01"))
    assert audit_groups(world(AS_OF, **frames))[HOUSEHOLD].tolist() == ["een volwassene", NOBODY]
    assert audit_groups(world(date(2026, 12, 1), **frames))[HOUSEHOLD].tolist() == [NOBODY, "een volwassene"]


def test_tenure_place_and_surroundings() -> None:
    day = pd.Timestamp("2020-01-01")
    share = {"aandeel": 1.0, "van": day, "bekend": day}
    owned = table(
        landing.EIGENDOM,
        [
            share | {"adres": 0, "gerechtigde": 0, "gerechtigde_type": "natuurlijk_persoon", "woont_op_adres": 1.0},
            share | {"adres": 1, "gerechtigde": 1, "gerechtigde_type": "natuurlijk_persoon", "woont_op_adres": 0.0},
            share | {"adres": 2, "gerechtigde": 2, "gerechtigde_type": "woningcorporatie", "woont_op_adres": 0.0},
        ],
    )
    outside = table(landing.OMGEVING, [{"buitengebied": value} for value in (1.0, 0.0, NAN, 0.0)])
    homes = adressen(4, postcode=["1234AB", "1234ZZ", "1299AA", None])
    found = audit_groups(world(AS_OF, adressen=homes, eigendom=owned, omgeving=outside))
    assert found[TENURE].tolist() == ["eigenaar woont er", "particuliere verhuur", "corporatie of overheid", UNKNOWN]
    assert found[RURAL].tolist() == ["buitengebied", "bebouwde kom", UNKNOWN, "bebouwde kom"]
    assert found[PLACE].tolist() == ["Dorp 1234", "Dorp 1234", "Dorp 1299", UNKNOWN]
    assert found[DWELLING].notna().all()


def test_without_a_source_a_group_is_unknown() -> None:
    found = audit_groups(world(AS_OF, adressen=adressen(2)))
    assert list(found) == list(GROUPINGS)
    for name in (HOUSEHOLD, AGE, TENURE, RURAL):
        assert set(found[name]) == {UNKNOWN}
