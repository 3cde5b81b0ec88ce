"""Investigations over HTTP: need to know, the gate of the declaration, and a clear answer to every step."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from docx import Document
from sqlalchemy import select

from service.cases.records import Case
from service.cases.steps import Stap
from service.logs.tables import audit, ldv
from service.people import Role
from tests.service.cases.working import MORNING, NEVER, Clock, Work
from tests.service.publication import Written
from tests.service.serving import Served, serving


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def desk(publicaties: Path, written: Written, clock: Clock) -> Iterator[Served]:
    with serving(publicaties, clock=clock, onderzoek=NEVER) as running:
        yield running


@pytest.fixture(scope="module")
def work(desk: Served) -> Work:
    made = Work(desk.database)
    for name in ("anna", "bilal"):
        made.hire(Role.BEOORDELAAR, name=name)
    for name in ("carla", "cem"):
        made.hire(Role.GOEDKEURDER, name=name)
    return made


def address(written: Written, n: int) -> str:
    return str(written.addresses["adresseerbaarobject_identificatie"].iloc[n])


def as_(desk: Served, work: Work, person: str) -> httpx.Client:
    return desk.client_of(work.people[person])


def step(client: httpx.Client, case: Case, versie: int, stap: str, **more: str) -> httpx.Response:
    body = {"stap": stap, "versie": versie, "sleutel": f"sleutel-{stap}-{versie}", **more}
    return client.post(f"/v1/onderzoeken/{case.id}/stappen", json=body)


def test_a_case_is_its_own_peoples_and_opens_after_the_declaration(desk: Served, work: Work, written: Written) -> None:
    case = work.open(address(written, 11), aanleiding="steekproef")
    outsider = ({"p-anna", "p-bilal"} - {case.behandelaar}).pop()
    for person in (outsider, "p-carla"):
        with as_(desk, work, person) as client:
            assert client.get(f"/v1/onderzoeken/{case.id}").status_code == 404
            assert step(client, case, 2, "geen_band").status_code == 404
            assert case.id not in client.get("/v1/onderzoeken").text
    with desk.client(Role.BEOORDELAAR, name="ver", gemeenten=frozenset({"0344"})) as far:
        assert far.get(f"/v1/onderzoeken/{case.id}").status_code == 404
    with as_(desk, work, case.behandelaar) as client:
        shut = client.get(f"/v1/onderzoeken/{case.id}").json()
        assert shut["verklaard"] is False and shut["stappen"] == [] and shut["mogelijk"] == []
        assert step(client, case, 2, "geen_band").json() == {"versie": 3}
        opened = client.get(f"/v1/onderzoeken/{case.id}")
        body = opened.json()
        assert [s["stap"] for s in body["stappen"]] == ["openen", "toewijzen", "geen_band"]
        assert [o["stap"] for o in body["mogelijk"]] == [
            "start_voorleggen", "zorg_overdragen", "intrekking_voorleggen"]  # fmt: skip
        for why in ("steekproef", "selectiekans", "0.25", "risico", "herhaling", "werkvoorraad"):
            assert why not in opened.text  # nothing tells why it was chosen
        (mine,) = [row for row in client.get("/v1/onderzoeken").json()["rijen"] if row["id"] == case.id]
        assert mine["nu"] == {"wat": "start_voorleggen", "uw": True} and mine["reactie"]["dagen"] == 28


def test_every_answer_with_an_address_is_in_both_logs_and_no_motivation_is(
    desk: Served, work: Work, written: Written
) -> None:
    case = work.open(address(written, 12))
    work.declare(case, case.behandelaar)
    with as_(desk, work, case.behandelaar) as client:
        assert step(client, case, 3, "start_voorleggen", motivering="een geheim woord: pimpelmees").status_code == 201
        client.get(f"/v1/onderzoeken/{case.id}")
    with desk.database.looking() as read:
        rows = read.execute(select(audit).where(audit.c.object_id == case.id).order_by(audit.c.nr)).all()
        assert [row.handeling for row in rows][-2:] == ["onderzoek.start_voorleggen", "onderzoek.lezen"]
        traces = {row.trace_id for row in rows}
        assert traces == set(read.execute(select(ldv.c.trace_id).where(ldv.c.trace_id.in_(traces))).scalars())
        assert "pimpelmees" not in str(read.execute(select(audit)).all())


def test_what_goes_wrong_is_told(desk: Served, work: Work, written: Written) -> None:
    case = work.open(address(written, 13))
    with as_(desk, work, case.behandelaar) as client:
        assert step(client, case, 2, "start_voorleggen", motivering="x").status_code == 409  # not declared
        step(client, case, 2, "geen_band")
        stale = step(client, case, 2, "start_voorleggen", motivering="x")
        assert stale.status_code == 409 and "langer open" in stale.json()["detail"]
        empty = step(client, case, 3, "start_voorleggen")
        assert empty.status_code == 400 and empty.json()["errors"][0]["name"] == "motivering"
        assert step(client, case, 3, "bezoek").status_code == 400  # has a door of its own
        assert step(client, case, 3, "start_akkoord").status_code == 403
        naive = {"versie": 3, "sleutel": "sleutel-9", "moment": "2026-11-25T10:00:00", "getroffen": "niemand"}
        assert client.post(f"/v1/onderzoeken/{case.id}/bezoeken", json=naive).status_code == 400
        assert client.get("/v1/onderzoeken/0123456789abcdef").status_code == 404


def test_a_visit_and_a_letter(desk: Served, work: Work, written: Written, clock: Clock) -> None:
    case = work.started(identificatie=address(written, 14))
    case = work.take(case, Stap.AANSCHRIJVEN)
    url = f"/v1/onderzoeken/{case.id}"
    with as_(desk, work, case.behandelaar) as client:
        asked = {"brief": "aanschrijving", "versie": case.versie, "sleutel": "sleutel-brief"}
        answer = client.post(f"{url}/brieven", json=asked)
        assert answer.headers["content-disposition"] == f'attachment; filename="aanschrijving-{case.id}.docx"'
        said = "\n".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
        assert written.addresses["adres"].iloc[14] in said
        case = work.take(case, Stap.HUISBEZOEK, motivering="x")
        visit = {
            "versie": case.versie, "sleutel": "sleutel-bezoek", "moment": MORNING.isoformat(), "getroffen": "bewoner",
            "gelegitimeerd": True, "toestemming": "geweigerd",
        }  # fmt: skip
        assert client.post(f"{url}/bezoeken", json=visit).status_code == 201
        (seen,) = client.get(url).json()["bezoeken"]
        assert (seen["toestemming"], seen["binnen"], seen["metgezel"]) == ("geweigerd", False, "")
        counts = client.get("/v1/onderzoeken/aantallen").json()
        assert {"gemeente": "0175", "toestand": "huisbezoek", "klok": "op_tijd", "aantal": 1} in counts["rijen"]


def test_where_somebody_has_secrecy_nothing_on_persons_is_taken_in(desk: Served, work: Work, written: Written) -> None:
    shielded = written.addresses["afgeschermd"].tolist().index("J")
    case = work.at_the_door(work.started(identificatie=address(written, shielded)))
    visit = {
        "versie": case.versie, "sleutel": "sleutel-bezoek", "moment": MORNING.isoformat(), "getroffen": "niemand",
        "bevinding": "twee kinderen voor het raam",
    }  # fmt: skip
    with as_(desk, work, case.behandelaar) as client:
        assert client.post(f"/v1/onderzoeken/{case.id}/bezoeken", json=visit).status_code == 400
        page = client.get(f"/onderzoeken/{case.id}").text
        assert "Geheimhouding" in page and 'name="bevinding"' not in page
