"""Judging: blind first, once, whole; what follows from it; and the figures about it."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from fastapi import HTTPException
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from features.errors import Refusal
from service.cases.tables import onderzoeken
from service.db.database import Database
from service.desk import Desk
from service.faults import Conflict, InputFault, StoreUnavailable
from service.logs.entry import Entry, Trace
from service.logs.retention import clean
from service.logs.tables import audit
from service.people import Person
from service.worklist import counts, items
from service.worklist.agreement import agreement
from service.worklist.assign import assign
from service.worklist.codes import Aanleiding, Oordeel, Stand, agrees
from service.worklist.giving import give
from service.worklist.hidden import hidden
from service.worklist.judge import Given, _desk_only, pass_on
from service.worklist.policy import Werkvoorraad
from service.worklist.retention import RULES
from service.worklist.tables import oordelen, werkitems
from service.worklist.view import View, view
from tests.service.publication import Written
from tests.service.serving import GEMEENTE
from tests.service.worklist.desks import ANNA, BILAL, ELSEWHERE, PIETER, SPOOK, START, Clock, desk_on, drawn, enrol

WHY = "Al twee jaar geen post en wel stroomverbruik."
JA, NEE, MEER = Oordeel.IN_ONDERZOEK, Oordeel.NIET_NODIG, Oordeel.MEER_INFORMATIE_NODIG


@pytest.fixture
def clock(database: Database) -> Clock:
    made = Clock()
    database.clock = made
    return made


@pytest.fixture
def desk(database: Database, publicaties: Path, written: Written, clock: Clock) -> Desk:
    enrol(database, (ANNA, BILAL, PIETER, ELSEWHERE))
    made = desk_on(database, publicaties, Werkvoorraad(capaciteit=24, kleinste_groep=3))
    drawn(made)
    return made


def mine(desk: Desk, person: Person = ANNA) -> str:
    with desk.database.looking() as read:
        return items.waiting(read, person)[0].id


def looked(desk: Desk, id: str, person: Person = ANNA) -> View | None:
    with desk.database.reading(person, Trace()) as unit:
        found = view(unit, desk, person, id)
        unit.log(Entry(handeling="test", object_soort="test"))
        return found


def gave(desk: Desk, id: str, oordeel: Oordeel, why: str = WHY, versie: int = 0, person: Person = ANNA) -> None:
    give(desk, person, Trace(), id, Given(oordeel=oordeel, motivering=why, versie=versie))


def rows(desk: Desk, table: Any) -> list[Any]:
    with desk.database.looking() as read:
        return list(read.execute(select(table)))


def item_of(desk: Desk, id: str) -> Any:
    with desk.database.looking() as read:
        return read.execute(select(werkitems).where(werkitems.c.id == id)).one()


def test_before_the_judgement_there_is_evidence_alone_and_after_it_the_answer(desk: Desk, written: Written) -> None:
    id = mine(desk)
    before = looked(desk, id)
    assert before is not None and before.antwoord is None and before.gelijk is None
    about = written.reasons[
        (written.reasons["adresseerbaarobject_identificatie"] == before.item.identificatie)
        & (written.reasons["doel"] == SPOOK)
        & (written.reasons["kenmerk"] != "overige")
    ]
    assert set(before.getoond.ervoor) == set(about["zin"][about["bijdrage"] > 0])
    assert set(before.getoond.ertegen) == set(about["zin"][about["bijdrage"] < 0])
    gave(desk, id, NEE)
    after = looked(desk, id)
    assert after is not None and after.antwoord is not None and after.antwoord.stand is not None
    assert after.gelijk is agrees(NEE, after.antwoord.stand.band)
    row = rows(desk, oordelen)[0]
    assert (row.item_id, row.nr, row.persoon, row.oordeel, row.motivering) == (id, 1, ANNA.id, NEE, WHY)
    assert (row.run_id, row.model, row.modelversie) == (written.run_id, "boosted", "3")
    assert row.getoond == before.digest != after.digest and row.tijd == START
    with desk.database.looking() as read:
        assert before.item.identificatie not in hidden(read, ANNA)


def test_in_onderzoek_opens_a_case_with_the_chance_of_the_draw_in_one_transaction(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = mine(desk)
    with monkeypatch.context() as broken:
        broken.setattr("service.worklist.judge.open_case", lambda *_: (_ for _ in ()).throw(SQLAlchemyError("gone")))
        with pytest.raises(StoreUnavailable):
            gave(desk, id, JA)
    assert rows(desk, oordelen) == [] and item_of(desk, id).stand == Stand.OPEN
    gave(desk, id, JA)
    item, case = item_of(desk, id), rows(desk, onderzoeken)[0]
    assert item.onderzoek_id == case.id
    assert (case.aanleiding, case.selectiekans, case.band) == (item.aanleiding, item.selectiekans, item.band)
    assert (case.bron, case.alleen_bureau) == ("werkvoorraad", False)


def test_a_share_of_what_is_drawn_stays_at_the_desk_and_tells_nothing_of_the_stream(
    database: Database, publicaties: Path, clock: Clock
) -> None:
    enrol(database, (ANNA, PIETER))
    policy = Werkvoorraad(capaciteit=40, aandeel_steekproef=0.5, aandeel_verkenning=0, aandeel_alleen_bureau=0.5)
    desk = desk_on(database, publicaties, policy)
    drawn(desk)
    for row in rows(desk, werkitems):
        gave(desk, row.id, JA)
    made = [(row.aanleiding, row.alleen_bureau) for row in rows(desk, onderzoeken)]
    for stream in ("steekproef", "risico"):  # 20 of each at one half: outside 3 to 17 once in a thousand keys
        assert 3 <= sum(desk_only for of, desk_only in made if of == stream) <= 17


def test_none_or_all_of_what_is_drawn_stays_at_the_desk() -> None:
    for share, expected in ((0.0, False), (1.0, True)):
        policy = Werkvoorraad(aandeel_alleen_bureau=share)
        assert {_desk_only("5e" * 32, f"01750100000000{i:02}", policy) for i in range(50)} == {expected}
    with pytest.raises(Refusal, match="aandeel_alleen_bureau"):
        Werkvoorraad(aandeel_alleen_bureau=1.5)


def test_a_judgement_is_given_once_and_changed_in_one_step(desk: Desk) -> None:
    id = mine(desk)
    for _ in range(3):
        gave(desk, id, NEE)  # the same form again: done, and once
    assert len(rows(desk, oordelen)) == 1
    with pytest.raises(Conflict, match="intussen"):
        gave(desk, id, JA)  # from the page of before
    with pytest.raises(Conflict, match="veranderd"):
        give(desk, ANNA, Trace(), id, Given(oordeel=JA, motivering=WHY, versie=1, getoond="0" * 64))
    gave(desk, id, JA, "Toch wel, gezien de energie.", versie=1)
    assert [row.oordeel for row in rows(desk, oordelen)] == [NEE, JA] and len(rows(desk, onderzoeken)) == 1
    with pytest.raises(StoreUnavailable), desk.database.unit(ANNA, Trace()) as unit:
        unit.connection.execute(update(oordelen).values(motivering="iets anders"))
        unit.log(Entry(handeling="test", object_soort="test"))


def test_a_stale_read_does_not_win(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    id = mine(desk)
    with desk.database.looking() as read:
        before = items.one(read, ANNA, id)
    gave(desk, id, NEE)
    monkeypatch.setattr(items, "one", lambda *_: before)  # as read by somebody who was a moment too early
    with pytest.raises(Conflict, match="intussen"):
        gave(desk, id, JA)
    assert [row.oordeel for row in rows(desk, oordelen)] == [NEE]


def test_two_sentences_never_change_places(desk: Desk) -> None:
    """The order says nothing of an address: of any two sentences the same one always comes first."""
    before: set[tuple[str, str]] = set()
    for row in rows(desk, werkitems):
        found = looked(desk, row.id, ANNA if row.behandelaar == ANNA.id else BILAL)
        assert found is not None
        before |= {pair for side in (found.getoond.ervoor, found.getoond.ertegen) for pair in combinations(side, 2)}
    assert len(before) > 30
    assert not before & {(later, earlier) for earlier, later in before}


def test_two_at_once_one_wins(desk: Desk) -> None:
    id, told = mine(desk), []
    ready = threading.Barrier(2)

    def one(oordeel: Oordeel) -> None:
        ready.wait()
        try:
            gave(desk, id, oordeel)
            told.append("won")
        except Conflict:
            told.append("lost")

    threads = [threading.Thread(target=one, args=(oordeel,)) for oordeel in (JA, NEE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["lost", "won"]
    assert len(rows(desk, oordelen)) == 1 == item_of(desk, id).versie


def test_without_a_reason_or_of_somebody_else_nothing_is_written(desk: Desk) -> None:
    id = mine(desk)
    with pytest.raises(InputFault):
        gave(desk, id, JA, "    kort    ")
    for stranger in (BILAL, ELSEWHERE, PIETER):
        with pytest.raises(HTTPException, match="404"):
            gave(desk, id, JA, person=stranger)
        assert looked(desk, id, stranger) is None
    assert rows(desk, oordelen) == []


def test_who_knows_somebody_there_passes_it_on_and_never_gets_it_back(desk: Desk) -> None:
    id = mine(desk)
    with desk.database.unit(ANNA, Trace()) as unit:
        pass_on(unit, id)
    assert item_of(desk, id).behandelaar == BILAL.id
    with pytest.raises(Conflict, match="collega"):
        gave(desk, id, JA)
    with desk.database.unit(BILAL, Trace()) as unit:
        pass_on(unit, id)
        assert assign(unit, GEMEENTE, [id]) == 0
    assert item_of(desk, id).behandelaar == ""  # nobody is left: it waits, and is counted
    with desk.database.looking() as read:
        assert sum(one.zonder_behandelaar for one in counts.counts(read, {GEMEENTE}, START.date())) == 1


def test_no_log_holds_a_judgement_or_a_motivation(desk: Desk) -> None:
    id = mine(desk)
    gave(desk, id, NEE)
    for row in rows(desk, audit):
        told = " ".join(map(str, row))
        assert WHY not in told and NEE not in told and "steekproef" not in told and "risico" not in told


def test_counts_and_agreement(desk: Desk, clock: Clock) -> None:
    ids = [row.id for row in rows(desk, werkitems)]
    for number, row in enumerate(rows(desk, werkitems)):
        who = ANNA if row.behandelaar == ANNA.id else BILAL
        if number < 20:
            gave(desk, row.id, JA if row.band in "ABC" else NEE if number % 2 else MEER, person=who)
    with desk.database.looking() as read:
        (count,) = counts.counts(read, {GEMEENTE}, (START + timedelta(days=40)).date())
        left = len(ids) - 20
        assert (count.bron, count.open, count.te_laat, count.beoordeeld) == ("trekking", left, left, 20)
        assert counts.counts(read, {"0999"}, START.date()) == ()
        # This month tells nothing yet: a figure that moves with one judgement would tell the stream of its address.
        assert all(one.eerst == 0 for one in agreement(read, {GEMEENTE}, clock(), 3))
        told = {one.stroom: one for one in agreement(read, {GEMEENTE}, START + timedelta(days=31), 3)}
    risk = told[Aanleiding.RISICO]
    assert risk.gelijk.value == 1.0 and risk.gelijk.low < 1 and risk.bijgesteld.value == 0.0
    assert sum(one.eerst for one in told.values()) == 20
    assert not told[Aanleiding.RISICO].naar_model.known  # nobody changed anything


def test_what_is_judged_goes_in_time_and_what_waits_stays(desk: Desk, clock: Clock) -> None:
    id = mine(desk)
    gave(desk, id, NEE)
    left = len(rows(desk, werkitems)) - 1
    clock.now += timedelta(days=11 * 30)
    assert [one.rijen for one in clean(desk.database, RULES, desk.settings.bewaren)] == [0] * len(RULES)
    clock.now += timedelta(days=2 * 31)
    gone = {one.tabel: one.rijen for one in clean(desk.database, RULES, desk.settings.bewaren)}
    assert gone == {
        "signalen": 0,
        "signaalkeuringen": 0,
        "oordelen": 1,
        "werktoewijzingen": 1,
        "werkitems": 1,
        "rondes": 0,
    }
    assert len(rows(desk, werkitems)) == left
    with desk.database.looking() as read:
        assert len(hidden(read, ANNA)) == left
