"""Signals: each once, each with its clock, every row accounted for, and in the same list as what was drawn."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from features.errors import Refusal
from service.cases.contract import NewCase
from service.cases.opening import open_case
from service.cases.tables import onderzoeken
from service.cli import main
from service.db.database import Database
from service.desk import Desk
from service.logs.entry import Entry, Trace
from service.logs.retention import clean
from service.worklist import counts, items
from service.worklist.codes import Oordeel
from service.worklist.giving import give
from service.worklist.judge import Given
from service.worklist.policy import Werkvoorraad
from service.worklist.retention import RULES
from service.worklist.signal_file import read_bytes
from service.worklist.signals import TakenIn, take_in
from service.worklist.tables import signalen, werkitems
from tests.service.publication import Written
from tests.service.serving import GEMEENTE, KEY
from tests.service.worklist.desks import ANNA, PIETER, SCHIJN, SPOOK, START, Clock, desk_on, drawn, enrol

HEAD = "signaal_id;bron;soort;adresseerbaarobject_identificatie;datum_ontvangst;datum_afgehandeld\n"
LAA = "L-1;laa;vow_adres;0175010000000290;2026-10-20;\n"
TMV = "T-1;tmv;terugmelding;0175010000000290;2026-10-26;\n"
TIP = "M-1;melding;overlast;0175010000000291;2026-10-30;\n"
DONE = "L-2;laa;leegstand;0175010000000292;2026-01-05;2026-02-01\n"


@pytest.fixture
def desk(database: Database, publicaties: Path, written: Written) -> Desk:
    database.clock = Clock()
    enrol(database, (ANNA, PIETER))
    return desk_on(database, publicaties, Werkvoorraad(capaciteit=10))


def took(desk: Desk, rows: str, gemeenten: frozenset[str] = frozenset({GEMEENTE})) -> TakenIn:
    with desk.database.unit(ANNA, Trace()) as unit:
        return take_in(unit, desk, read_bytes((HEAD + rows).encode()), gemeenten)


def rows(desk: Desk, table: Any) -> list[Any]:
    with desk.database.looking() as read:
        return list(read.execute(select(table)))


def test_every_row_is_new_known_or_rejected_with_its_reason(desk: Desk) -> None:
    wrong = (
        "X-1;laa;vow_adres;123;2026-10-20;\n"
        "X-2;buurman;vow_adres;0175010000000293;2026-10-20;\n"
        "X-3;laa;vow_adres;0175010000000293;2026-10-20;2026-10-01\n"
        "X-4;laa;vow_adres;0363010000000001;2026-10-20;\n"
        f"{'x' * 101};laa;vow_adres;0175010000000293;2026-10-20;\n"
        "X-6;laa;vow_adres\n"
    )
    done = took(desk, LAA + TMV + TIP + DONE + LAA + wrong)
    assert (done.gelezen, done.nieuw, done.bekend, len(done.afgekeurd)) == (11, 4, 1, 6)
    assert done.per_bron == (("laa", 2), ("melding", 1), ("tmv", 1))
    assert [(row.rij, row.kolom) for row in done.afgekeurd] == [
        (7, "adresseerbaarobject_identificatie"),
        (8, "bron"),
        (9, "datum_afgehandeld"),
        (10, "adresseerbaarobject_identificatie"),
        (11, "signaal_id"),
        (12, ""),
    ]
    again = took(desk, LAA + TMV + TIP + DONE)
    assert (again.nieuw, again.bekend) == (0, 4)
    assert len(rows(desk, signalen)) == 4 and len(rows(desk, werkitems)) == 2
    assert took(desk, "Y-1;laa;vow_adres;0175010000000294;2026-10-20;\n", frozenset({"0999"})).nieuw == 0


def test_signals_about_one_address_are_judged_once_within_four_weeks_of_the_first(desk: Desk) -> None:
    took(desk, TMV + LAA + TIP)
    listed = {row.adresseerbaarobject_identificatie: row for row in rows(desk, werkitems)}
    both, tip = listed["0175010000000290"], listed["0175010000000291"]
    assert (both.doel, both.aanleiding, both.selectiekans) == (SCHIJN, "signaal", None)
    assert (tip.doel, tip.aanleiding) == (SPOOK, "melding")
    assert both.uiterlijk == date(2026, 11, 17) and tip.uiterlijk == date(2026, 11, 27)
    assert {row.item_id for row in rows(desk, signalen) if row.signaal_id in ("L-1", "T-1")} == {both.id}
    with desk.database.looking() as read:
        laa, tip_count, tmv = counts.signal_counts(read, {GEMEENTE}, date(2026, 11, 18))
        assert (laa.bron, laa.ontvangen, laa.wacht, laa.te_laat) == ("laa", 1, 1, 1)
        assert (tmv.te_laat, tip_count.te_laat) == (1, 0)
    give(desk, ANNA, Trace(), both.id, Given(oordeel=Oordeel.NIET_NODIG, motivering="Al hersteld.", versie=0))
    assert {row.signaal_id: row.afgehandeld for row in rows(desk, signalen)} == {
        "L-1": START.date(),
        "T-1": START.date(),
        "M-1": None,
    }


def test_four_weeks_of_a_signal_end_on_a_working_day(desk: Desk) -> None:
    took(desk, "L-7;laa;vow_adres;0175010000000295;2026-10-17;\n")  # a Saturday, and so four weeks later
    assert [row.uiterlijk for row in rows(desk, werkitems)] == [date(2026, 11, 16)]


def test_an_address_that_was_drawn_keeps_its_stream_and_shows_the_signal(desk: Desk) -> None:
    drawn(desk, SCHIJN)
    before = rows(desk, werkitems)[0]
    took(desk, f"L-9;laa;retourpost;{before.adresseerbaarobject_identificatie};2026-10-12;\n")
    after = next(row for row in rows(desk, werkitems) if row.id == before.id)
    assert (after.aanleiding, after.selectiekans) == (before.aanleiding, before.selectiekans)
    assert after.uiterlijk == date(2026, 10, 12) + timedelta(weeks=4) < before.uiterlijk
    with desk.database.looking() as read:
        (told,) = items.signals(read, before.adresseerbaarobject_identificatie)
    assert (told.bron, told.soort) == ("laa", "retourpost")


def test_where_an_investigation_runs_a_signal_asks_no_second_judgement(desk: Desk) -> None:
    case = NewCase(
        identificatie="0175010000000290",
        gemeente=GEMEENTE,
        doel=SCHIJN,
        aanleiding="signaal",
        selectiekans=None,
        bron="x",
    )
    with desk.database.unit(ANNA, Trace()) as unit:
        open_case(unit, case)
    took(desk, LAA)
    assert rows(desk, werkitems) == [] and rows(desk, signalen)[0].item_id is None
    assert len(rows(desk, onderzoeken)) == 1
    with desk.database.looking() as read:
        assert [one.wacht for one in counts.signal_counts(read, {GEMEENTE}, START.date())] == [1]
    with desk.database.unit(ANNA, Trace()) as unit:  # the investigation ends, and the signal with it
        unit.connection.execute(update(onderzoeken).values(afgerond=unit.now, datum_afgerond=START.date()))
        unit.log(Entry(handeling="test", object_soort="test"))
    with desk.database.looking() as read:
        assert [one.wacht for one in counts.signal_counts(read, {GEMEENTE}, START.date())] == [0]
        assert items.signals(read, "0175010000000290")[0].afgehandeld == START.date()
    desk.database.clock = Clock(now=START + timedelta(days=400))
    gone = {one.tabel: one.rijen for one in clean(desk.database, RULES, desk.settings.bewaren)}
    assert gone["signalen"] == 1


@pytest.mark.parametrize("content", [b"", b"a;b;c\n1;2;3\n", b"\xff\xfe\x00", HEAD.replace("bron", "van").encode()])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal):
        read_bytes(content)


def test_the_command_line_takes_a_file_in(
    database_url: str,
    publicaties: Path,
    written: Written,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "signalen.csv"
    file.write_text(HEAD + LAA + "X-2;buurman;vow_adres;0175010000000293;2026-10-20;\n")
    monkeypatch.setenv("SCHIJNWERPER_DATABASE", database_url)
    monkeypatch.setenv("SCHIJNWERPER_PUBLICATIES", str(publicaties))
    assert main(["signals", "import", str(file)]) == 1  # without the key of the service
    monkeypatch.setenv("SCHIJNWERPER_SLEUTEL", KEY.hex())
    assert main(["signals", "import", str(file)]) == 0
    told = capsys.readouterr().out
    assert "2 read: 1 new (laa 1), 0 known already, 1 rejected" in told and "row 3, bron: " in told
    assert main(["signals", "import", str(tmp_path / "weg.csv")]) == 1
