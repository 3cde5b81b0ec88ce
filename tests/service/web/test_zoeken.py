"""Finding an address from the page: nothing of it in a URI, nothing of the model in what is found."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from service.people import Role
from tests.service.publication import Written
from tests.service.serving import Served


@pytest.fixture
def http(served: Served) -> Iterator[httpx.Client]:
    with served.client(Role.BEOORDELAAR) as client:
        yield client


def found(page: str) -> list[str]:
    return re.findall(r'href="/adressen/[0-9a-f]{32}">([^<]+)</a>', page)


def test_the_box_stands_on_the_list_and_posts(http: httpx.Client, served: Served) -> None:
    page = http.get("/ranglijsten/spookbewoning").text
    assert '<form class="zoekveld" method="post" action="/adressen/_zoek" role="search">' in page
    with served.client(Role.DATATEAM) as other:  # may see the list, and no address by itself
        assert "zoekveld" not in other.get("/ranglijsten/spookbewoning").text
        assert other.post("/adressen/_zoek", data={"zoek": "dorps"}).status_code == 403


def test_words_give_a_list_and_one_hit_the_address(http: httpx.Client, written: Written) -> None:
    streets = written.addresses["adres"]
    several = http.post("/adressen/_zoek", data={"zoek": "  kerkweg "})
    assert several.status_code == 200 and len(found(several.text)) == min(20, streets.str.startswith("Kerkweg").sum())
    assert all(street.startswith("Kerkweg") for street in found(several.text))
    assert not re.search(r"\b[Rr]ang\b|data-band", several.text.split("<main")[1])
    once = streets[~streets.duplicated(keep=False)].iloc[0]
    hit = http.post("/adressen/_zoek", data={"zoek": once})
    assert hit.status_code == 303 and re.fullmatch(r"/adressen/[0-9a-f]{32}", hit.headers["location"])
    assert once in http.get(hit.headers["location"]).text


def test_by_postcode_and_number_and_by_nothing(http: httpx.Client, written: Written) -> None:
    row = written.addresses.iloc[10]
    number = row["adres"].rsplit(" ", 1)[1]
    spelled = f"{row['postcode'][:4]} {row['postcode'][4:].lower()}, {number}"
    answer = http.post("/adressen/_zoek", data={"zoek": spelled})
    assert row["adres"] in http.get(answer.headers["location"]).text
    for nothing in ("", "   ", "nergenshuizen 4", "|", "\n"):
        answer = http.post("/adressen/_zoek", data={"zoek": nothing})
        assert answer.status_code == 200 and "Geen adres gevonden" in answer.text


def test_a_number_is_a_whole_number(http: httpx.Client, written: Written) -> None:
    numbers = written.addresses["adres"].str.extract(r"^Dorpsstraat (\d+)")[0].dropna()
    wanted = next(number for number in numbers if numbers.str.startswith(number).sum() > (numbers == number).sum())
    answer = http.post("/v1/adressen/_zoek", json={"tekst": f"dorpsstraat {wanted}"}).json()
    assert {re.findall(r"\d+", one["adres"])[0] for one in answer["adressen"]} == {wanted}
