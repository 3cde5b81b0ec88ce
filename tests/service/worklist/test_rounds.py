"""Rounds in the store: who may be drawn, what is written down, who gets it, and what stays hidden elsewhere."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from service.cases.contract import NewCase
from service.cases.opening import open_case
from service.db.database import Database
from service.desk import Desk
from service.faults import Conflict, StoreUnavailable
from service.logs.entry import Entry, Trace
from service.logs.tables import audit, ldv
from service.people import Role
from service.signin import roster
from service.worklist import lot
from service.worklist.assign import spread
from service.worklist.codes import Aanleiding, Stand
from service.worklist.hidden import hidden
from service.worklist.policy import Werkvoorraad
from service.worklist.tables import rondes, werkitems
from tests.service.publication import Written
from tests.service.serving import GEMEENTE, someone
from tests.service.stopping import write_stopped
from tests.service.worklist.desks import (
    ANNA,
    BILAL,
    ELSEWHERE,
    PIETER,
    SCHIJN,
    SPOOK,
    Clock,
    desk_on,
    drawn,
    enrol,
    rows_of,
)

POLICY = Werkvoorraad(capaciteit=30)


@pytest.fixture
def clock(database: Database) -> Clock:
    made = Clock()
    database.clock = made
    return made


@pytest.fixture
def desk(database: Database, publicaties: Path, written: Written, clock: Clock) -> Desk:
    enrol(database, (ANNA, BILAL, PIETER, ELSEWHERE))
    return desk_on(database, publicaties, POLICY)


def test_a_round_is_written_down_whole_with_the_chance_of_every_address(desk: Desk, written: Written) -> None:
    ronde = drawn(desk)
    rows = rows_of(desk, ronde)
    assert ronde.nummer == 1 and ronde.adressen == len(rows) and ronde.uiterlijk == date(2026, 11, 30)
    streams = Counter(row.aanleiding for row in rows)
    assert streams[Aanleiding.STEEKPROEF] == 3 and streams[Aanleiding.VERKENNING] <= 3 and 27 <= len(rows) <= 30
    assert {row.selectiekans for row in rows if row.aanleiding == "steekproef"} == {3 / 300}
    scores = written.scores[written.scores["doel"] == SPOOK].set_index("adresseerbaarobject_identificatie")["band"]
    assert all(row.band == scores[row.adresseerbaarobject_identificatie] for row in rows)
    # 300 addresses: band A is 6, B 12, C 27. Risk takes all of A and B and 6 of C; chance may have had one of them.
    by_risk = Counter(row.band for row in rows if row.aanleiding != "steekproef")
    assert {row.rondekans for row in rows if row.band == "A"} == {1.0}
    assert {round(row.rondekans, 12) for row in rows if row.band == "C"} == {round(1 - (1 - 6 / 27) * 0.99, 12)}
    assert by_risk["A"] + by_risk["B"] + by_risk["C"] >= 21
    with desk.database.looking() as read:
        entry = read.execute(select(audit).where(audit.c.handeling == "werkvoorraad.trekken")).one()
        assert entry.aantal == len(rows) and entry.persoon == PIETER.id
        assert len(bytes(read.execute(select(ldv.c.betrokkenen).where(ldv.c.nr == entry.nr)).scalar_one())) == 16 * len(
            rows
        )


def test_the_round_can_be_done_again_from_what_was_written(desk: Desk) -> None:
    ronde = drawn(desk)
    with desk.database.looking() as read:
        row = read.execute(select(rondes)).one()
    assert row.zaad == lot.seed(desk.settings.sleutel, GEMEENTE, SPOOK, "1", row.run_id)
    told = json.loads(row.verdeling)
    assert sum(told["vrij"].values()) == row.vrij == 300
    assert sum(sum(v.values()) for k, v in told.items() if k != "vrij") == ronde.adressen
    assert {one.id for one in rows_of(desk, ronde)} == {
        lot.keyed(row.zaad, "item", one.adresseerbaarobject_identificatie) for one in rows_of(desk, ronde)
    }


def test_a_next_round_waits_for_the_last_and_leaves_out_who_is_busy(desk: Desk, clock: Clock) -> None:
    first = drawn(desk)
    with pytest.raises(Conflict, match="loopt nog"):
        drawn(desk)
    free = "0175010000000299"
    taken = {row.adresseerbaarobject_identificatie for row in rows_of(desk, first)}
    assert free not in taken
    with desk.database.unit(ANNA, Trace()) as unit:
        open_case(
            unit,
            NewCase(
                identificatie=free, gemeente=GEMEENTE, doel=SCHIJN, aanleiding="melding", selectiekans=None, bron="x"
            ),
        )
        unit.connection.execute(update(werkitems).values(stand=Stand.BEOORDEELD, versie=1))
        unit.log(Entry(handeling="test", object_soort="test"))
    second = rows_of(desk, drawn(desk))
    assert not taken & {row.adresseerbaarobject_identificatie for row in second}
    with desk.database.looking() as read:
        assert read.execute(select(rondes.c.vrij).where(rondes.c.nummer == 2)).scalar_one() == 300 - len(taken) - 1
    clock.now += timedelta(days=29)  # the days are over: what is left waits on, and a new round may be drawn
    assert drawn(desk).nummer == 3
    # What waits for one target is not drawn for the other; what was judged for it may be.
    waiting = {row.adresseerbaarobject_identificatie for row in rows_of(desk) if row.stand == Stand.OPEN}
    other = {row.adresseerbaarobject_identificatie for row in rows_of(desk, drawn(desk, SCHIJN))}
    assert not waiting & other


def test_work_is_dealt_out_evenly_by_lot_and_again_when_somebody_leaves(desk: Desk) -> None:
    rows = rows_of(desk, drawn(desk))
    shares = Counter(row.behandelaar for row in rows)
    assert set(shares) == {ANNA.id, BILAL.id} and max(shares.values()) - min(shares.values()) <= 1
    boss = someone(Role.BEHEER, name="bea")
    with desk.database.unit(boss, Trace()) as unit:
        roster.switch(unit.connection, BILAL.id, actief=False, by=boss)
        unit.log(Entry(handeling="persoon.uit", object_soort="persoon"))
    spread(desk.database, ANNA, Trace())
    assert {row.behandelaar for row in rows_of(desk)} == {ANNA.id}


def test_what_waits_is_hidden_from_who_judges_there_and_from_nobody_else(desk: Desk) -> None:
    waiting = {row.adresseerbaarobject_identificatie for row in rows_of(desk, drawn(desk))}
    with desk.database.looking() as read:
        assert hidden(read, ANNA) == hidden(read, BILAL) == waiting
        assert hidden(read, PIETER) == hidden(read, ELSEWHERE) == frozenset()


def test_while_the_model_is_stopped_all_is_by_lot(database: Database, tmp_path: Path, clock: Clock) -> None:
    write_stopped(tmp_path, n=90)
    enrol(database, (ANNA, PIETER))
    rows = rows_of(desk_on(database, tmp_path, POLICY), drawn(desk_on(database, tmp_path, POLICY)))
    assert len(rows) == 30
    assert {(row.aanleiding, row.band, row.selectiekans) for row in rows} == {("steekproef", "", 30 / 90)}


def test_an_address_waits_once_per_target(desk: Desk) -> None:
    row = rows_of(desk, drawn(desk))[0]
    with pytest.raises(StoreUnavailable, match="IntegrityError"), desk.database.unit(None, Trace()) as unit:
        unit.connection.execute(insert(werkitems), {**row._mapping, "id": "f" * 32})
