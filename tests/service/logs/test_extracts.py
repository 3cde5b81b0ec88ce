"""The extracts over HTTP: who may read what, what it says of the address, and that reading leaves its own row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from service.logs.entry import Entry, Result, Trace
from service.logs.leesgrens import Leesgrens
from service.people import Person, Role
from service.signin import sessions
from tests.postgres import ABSENT, installed, new_database
from tests.service.logs.chain import closed
from tests.service.publication import Written
from tests.service.serving import Served, serving, someone

ANNA = someone(Role.BEOORDELAAR, name="anna")
ELSEWHERE = replace(someone(Role.BEOORDELAAR, name="elders"), gemeenten=frozenset({"0999"}))
OTTO = someone(Role.AUDITOR, name="otto")


class Place:
    """A service with some rows in its log: two of Anna, about the first three of the list, and one from elsewhere."""

    def __init__(self, served: Served) -> None:
        self.served = served
        with served.client_of(ANNA) as anna:
            answer = anna.get("/v1/ranglijsten/spookbewoning/adressen", params={"aantal": 3}).json()
        self.run, self.rows = answer["runId"], answer["rijen"]
        self.bags = tuple(row["adres"]["adresseerbaarobjectIdentificatie"] for row in self.rows)
        self.show(ANNA, *self.bags)
        self.show(ANNA, self.bags[1], handeling="adres.lezen")
        self.show(ELSEWHERE, "0999010000000001")

    def show(self, person: Person, *bags: str, handeling: str = "ranglijst.lezen") -> None:
        about = (("run", self.run), ("doel", "spookbewoning"))
        with self.served.database.unit(person, Trace()) as unit:
            sessions.begin(unit.connection, person, unit.now)
            unit.log(
                Entry(handeling=handeling, object_soort="lijst", object_id="x", adressen=bags, bijzonderheden=about)
            )


@pytest.fixture(scope="module")
def folder(publicaties: Path, written: Written) -> Path:
    return publicaties


@pytest.fixture(scope="module")
def place(folder: Path) -> Iterator[Place]:
    with serving(folder) as served:
        yield Place(served)


@pytest.fixture
def otto(place: Place) -> Iterator[httpx.Client]:
    with place.served.client_of(OTTO) as client:
        yield client


def test_the_audit_log_in_pages_without_the_rows_of_other_gemeenten(place: Place, otto: httpx.Client) -> None:
    seen: list[dict[str, object]] = []
    url = str(httpx.URL("/v1/audit-regels", params={"aantal": 2}))
    while url:
        answer = otto.get(url)
        assert answer.status_code == 200, answer.text
        seen += answer.json()["regels"]
        url = answer.links.get("next", {}).get("url", "")
    numbers = [row["nr"] for row in seen]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == len(set(numbers))
    assert {"p-anna", "p-otto"} <= {row["persoon"] for row in seen} <= {"", "p-anna", "p-otto"}
    assert ELSEWHERE.id not in str(seen)
    mine = otto.get("/v1/audit-regels", params={"persoon": "p-anna", "handeling": "adres.lezen"}).json()["regels"]
    assert [(row["aantalAdressen"], row["bijzonderheden"]["run"]) for row in mine] == [(1, place.run)]


def test_reading_the_log_is_in_the_log(otto: httpx.Client) -> None:
    otto.get("/v1/dataverwerkingen")
    row = otto.get("/v1/audit-regels", params={"aantal": 1}).json()["regels"][0]
    assert (row["persoon"], row["handeling"], row["objectId"]) == ("p-otto", "logboek.lezen", "dataverwerkingen")


def test_one_ldv_record_per_subject_and_no_employee(place: Place, otto: httpx.Client) -> None:
    answer = otto.get("/v1/dataverwerkingen", params={"aantal": 1000})
    records = answer.json()["verwerkingen"]
    assert len(records) >= 4  # three of the list, one of the address; not that of elsewhere
    by_trace = [each["traceId"] for each in records]
    assert sorted(by_trace.count(trace) for trace in set(by_trace))[-1] == 3
    one = records[-1]
    assert set(one["attributes"]) == {
        "dpl.core.processing_activity_id", "dpl.core.data_subject_id", "dpl.core.data_subject_id_type",
    }  # fmt: skip
    assert "p-anna" not in answer.text and "Anna" not in answer.text
    assert not [bag for bag in place.bags if bag in answer.text]
    subject_of = {each["attributes"]["dpl.core.data_subject_id"] for each in records}
    assert len(subject_of) == 3  # the address seen twice is one subject


def test_who_saw_an_address_and_what_the_list_said(place: Place, otto: httpx.Client) -> None:
    id = place.rows[1]["adres"]["id"]
    found = otto.get(f"/v1/adressen/{id}/inzagen").json()
    stand = place.rows[1]["stand"]
    told = [
        (row["persoon"], row["handeling"], row["stand"]) for row in found["inzagen"] if row["doel"] == "spookbewoning"
    ][-3:]  # newest first; the first three rows of the list she saw twice: asked for by `Place`, and written by it
    expected = {"rang": stand["rang"], "band": stand["band"], "kans": stand["kans"]}
    saw = ("p-anna", "ranglijst.lezen", expected)
    assert told == [("p-anna", "adres.lezen", expected), saw, saw]
    again = otto.get(f"/v1/adressen/{id}/inzagen").json()["inzagen"]
    assert (again[0]["persoon"], again[0]["handeling"]) == ("p-otto", "logboek.adres")  # the look itself
    assert otto.get(f"/v1/adressen/{id}/inzagen", params={"tot": "2020-01-01"}).json()["inzagen"] == []


def test_an_address_of_another_gemeente_is_not_there(place: Place) -> None:
    id = place.rows[0]["adres"]["id"]
    with place.served.client_of(replace(OTTO, id="p-ver", gemeenten=frozenset({"0999"}))) as far:
        assert far.get(f"/v1/adressen/{id}/inzagen").status_code == 404
        assert far.get(f"/logboek/adressen/{id}").status_code == 404
        assert far.post("/logboek/_zoek", data={"bag": place.bags[0]}).status_code == 404


def test_the_page_shows_rows_chain_and_names_and_the_download_none(place: Place, otto: httpx.Client) -> None:
    page = otto.get("/logboek", params={"van": "2020-01-01", "tot": "", "persoon": "p-anna"})
    assert page.status_code == 200 and "De keten klopt tot en met nummer" in page.text
    assert "Anna" in page.text and "Adres bekeken" in page.text and "Inloggen" not in page.text
    answer = otto.get("/logboek/regels.csv", params={"persoon": "p-anna"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["persoon"] for row in rows} == {"p-anna"} and "Anna" not in answer.text
    found = otto.post("/logboek/_zoek", data={"bag": place.bags[0]})
    assert found.status_code == 303 and place.bags[0] not in found.headers["location"]
    assert "plaats" in otto.get(found.headers["location"]).text


def test_a_broken_chain_is_told_on_the_page(folder: Path) -> None:
    with serving(folder) as served, served.client_of(OTTO) as otto:
        otto.get("/logboek")
        with served.database.engine.begin() as connection:
            connection.execute(text("drop trigger auditlogboek_wijzigen"))
            connection.execute(text("update auditlogboek set persoon = '' where nr = 2"))
        assert "De keten klopt niet vanaf nummer 2" in otto.get("/logboek").text


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_log_that_cannot_be_written_is_a_503_without_an_answer(
    kind: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "postgresql" and not installed():
        pytest.skip(ABSENT)
    url = new_database(request.getfixturevalue("postgres")) if kind == "postgresql" else ""
    with serving(folder, database=url) as served, served.client_of(OTTO) as otto:
        assert otto.get("/v1/audit-regels").status_code == 200
        closed(served.database, "auditlogboek")
        for path in ("/v1/audit-regels", "/logboek"):
            answer = otto.get(path)
            assert answer.status_code == 503 and "p-otto" not in answer.text
            assert int(answer.headers["retry-after"]) > 0


def test_beyond_the_reading_limit_is_a_429(folder: Path) -> None:
    with serving(folder, leesgrens=Leesgrens(per_minuut=2)) as served, served.client_of(OTTO) as otto:
        with served.client_of(ANNA) as anna:
            row = anna.get("/v1/ranglijsten/spookbewoning/adressen", params={"aantal": 1}).json()
        id = row["rijen"][0]["adres"]["id"]
        codes = [otto.get(f"/v1/adressen/{id}/inzagen").status_code for _ in range(3)]
        answer = otto.get(f"/v1/adressen/{id}/inzagen")
        assert codes == [200, 200, 429] and 0 < int(answer.headers["retry-after"]) <= 60
        rows = otto.get("/v1/audit-regels", params={"resultaat": Result.GEWEIGERD.value}).json()["regels"]
        assert [row["handeling"] for row in rows] == ["logboek.adres"] * 2
