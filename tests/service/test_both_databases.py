"""The service over HTTP on SQLite and on PostgreSQL: what others ask of one, a sharp selection asks of both."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from service import cli
from service.cases.tables import onderzoeken, stappen
from service.logs.tables import audit, ldv
from service.logs.verify import verify
from service.people import Role
from service.signin.sessions import DEMO_COOKIE
from service.worklist.tables import oordelen
from tests.postgres import drop_database, new_database
from tests.service.cases.working import NEVER
from tests.service.oidc.browser import Browser
from tests.service.publication import Written, write_publication
from tests.service.serving import GEMEENTE, KEY, Served, serving, someone

ANNA, BILAL = (someone(Role.BEOORDELAAR, name=name) for name in ("anna", "bilal"))
CARLA, CEM = (someone(Role.GOEDKEURDER, name=name) for name in ("carla", "cem"))
PIETER, BEA = someone(Role.PLANNER, name="pieter"), someone(Role.BEHEER, name="bea")
OTTO, PRIYA = someone(Role.AUDITOR, name="otto"), someone(Role.PRIVACY, name="priya")
DAAN = someone(Role.DATATEAM, name="daan")
PEOPLE = {one.id: one for one in (ANNA, BILAL, CARLA, CEM)}
WHY = "De meterstand loopt op terwijl niemand is ingeschreven."
LIST = "/v1/ranglijsten/spookbewoning/adressen"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    made = tmp_path_factory.mktemp("beide")
    return made, write_publication(made, "20261001-0001", n=160)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest, folder: tuple[Path, Written], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """One running service on each kind of database, with everybody on the roster."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("opslag") / "schijnwerper.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
        server, url = "", f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("postgres")
        url = new_database(server, template=request.getfixturevalue("migrated_postgres"))
    with serving(folder[0], database=url, onderzoek=NEVER) as running:
        for person in PEOPLE.values():
            running.session_of(person)
        assert running.database.engine.dialect.name == request.param
        yield running
    if server:
        drop_database(server, url)


def count(desk: Served, table: Any) -> int:
    with desk.database.looking() as read:
        return int(read.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_list_an_address_and_a_search_each_leave_their_log(desk: Served) -> None:
    before = count(desk, audit), count(desk, ldv)
    with desk.client_of(ANNA) as anna:
        first = anna.get(f"{LIST}?aantal=25&band=C&band=D")
        rows = first.json()["rijen"]
        following = anna.get(first.links["next"]["url"]).json()["rijen"] if "next" in first.links else []
        assert rows and not {row["adres"]["id"] for row in rows} & {row["adres"]["id"] for row in following}
        one = anna.get(f"/v1/adressen/{rows[0]['adres']['id']}")
        assert one.status_code == 200 and one.json()["adres"]["id"] == rows[0]["adres"]["id"]
        assert anna.get(f"/adressen/{rows[0]['adres']['id']}").status_code == 200
        assert anna.get("/ranglijsten/spookbewoning").status_code == 200
        assert anna.get(f"/v1/adressen/{'0' * 32}").status_code in (400, 404)
    assert count(desk, audit) - before[0] >= 4 and count(desk, ldv) - before[1] >= 4
    with desk.database.looking() as read:
        assert verify(read).fout is None


def test_nobody_gets_in_without_a_session_and_nothing_changes_without_its_token(desk: Served) -> None:
    with httpx.Client(base_url=desk.url) as nobody:
        assert nobody.get(LIST).status_code == 401
    with desk.client_of(BEA) as bea:
        assert bea.get(LIST).status_code == 403
        assert bea.post("/uitloggen").status_code == 303
        assert bea.get("/beheer", headers={"Accept": "application/json"}).status_code in (303, 401)
    cookie, _ = desk.session_of(BEA)
    with httpx.Client(base_url=desk.url, headers={"Cookie": f"__Host-schijnwerper={cookie}"}) as forged:
        assert forged.post("/v1/stop", json={"reden": "zomaar een reden"}).status_code == 403


def test_an_address_is_judged_once_and_its_case_goes_all_the_way(desk: Served) -> None:
    with desk.client_of(PIETER) as pieter:
        wanted = {"gemeente": GEMEENTE, "doel": "spookbewoning"}
        assert pieter.post("/v1/werkvoorraad/rondes", json=wanted).status_code == 201
        assert pieter.post("/v1/werkvoorraad/rondes", json=wanted).status_code == 409
    with desk.client_of(ANNA) as anna:
        id = anna.get("/v1/werkvoorraad").json()["open"][0]["id"]
        item = anna.get(f"/v1/werkvoorraad/{id}").json()
        said = {"oordeel": "in_onderzoek", "motivering": WHY, "versie": item["versie"], "getoond": item["getoond"]}
        done = at_once(desk, f"/v1/werkvoorraad/{id}/oordelen", said)
        assert set(done) <= {201, 409} and 201 in done and count(desk, oordelen) == 1
        assert anna.get(f"/v1/werkvoorraad/{id}").json()["antwoord"] is not None
    with desk.database.looking() as read:
        case = read.execute(select(onderzoeken)).one()
    walked(desk, case.id, case.behandelaar)
    with desk.database.looking() as read:
        case = read.execute(select(onderzoeken)).one()
        assert (case.toestand, case.uitkomst) == ("afgerond", "in_orde")
        numbers = read.execute(select(stappen.c.nr).order_by(stappen.c.nr)).scalars().all()
        assert list(numbers) == list(range(1, case.versie + 1)) and verify(read).fout is None


def at_once(desk: Served, path: str, body: dict[str, Any]) -> list[int]:
    """The same form sent twice at the same moment; the two statuses."""
    found: list[int] = []

    def send() -> None:
        with desk.client_of(ANNA) as again:
            found.append(again.post(path, json=body).status_code)

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return found


def walked(desk: Served, id: str, handler: str) -> None:
    """Start, letter, decision and end, each second step by who the lot chose."""

    def take(person: str, stap: str, **more: str) -> None:
        with desk.client_of(PEOPLE[person]) as client:
            versie = client.get(f"/v1/onderzoeken/{id}").json()["onderzoek"]["versie"]
            asked = {"stap": stap, "versie": versie, "sleutel": f"{stap}-{versie}", **more}
            answer = client.post(f"/v1/onderzoeken/{id}/stappen", json=asked)
            assert answer.is_success, (stap, answer.text)

    def second() -> str:
        with desk.database.looking() as read:
            return str(read.execute(select(onderzoeken.c.tweede)).scalar_one())

    take(handler, "geen_band")
    take(handler, "start_voorleggen", motivering=WHY)
    take(second(), "geen_band")
    take(second(), "start_akkoord")
    take(handler, "aanschrijven")
    take(handler, "besluit_voorleggen", motivering=WHY, uitkomst="in_orde")
    if second() not in declared(desk):
        take(second(), "geen_band")
    take(second(), "besluit_akkoord")
    take(handler, "afronden")


def declared(desk: Served) -> set[str]:
    with desk.database.looking() as read:
        rows = read.execute(select(stappen.c.persoon).where(stappen.c.stap == "geen_band"))
        return set(rows.scalars())


def test_the_stop_switch_takes_the_scores_out_and_lets_them_in_again(desk: Served) -> None:
    def told() -> bool:
        with desk.client_of(DAAN) as reader:
            return all(row["stand"] is not None for row in reader.get(LIST).json()["rijen"])

    assert told()
    with desk.client_of(BEA) as bea:
        bea.post("/v1/stop", json={"reden": "De uitkomsten wijken te ver af."}).raise_for_status()
        assert not told()
        bea.post("/v1/stop/_opheffen", json={"reden": "Er is een nieuw model gekomen."}).raise_for_status()
    assert told()


def test_the_logs_say_what_was_done_to_who_may_read_them(desk: Served) -> None:
    with desk.client_of(OTTO) as otto:
        rows = otto.get("/v1/audit-regels?aantal=50").json()["regels"]
        done = {row["handeling"] for row in rows}
        assert {"inloggen"} & done and otto.get("/logboek").status_code == 200
        assert otto.get("/v1/dataverwerkingen?aantal=20").status_code == 200
    with desk.client_of(PRIYA) as priya:
        assert priya.get("/patronen").status_code == 200


def test_two_people_give_outcomes_out(desk: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.client_of(CARLA) as carla, desk.client_of(CEM) as cem:
        carla.post("/uitleveringen", data={"reden": "Maandlevering", "gemeenten": GEMEENTE})
        offered = cem.get("/uitleveringen").text
        id = offered.split("/uitleveringen/")[1][:32]
        cem.post(f"/uitleveringen/{id}/besluit", data={"akkoord": "true"})
    monkeypatch.setenv("SCHIJNWERPER_DATABASE", desk.settings.database_url)
    monkeypatch.setenv("SCHIJNWERPER_SLEUTEL", KEY.hex())
    file = tmp_path / "onderzoeken.csv"
    words = ["outcomes", "export", str(file), "--verzoek", id]
    assert [cli.main(words), cli.main(words)] == [0, 1]  # beside the running service, once
    assert file.read_text().startswith("onderzoek_id;")


def test_a_demo_account_signs_in_and_out(folder: tuple[Path, Written], database_url: str) -> None:
    with serving(folder[0], database=database_url, demo=True) as running:
        browser = Browser(running.url)
        assert browser.post("/inloggen/demo", account="demo-anna").status_code == 303
        assert browser.get("/werkvoorraad").status_code == 200
        kept = browser.cookies[DEMO_COOKIE]
        with running.database.looking() as read:
            assert read.execute(select(func.count()).select_from(audit)).scalar_one() >= 2
        with httpx.Client(base_url=running.url, headers={"Cookie": f"{DEMO_COOKIE}={kept}"}) as again:
            assert again.get("/werkvoorraad").status_code == 200
