from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update

import service.app  # noqa: F401  # so that the tables of every slice are declared
from service.db.database import Database
from service.db.metadata import metadata
from service.logs import retention
from service.logs.bewaren import Bewaren
from service.logs.entry import Entry, Trace
from service.logs.retention import ByMoment, ByParent, clean, months_before
from service.logs.tables import ankers, audit, ldv, tellers
from service.people import Role
from service.retained import RULES, STAYS
from service.signin import sessions
from service.signin.tables import personen, sessies
from tests.service.logs.chain import ADDRESSES, checked, entry, holds_by_hand, read
from tests.service.serving import KEY, someone

TERMS = Bewaren(audit=12, dataverwerkingen=6, sessies=1, personen=24)


class Calendar:
    """A clock that stands at noon of a day."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 15, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, year: int, month: int, day: int) -> None:
        self.now = datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def kept(database_url: str, calendar: Calendar) -> Iterator[Database]:
    """One answer with two addresses on the 15th of every month of 2026, and a session of January."""
    made = Database(database_url, key=KEY, clock=calendar)
    for month in range(1, 13):
        calendar.turn(2026, month, 15)
        read(made, *ADDRESSES[:2])
    yield made
    made.close()


def numbers(database: Database) -> tuple[list[int], list[int]]:
    with database.looking() as found:
        return (
            list(found.execute(select(audit.c.nr).order_by(audit.c.nr)).scalars()),
            list(found.execute(select(ldv.c.nr).order_by(ldv.c.nr)).scalars()),
        )


def run(database: Database, *, dry_run: bool = False) -> dict[str, int]:
    return {gone.tabel: gone.rijen for gone in clean(database, RULES, TERMS, dry_run=dry_run) if gone.rijen}


def test_what_is_over_its_term_goes_and_the_chain_still_holds(kept: Database, calendar: Calendar) -> None:
    calendar.turn(2027, 3, 15)  # a year after row 3, to the hour: that one is not older than a year
    before = numbers(kept)
    told = run(kept, dry_run=True)
    assert told == {"dataverwerkingen": 8, "auditlogboek": 2, "leestellers": 1}
    assert numbers(kept) == before  # a dry run removes nothing
    assert run(kept) == told
    audit_rows, ldv_rows = numbers(kept)
    assert audit_rows == list(range(3, 16))  # and what went is written down: rows 13, 14, 15
    assert ldv_rows == [9, 10, 11, 12]
    chain = checked(kept)
    assert (chain.van, chain.tot, chain.fout) == (3, 15, None)
    with kept.looking() as found:
        anchor = found.execute(select(ankers).where(ankers.c.logboek == "auditlogboek")).one()
        words = found.execute(select(audit.c.bijzonderheden).where(audit.c.nr == 14)).scalar_one()
    assert anchor.tot == 2 and holds_by_hand(kept, bytes(anchor.hash), first=3)
    assert json.loads(words) == {
        "grens": "2026-03-15T12:00:00+00:00", "rijen": "2", "tot": "2", "hash": bytes(anchor.hash).hex(),
    }  # fmt: skip
    assert run(kept) == {}


def test_a_little_at_a_time(kept: Database, calendar: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    calendar.turn(2027, 9, 15)
    assert run(kept)["auditlogboek"] == 8
    with kept.looking() as found:
        tots = found.execute(select(ankers.c.tot).where(ankers.c.logboek == "auditlogboek").order_by(ankers.c.nr))
        assert list(tots.scalars()) == [3, 6, 8]
    assert checked(kept).fout is None


def test_the_last_row_stays_for_the_chain_to_go_on_from(kept: Database, calendar: Calendar) -> None:
    calendar.turn(2040, 1, 1)
    of_log = [rule for rule in RULES if rule.tabel == "auditlogboek"]
    assert [gone.rijen for gone in clean(kept, of_log, TERMS)] == [11]
    assert numbers(kept)[0] == [12, 13]  # 13 tells what went
    assert checked(kept).fout is None
    read(kept, ADDRESSES[0])
    assert checked(kept).fout is None and checked(kept).tot == numbers(kept)[0][-1]


@pytest.fixture
def dated(database_url: str, calendar: Calendar) -> Iterator[Database]:
    made = Database(database_url, key=KEY, clock=calendar)
    yield made
    made.close()


def signed_in(database: Database, name: str) -> None:
    person = someone(Role.BEOORDELAAR, name=name)
    with database.unit(person, Trace()) as unit:
        sessions.begin(unit.connection, person, unit.now)
        unit.log(entry(ADDRESSES[0]))


def test_sessions_and_people_who_left(dated: Database, calendar: Calendar) -> None:
    signed_in(dated, "weg")
    calendar.turn(2027, 6, 1)
    signed_in(dated, "blijft")
    calendar.turn(2028, 2, 1)  # two years and two weeks after the first, eight months after the second
    told = run(dated)
    assert told["sessies"] >= 1 and told["personen"] == 1  # a new session may have cleared an old one away
    with dated.looking() as found:
        assert found.execute(select(personen.c.id)).scalars().all() == ["p-blijft"]
        assert found.execute(select(func.count()).select_from(sessies)).scalar_one() == 0
        assert found.execute(select(func.count()).select_from(tellers)).scalar_one() == 0


@pytest.mark.parametrize(
    ("moment", "months", "expected"),
    [((2026, 3, 31), 1, (2026, 2, 28)), ((2026, 1, 15), 1, (2025, 12, 15)), ((2024, 2, 29), 12, (2023, 2, 28))],
)
def test_months_before(moment: tuple[int, int, int], months: int, expected: tuple[int, int, int]) -> None:
    assert months_before(datetime(*moment, 12, tzinfo=UTC), months) == datetime(*expected, 12, tzinfo=UTC)


def test_every_table_has_a_rule_or_a_reason_to_stay() -> None:
    with_rule = {rule.tabel for rule in RULES}
    assert set(metadata.tables) == with_rule | set(STAYS) and not with_rule & set(STAYS)
    assert {rule.term for rule in RULES} <= set(vars(Bewaren()))


def test_a_term_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="audit"):
        Bewaren(audit=0)


def test_a_child_goes_with_its_parent(dated: Database, calendar: Calendar) -> None:
    for name in ("oud", "nieuw"):
        signed_in(dated, name)
    calendar.turn(2028, 2, 1)
    with dated.unit(None, Trace()) as unit:
        unit.connection.execute(update(personen).where(personen.c.id == "p-nieuw").values(laatst=unit.now))
        unit.log(Entry(handeling="inloggen", object_soort="sessie"))
    parent = ByMoment(table=personen, column="laatst", term="personen")
    rules = (ByParent(table=sessies, column="persoon_id", parent=parent), parent)
    assert [gone.rijen for gone in clean(dated, rules, TERMS)] == [1, 1]
    with dated.looking() as found:
        assert found.execute(select(sessies.c.persoon_id)).scalars().all() == ["p-nieuw"]
