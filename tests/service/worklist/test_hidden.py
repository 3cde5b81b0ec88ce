"""What somebody who judges, or who investigates, does not see elsewhere, and that they do not see why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import insert, select, update

from service import opaque
from service.cases.codes import Deel
from service.cases.tables import delen, herbezoeken, onderzoeken
from service.logs.entry import Entry, Trace
from service.people import Role
from service.worklist.codes import Stand
from service.worklist.hidden import hidden_now
from service.worklist.policy import Werkvoorraad
from service.worklist.tables import werkitems
from tests.service.publication import Written, write_publication
from tests.service.serving import GEMEENTE, KEY, Served, serving, someone
from tests.service.worklist.desks import ANNA, BILAL, PIETER
from tests.service.worklist.eliminating import rows

WHY = "Al twee jaar geen post en wel stroomverbruik."
POLICY = Werkvoorraad(capaciteit=10, sluier=6)
MODEL = ("data-rang", "stand__kans", "Kans", "balk__vulling", "adres.rang")


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return write_publication(tmp_path)


@pytest.fixture
def served(tmp_path: Path, written: Written) -> Iterator[Served]:
    with serving(tmp_path, werkvoorraad=POLICY) as running:
        for person in (ANNA, BILAL):
            running.session_of(person)
        with running.client_of(PIETER) as planner:
            wanted = {"gemeente": GEMEENTE, "doel": "spookbewoning"}
            assert planner.post("/v1/werkvoorraad/rondes", json=wanted).status_code == 201
        yield running


def id_of(identificatie: str) -> str:
    return opaque.opaque_id(opaque.subkey(KEY, "adres"), identificatie)


def listed(http: httpx.Client, doel: str = "spookbewoning") -> set[str]:
    return {row["adres"]["adresseerbaarobjectIdentificatie"] for row in rows(http, doel)}


def items(served: Served) -> dict[str, str]:
    """Of each open item the address."""
    with served.database.looking() as read:
        rows = read.execute(select(werkitems).where(werkitems.c.stand == Stand.OPEN))
        return {row.id: row.adresseerbaarobject_identificatie for row in rows}


def judge(served: Served, id: str, oordeel: str = "niet_nodig") -> None:
    for person in (ANNA, BILAL):
        with served.client_of(person) as http:
            given = {"oordeel": oordeel, "motivering": WHY, "versie": 0}
            if http.post(f"/v1/werkvoorraad/{id}/oordelen", json=given).status_code == 201:
                return
    raise AssertionError(id)


def test_a_veil_hides_what_waits_until_the_round_is_done(served: Served, written: Written) -> None:
    everything = set(written.addresses["adresseerbaarobject_identificatie"])
    waiting = items(served)
    with served.client_of(ANNA) as anna, served.client_of(PIETER) as pieter:
        assert listed(pieter) == everything
        gone = everything - listed(anna)
        assert gone == everything - listed(anna, "schijnbewoning") and set(waiting.values()) < gone
        veil = gone - set(waiting.values())
        answers = {anna.get(f"/v1/adressen/{id_of(one)}").text for one in gone}
        assert len(answers) == 1 and "laten we nu niet zien" in answers.pop()  # which of both it is cannot be told
        assert {anna.get(f"/adressen/{id_of(one)}").status_code for one in gone} == {409}
        for one in gone:  # whoever comes to the counter can be looked up all the same
            about = written.addresses.set_index("adresseerbaarobject_identificatie").loc[one]
            found = anna.post("/v1/adressen/_zoek", json={"tekst": about["adres"]}).json()["adressen"]
            assert id_of(one) in {each["id"] for each in found}
        first, *others = waiting
        judge(served, first)
        assert everything - listed(anna) == gone  # counting down what is left tells nothing
        assert anna.get(f"/v1/adressen/{id_of(waiting[first])}").status_code == 200
        assert "Er ontbreken adressen" in anna.get("/ranglijsten/spookbewoning").text
        for id in others:
            judge(served, id)
        assert listed(anna) == everything and len(veil) <= 2 * 5 * POLICY.sluier
        assert "Er ontbreken adressen" not in anna.get("/ranglijsten/spookbewoning").text


def test_another_role_beside_it_opens_no_other_door(served: Served) -> None:
    """Somebody who judges and also watches: the logs and a request for access hold scores."""
    both = someone(Role.BEOORDELAAR, Role.AUDITOR, Role.PRIVACY, name="dubbel")
    second = someone(Role.GOEDKEURDER, name="carla")
    address = next(iter(items(served).values()))
    with served.client_of(both) as http, served.client_of(second) as other:
        for path in (f"/v1/adressen/{id_of(address)}/inzagen", f"/logboek/adressen/{id_of(address)}"):
            assert http.get(path).status_code == 409
        wanted = {"adresseerbaarobjectIdentificatie": address, "reden": "Bewoner vraagt om inzage."}
        asked = http.post("/v1/inzageverzoeken", json=wanted).json()["id"]
        assert other.post(f"/v1/inzageverzoeken/{asked}/besluiten", json={"akkoord": True}).status_code == 201
        for path in (f"/v1/inzageverzoeken/{asked}/gegevens", f"/inzage/{asked}"):
            assert http.get(path).status_code == 409


def test_who_investigates_without_having_judged_sees_evidence_and_no_score(served: Served) -> None:
    id, address = next(iter(items(served).items()))
    judge(served, id, "in_onderzoek")
    with served.database.looking() as read:
        case = read.execute(select(onderzoeken)).one()
        judged_by = next(p for p in (ANNA, BILAL) if id in _own(served, p))
    other = BILAL if judged_by is ANNA else ANNA
    _handled_by(served, case.id, other.id)
    page_of, api = f"/adressen/{id_of(address)}?doel=spookbewoning", f"/v1/adressen/{id_of(address)}"
    with served.client_of(other) as http:
        page = http.get(page_of)
        assert page.status_code == 200 and "U onderzoekt dit adres" in page.text and "Spreekt ervoor" in page.text
        assert not any(word in page.text for word in MODEL)
        told = http.get(api).json()
        assert told["doelen"] == [] and told["adres"]["adresseerbaarobjectIdentificatie"] == address
        assert http.get(f"{api}/scores").json()["publicaties"] == []
        assert address not in listed(http)
    with served.client_of(judged_by) as http:  # saw the answer after the judgement
        assert http.get(api).json()["doelen"] != []
    with served.database.unit(None, Trace()) as unit:
        unit.connection.execute(update(onderzoeken).values(afgerond=unit.now, toestand="afgerond"))
        unit.log(Entry(handeling="test", object_soort="test"))
    with served.client_of(other) as http:
        assert http.get(api).json()["doelen"] != []


def test_a_second_look_is_no_different_from_a_first(served: Served) -> None:
    """The same answers, whether a case is an ordinary one or a second look at a closed one."""
    a, b = list(items(served).items())[:2]
    for id, _ in (a, b):
        judge(served, id, "in_onderzoek")
    with served.database.looking() as read:
        cases = {row.adresseerbaarobject_identificatie: row.id for row in read.execute(select(onderzoeken))}
    judges = {p.id for p in (ANNA, BILAL) for id, _ in (a, b) if id in _own(served, p)}
    stranger = next((p for p in (ANNA, BILAL) if p.id not in judges), None)
    person = stranger or ANNA
    with served.database.unit(None, Trace()) as unit:
        unit.connection.execute(
            update(onderzoeken).where(onderzoeken.c.id == cases[a[1]]).values(herhaling_van=cases[b[1]])
        )
        row = {"onderzoek_id": cases[b[1]], "getrokken": 0.0, "aandeel": 1.0, "vanaf": None}
        unit.connection.execute(insert(herbezoeken), {**row, "geopend_als": cases[a[1]]})
        unit.log(Entry(handeling="test", object_soort="test"))
    for case in cases.values():
        _handled_by(served, case, person.id)
    found = hidden_now(served.database, person).onderzocht
    own = {address for id, address in (a, b) if id in _own(served, person)}
    assert found == {a[1], b[1]} - own


def _own(served: Served, person: object) -> set[str]:
    with served.database.looking() as read:
        rows = read.execute(select(werkitems.c.id).where(werkitems.c.behandelaar == person.id))  # type: ignore[attr-defined]
        return set(rows.scalars())


def _handled_by(served: Served, case: str, person: str) -> None:
    with served.database.unit(None, Trace()) as unit:
        unit.connection.execute(update(delen).where(delen.c.onderzoek_id == case).values(tot=unit.now))
        known = unit.connection.execute(
            update(delen)
            .where(delen.c.onderzoek_id == case, delen.c.persoon == person, delen.c.deel == Deel.BEHANDELAAR)
            .values(tot=None)
        ).rowcount
        if not known:
            row = {"onderzoek_id": case, "persoon": person, "deel": Deel.BEHANDELAAR.value, "sinds": unit.now}
            unit.connection.execute(insert(delen), {**row, "verklaard": unit.now, "tot": None, "band": False})
        unit.connection.execute(update(onderzoeken).where(onderzoeken.c.id == case).values(behandelaar=person))
        unit.log(Entry(handeling="test", object_soort="test"))
