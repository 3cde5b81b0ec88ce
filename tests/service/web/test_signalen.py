"""A file of signals over the page: first the check with every row accounted for, then the taking in, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from service.db.database import utc_now
from service.logs.entry import Entry, Trace
from service.people import Role
from service.worklist.tables import signaalkeuringen, signalen, werkitems
from tests.service.conformity.canaries import BSN, NAME
from tests.service.publication import Written
from tests.service.serving import Served, serving, someone

ANNA, BOB = someone(Role.BEOORDELAAR, name="anna"), someone(Role.BEOORDELAAR, name="bob")
HEAD = "signaal_id;bron;soort;adresseerbaarobject_identificatie;datum_ontvangst;datum_afgehandeld;naam_melder;bsn\n"
GOOD = (
    f"L-1;laa;vow_adres;0175010000000120;2026-10-20;;{NAME};{BSN}\n"
    "M-1;melding;overlast;0175010000000121;2026-10-21;;;\n"
)
WRONG = "X-1;laa;vow_adres;123;2026-10-20;;;\nX-4;laa;vow_adres;0363010000000001;2026-10-20;;;\n"


@pytest.fixture
def desk(publicaties: Path, written: Written) -> Iterator[Served]:
    with serving(publicaties) as running:
        yield running


def rows(desk: Served, table: object) -> int:
    with desk.database.looking() as read:
        return len(read.execute(select(table)).all())  # type: ignore[call-overload]


def file(text: str) -> dict[str, tuple[str, bytes, str]]:
    return {"bestand": ("signalen.csv", text.encode(), "text/csv")}


def test_a_check_first_and_then_the_taking_in_once(desk: Served) -> None:
    with desk.client_of(ANNA) as anna, desk.client_of(BOB) as bob:
        sent = anna.post(
            "/signalen", files=file(HEAD + GOOD + "L-1;laa;vow_adres;0175010000000120;2026-10-20;;;\n" + WRONG)
        )
        assert sent.status_code == 303
        place = sent.headers["Location"]
        page = anna.get(place).text
        assert "5 gelezen = 2 nieuw + 1 al bekend + 2 afgekeurd." in page
        assert "adres staat niet in de lijst van deze gemeente" in page and "Neem 2 signalen in" in page
        assert re.findall(r'getal">(\d+)</td><td class="utrecht-table__cell code">(\w+)', page) == [
            ("5", "adresseerbaarobject_identificatie"),
            ("6", "adresseerbaarobject_identificatie"),
        ]
        assert rows(desk, signalen) == 0 and bob.get(place).status_code == 404
        assert bob.post(f"{place}/innemen").status_code == 404
        assert anna.post(f"{place}/innemen").status_code == 303
        assert rows(desk, signalen) == 2 and rows(desk, werkitems) == 2
        assert anna.post(f"{place}/innemen").status_code == 409
        done = anna.get(place).text
        assert "Bestand ingenomen" in done and "5 gelezen = 2 nieuw + 1 al bekend + 2 afgekeurd." in done
        assert all(canary not in page + done for canary in (NAME, str(BSN)))
        told = anna.get("/signalen").text
        assert "Melding" in told and "LAA" in told
    with desk.database.looking() as read:
        (kept,) = read.execute(select(signaalkeuringen)).all()
    assert kept.inhoud == "" and "0175010000000120" not in kept.uitkomst


def test_what_is_read_of_a_file_is_kept_for_a_day_and_nothing_else_of_it(desk: Served) -> None:
    with desk.client_of(ANNA) as anna:
        first, second = (anna.post("/signalen", files=file(HEAD + GOOD)).headers["Location"] for _ in range(2))
        with desk.database.looking() as read:
            kept = read.execute(select(signaalkeuringen.c.inhoud)).scalars().first() or ""
        assert "0175010000000120" in kept and NAME not in kept and str(BSN) not in kept
        assert anna.post(f"{first}/weggooien").status_code == 303
        assert anna.get(first).status_code == anna.post(f"{first}/weggooien").status_code == 404
        with desk.database.unit(ANNA, Trace()) as unit:
            unit.connection.execute(update(signaalkeuringen).values(op=utc_now() - timedelta(hours=25)))
            unit.log(Entry(handeling="test", object_soort="test"))
        assert anna.get(second).status_code == anna.post(f"{second}/innemen").status_code == 404
        anna.post("/signalen", files=file(HEAD + GOOD))
        assert rows(desk, signaalkeuringen) == 1 and rows(desk, signalen) == 0


@pytest.mark.parametrize(("content", "why"), [("", "Kies eerst"), ("a;b\n1;2\n", "kolommen van signalen.csv")])
def test_another_file_brings_the_form_back(desk: Served, content: str, why: str) -> None:
    with desk.client_of(ANNA) as anna:
        answer = anna.post("/signalen", files=file(content))
        assert answer.status_code == 400 and why in answer.text
        assert anna.post("/signalen").status_code == 400
        large = anna.post("/signalen", files=file(HEAD + "x" * 5_000_000))
        assert large.status_code == 400 and "5 MB" in large.text
