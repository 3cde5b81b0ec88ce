"""Linking: every route, every spelling, and nothing guessed."""

from __future__ import annotations

import pandas as pd
import pytest

from features.address import identificaties
from features.link import Linker

BAG = pd.DataFrame(
    {
        "identificatie": ["0175010000000001", "0175010000000002", "0175010000000003", "0175010000000004"],
        "nummeraanduiding": ["0175200000000001", "0175200000000002", "0175200000000003", "0175200000000004"],
        "postcode": ["7777AA"] * 4,
        "huisnummer": ["12"] * 4,
        "huisletter": ["", "a", "", ""],
        "toevoeging": ["", "", "bis", "1"],
    }
).astype("str")
LINKER = Linker(BAG)


def text(*values: str) -> pd.Series:
    return pd.Series(values, dtype="str")


def by_address(number: str, letter: str = "", addition: str = "", postcode: str = "7777AA") -> tuple[int, str]:
    links = LINKER.link(
        postcode=text(postcode), huisnummer=text(number), huisletter=text(letter), toevoeging=text(addition)
    )
    return int(links.adres[0]), str(links.route[0])


@pytest.mark.parametrize(
    ("spelling", "adres", "route"),
    [
        (("12",), 0, "adres_exact"),
        (("012",), 0, "adres_exact"),
        (("12", "A"), 1, "adres_exact"),
        (("12A",), 1, "adres_exact"),
        (("12 a",), 1, "adres_exact"),
        (("12-a",), 1, "adres_hersteld"),
        (("12", "", "A"), 1, "adres_hersteld"),
        (("12", "", "-a"), 1, "adres_hersteld"),
        (("12 bis",), 2, "adres_exact"),
        (("12-BIS",), 2, "adres_hersteld"),
        (("12", "b", "is"), 2, "adres_hersteld"),
        (("12-1",), 3, "adres_hersteld"),
        (("12", "", "01"), 3, "adres_hersteld"),
        (("12", "", "I"), -1, "geen"),  # numerals are not translated
        (("13",), -1, "geen"),
        (("",), -1, "geen"),
    ],
)
def test_every_spelling_of_an_address(spelling: tuple[str, ...], adres: int, route: str) -> None:
    assert by_address(*spelling) == (adres, route)


def test_postcode_in_lower_case_with_a_space_is_still_exact() -> None:
    assert by_address("12", postcode="7777 aa") == (0, "adres_exact")
    assert by_address("12", postcode="7777AB") == (-1, "geen")


def test_two_addresses_that_fit_are_never_guessed() -> None:
    twice = BAG.assign(huisletter=["", "a", "", ""], toevoeging=["", "", "A", "1"])  # 12 a and 12 with addition A
    links = Linker(twice).link(postcode=text("7777AA", "7777AA"), huisnummer=text("12-A", "12"))
    assert links.route.tolist() == ["meerduidig", "adres_exact"]
    assert links.adres.tolist() == [-1, 0]
    same = BAG.assign(toevoeging="", huisletter="")  # four objects with one address
    assert Linker(same).link(postcode=text("7777AA"), huisnummer=text("12")).route.tolist() == ["meerduidig"]


def test_an_unknown_id_falls_through_to_the_next_route() -> None:
    known, unknown = "0175010000000003", "0175010000000099"
    links = LINKER.link(
        adresseerbaarobject=text(known, unknown, unknown, "", unknown),
        nummeraanduiding=text("0175200000000001", "0175200000000004", "", "0175200000000002", ""),
        postcode=text("", "", "7777AA", "7777AA", ""),
        huisnummer=text("", "", "12", "12", ""),
    )
    assert links.route.tolist() == ["id", "nummeraanduiding", "adres_exact", "nummeraanduiding", "geen"]
    assert links.adres.tolist() == [2, 3, 0, 1, -1]
    assert links.counts() == {
        "id": 1,
        "nummeraanduiding": 2,
        "adres_exact": 1,
        "adres_hersteld": 0,
        "meerduidig": 0,
        "geen": 1,
    }


def test_missing_values_and_no_rows_are_no_trouble() -> None:
    nothing = pd.Series([None], dtype="str")
    links = LINKER.link(adresseerbaarobject=nothing, postcode=nothing, huisnummer=nothing, huisletter=nothing)
    assert links.route.tolist() == ["geen"]
    assert len(LINKER.link(postcode=text(), huisnummer=text()).adres) == 0
    with pytest.raises(ValueError, match="at least one"):
        LINKER.link()


def test_identifications_are_sixteen_digits_or_nothing() -> None:
    ids = text("0175010000000001", " 175010000000001 ", "17501000000001", "x175010000000001", "")
    assert identificaties(ids).tolist() == ["0175010000000001", "0175010000000001", "", "", ""]
