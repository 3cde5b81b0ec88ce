"""Two people give access together; the answer holds every table that is about the address, and no colleague."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import String, insert

from service.cases.tables import onderzoeken, stappen
from service.db.database import Database
from service.db.metadata import metadata
from service.faults import Conflict
from service.inzage import gather, requests
from service.logs.entry import Entry, Trace
from service.people import Person, Role
from tests.service.publication import Written, write_publication
from tests.service.serving import GEMEENTE, Served, serving, someone
from tests.service.stopping import write_stopped

ADDRESS = "0175010000000012"
REASON = "Brief van 3 november, kenmerk Z-1187"
PRIYA, CARLA = someone(Role.PRIVACY, name="priya"), someone(Role.GOEDKEURDER, name="carla")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 3, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asked(database: Database, clock: Clock) -> requests.AccessRequest:
    database.clock = clock
    with database.unit(PRIYA, Trace()) as unit:
        return requests.ask(unit, ADDRESS, GEMEENTE, REASON)


def decided(database: Database, person: Person, id: str, *, akkoord: bool = True) -> requests.AccessRequest | None:
    with database.unit(person, Trace()) as unit:
        return requests.decide(unit, id, akkoord=akkoord)


def test_nobody_confirms_their_own_and_nobody_decides_twice(
    database: Database, asked: requests.AccessRequest, clock: Clock
) -> None:
    assert not asked.open_at(clock.now)
    both = someone(Role.PRIVACY, Role.GOEDKEURDER, name="priya")
    assert both.id == PRIYA.id
    with pytest.raises(Conflict, match="Een ander"):
        decided(database, both, asked.id)
    yes = decided(database, CARLA, asked.id)
    assert yes is not None and yes.open_at(clock.now) and yes.tot == clock.now + timedelta(days=30)
    assert not yes.open_at(clock.now + timedelta(days=31))
    with pytest.raises(Conflict, match="al beslist"):
        decided(database, someone(Role.GOEDKEURDER, name="derde"), asked.id, akkoord=False)


def test_a_no_stays_a_no(database: Database, asked: requests.AccessRequest, clock: Clock) -> None:
    no = decided(database, CARLA, asked.id, akkoord=False)
    assert no is not None and not no.open_at(clock.now)


def test_of_another_gemeente_or_another_person_it_is_not_there(
    database: Database, asked: requests.AccessRequest
) -> None:
    elsewhere = someone(Role.GOEDKEURDER, name="elders", gemeenten=frozenset({"0999"}))
    with pytest.raises(RuntimeError, match="without a log"), database.unit(elsewhere, Trace()) as unit:
        assert requests.decide(unit, asked.id, akkoord=True) is None
    with database.looking() as read:
        assert requests.waiting(read, elsewhere) == ()
        assert [one.id for one in requests.waiting(read, CARLA)] == [asked.id]
        assert requests.one(read, someone(Role.PRIVACY, name="collega"), asked.id) is None
        assert requests.one(read, PRIYA, asked.id) == asked


def test_every_table_about_an_address_has_a_place_in_the_answer() -> None:
    """A new table with an address in it must be added to service/inzage/gather.py, or be named here with why not."""
    about = {table.name for table in metadata.tables.values() if "adresseerbaarobject_identificatie" in table.columns}
    assert about - gather.COVERED == set()
    assert all(isinstance(metadata.tables[name].name, str) for name in gather.COVERED)


# -- over the web ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Written]]:
    folder = tmp_path_factory.mktemp("inzage")
    write_publication(folder, "20260901-0001", seed=3, current=False)
    written = write_publication(folder, "20261001-0001")
    with serving(folder) as running:
        yield running, written


def case(served: Served, adres: str) -> None:
    with served.database.unit(PRIYA, Trace()) as unit:
        unit.connection.execute(
            insert(onderzoeken),
            {
                **{c.name: "" for c in onderzoeken.columns if isinstance(c.type, String) and not c.nullable},
                "id": "a" * 32,
                "adresseerbaarobject_identificatie": adres,
                "gemeente": GEMEENTE,
                "doel": "spookbewoning",
                "aanleiding": "risico",
                "toestand": "vooronderzoek",
                "alleen_bureau": False,
                "geopend": unit.now,
                "datum_start": unit.now.date(),
                "correctie": 0,
                "versie": 1,
            },
        )
        unit.connection.execute(
            insert(stappen),
            {
                **{c.name: "" for c in stappen.columns if isinstance(c.type, String) and not c.nullable},
                "onderzoek_id": "a" * 32,
                "nr": 1,
                "stap": "openen",
                "persoon": "p-behandelaar",
                "tijd": unit.now,
                "motivering": "De meterstand loopt op.",
                "gegevens": '{"brief": "aanschrijving"}',
                "sleutel": "k1",
            },
        )
        unit.log(Entry(handeling="proef", object_soort="onderzoek", object_id="a" * 32, adressen=(adres,)))


def test_from_a_letter_to_the_whole_answer(desk: tuple[Served, Written]) -> None:
    served, written = desk
    row = written.addresses.iloc[12]
    case(served, ADDRESS)
    with served.client_of(PRIYA) as priya, served.client_of(CARLA) as carla:
        wanted = {"postcode": row.postcode.lower(), "huisnummer": row.adres.rsplit(" ", 1)[1], "reden": REASON}
        made = priya.post("/v1/inzageverzoeken", json=wanted)
        if made.status_code == 400:  # the made-up streets share numbers: the BAG number tells
            wanted = {"adresseerbaarobjectIdentificatie": ADDRESS, "reden": REASON}
            made = priya.post("/v1/inzageverzoeken", json=wanted)
        assert made.status_code == 201, made.text
        place = f"/v1/inzageverzoeken/{made.json()['id']}"
        assert priya.get(place + "/gegevens").status_code == 409
        assert carla.get(place + "/gegevens").status_code == 403
        assert [one["id"] for one in carla.get("/v1/inzageverzoeken/te-bevestigen").json()["verzoeken"]] == [
            made.json()["id"]
        ]
        assert carla.post(place + "/besluiten", json={"akkoord": True}).status_code == 201
        answer = priya.get(place + "/gegevens")
        page = priya.get(f"/inzage/{made.json()['id']}")
    assert answer.status_code == 200, answer.text
    parts = {part["naam"]: part for part in answer.json()["delen"]}
    assert answer.json()["adresseerbaarobjectIdentificatie"] == ADDRESS
    # The two runs that are kept, two targets each, newest first.
    assert [row[0] for row in parts["plaats"]["rijen"]] == ["20261001-0001"] * 2 + ["20260901-0001"] * 2
    told = written.reasons[written.reasons["adresseerbaarobject_identificatie"] == ADDRESS]
    assert sum(row[0] == "20261001-0001" for row in parts["redenen"]["rijen"]) == len(told)
    assert parts["stappen"]["rijen"][0][4] == "De meterstand loopt op."
    assert parts["brieven"]["rijen"][0][1] == "aanschrijving"
    seen = parts["ingezien"]["rijen"]
    assert [row[2] for row in seen] == ["inzage.bevestigen", "inzage.vragen", "proef"]
    assert seen[0][1] == "goedkeurder"
    whole = answer.text + page.text
    assert page.status_code == 200 and "De meterstand loopt op." in page.text and "Z-1187" not in answer.text
    for person in ("p-priya", "p-carla", "p-behandelaar"):
        assert person not in whole


def test_secrecy_and_the_wrong_address(desk: tuple[Served, Written]) -> None:
    served, written = desk
    shielded = written.addresses.loc[written.addresses["afgeschermd"] == "J", "adresseerbaarobject_identificatie"].iloc[
        0
    ]
    with served.client_of(PRIYA) as priya, served.client_of(CARLA) as carla:
        made = priya.post(
            "/v1/inzageverzoeken", json={"adresseerbaarobjectIdentificatie": shielded, "reden": REASON}
        ).json()
        carla.post(f"/v1/inzageverzoeken/{made['id']}/besluiten", json={"akkoord": True})
        answer = priya.get(f"/v1/inzageverzoeken/{made['id']}/gegevens").json()
        assert answer["afgeschermd"] is True
        assert [part["rijen"] for part in answer["delen"] if part["naam"] == "inschrijvingen"] == [[]]
        for wanted, status in (
            ({"postcode": "9999ZZ", "huisnummer": "1", "reden": REASON}, 404),
            ({"adresseerbaarobjectIdentificatie": "0999010000000001", "reden": REASON}, 404),
            ({"reden": REASON}, 400),
            ({"adresseerbaarobjectIdentificatie": ADDRESS, "reden": "kort"}, 400),
        ):
            assert priya.post("/v1/inzageverzoeken", json=wanted).status_code == status, wanted


def test_the_form_keeps_what_was_filled_in(desk: tuple[Served, Written]) -> None:
    served, _ = desk
    with served.client_of(PRIYA) as priya:
        given = {"postcode": "9999ZZ", "huisnummer": "1", "bag": "", "reden": REASON}
        answer: httpx.Response = priya.post("/inzage", data=given)
        assert answer.status_code == 400 and REASON in answer.text and "staat niet in de gemeenten" in answer.text
        given |= {"postcode": "", "huisnummer": "", "bag": ADDRESS}
        assert priya.post("/inzage", data=given).status_code == 303
        assert "wacht op een tweede persoon" in priya.get("/inzage").text


def test_a_stopped_model_still_answers_for_what_is_kept(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("gestopt")
    write_stopped(folder, n=40)
    with serving(folder) as running:
        for person, told in ((PRIYA, True), (someone(Role.PRIVACY, Role.BEOORDELAAR, name="dubbel"), False)):
            with running.client_of(person) as asker, running.client_of(CARLA) as carla:
                wanted = {"adresseerbaarobjectIdentificatie": ADDRESS, "reden": REASON}
                id = asker.post("/v1/inzageverzoeken", json=wanted).json()["id"]
                carla.post(f"/v1/inzageverzoeken/{id}/besluiten", json={"akkoord": True})
                answer = asker.get(f"/v1/inzageverzoeken/{id}/gegevens").json()
                page = asker.get(f"/inzage/{id}").text
            parts = {part["naam"]: part for part in answer["delen"]}
            assert answer["modelStopgezet"] and "Het model is stopgezet." in page
            assert ("staan ze hieronder" in page, "Laat een collega" in page) == (told, not told)
            for part in ("plaats", "redenen"):
                assert bool(parts[part]["rijen"]) is told
