"""Which objects are scored, by purpose and status in the words of the BAG catalogue."""

from __future__ import annotations

import pandas as pd
import pytest

from features.sources.bag_objects import place_panden, scored


@pytest.mark.parametrize(
    ("soort", "status", "doel", "wanted"),
    [
        ("verblijfsobject", "Verblijfsobject in gebruik", "woonfunctie", True),
        ("verblijfsobject", "Verblijfsobject in gebruik (niet ingemeten)", "winkelfunctie,woonfunctie", True),
        ("verblijfsobject", "Verbouwing verblijfsobject", "logiesfunctie", True),
        ("verblijfsobject", "Verblijfsobject buiten gebruik", "woonfunctie", True),
        ("verblijfsobject", "Verblijfsobject gevormd", "woonfunctie", True),
        ("verblijfsobject", "Verblijfsobject in gebruik", "kantoorfunctie", False),
        ("verblijfsobject", "Verblijfsobject in gebruik", None, False),
        ("verblijfsobject", "Verblijfsobject ingetrokken", "woonfunctie", False),
        ("verblijfsobject", "Niet gerealiseerd verblijfsobject", "woonfunctie", False),
        ("verblijfsobject", "Verblijfsobject ten onrechte opgevoerd", "woonfunctie", False),
        ("ligplaats", "Plaats aangewezen", None, True),
        ("standplaats", "Plaats ingetrokken", None, False),
    ],
)
def test_scored(soort: str, status: str, doel: str | None, wanted: bool) -> None:
    purposes = pd.Series([doel], dtype="str") if soort == "verblijfsobject" else None
    assert scored(soort, pd.Series([status], dtype="str"), purposes).tolist() == [wanted]


def test_a_pand_lies_where_its_addresses_are_and_else_where_its_old_code_went() -> None:
    """0500 was merged into 0175: its objects keep their ids. Pand a holds an address; b is a barn of 0500; c of 0175;
    d of a gemeente that is not in the delivery."""
    adressen = pd.DataFrame(
        {
            "identificatie": ["0500010000000001", "0175010000000002"],
            "pand_id": ["0500100000000001", None],
            "gemeente": ["0175", "0175"],
        },
        dtype="str",
    )
    ids = ["0500100000000001", "0500100000000009", "0175100000000003", "0999100000000004"]
    panden = pd.DataFrame({"identificatie": ids}, dtype="str")
    assert place_panden(panden, adressen, ("0175",)).tolist() == [0, 0, 0, -1]
