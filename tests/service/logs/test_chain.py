from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from service.db.database import Database
from service.logs import read as extracts
from service.logs.entry import Entry, Trace
from service.logs.line import subject
from tests.service.logs.chain import ADDRESSES, READER, checked, entry, holds_by_hand, read


def filled(database: Database) -> None:
    """Eight rows: six answers, a deed with two entries."""
    for n in range(6):
        read(database, *ADDRESSES[n : n + 3])
    with database.unit(READER, Trace()) as unit:
        unit.log(entry(ADDRESSES[9]))
        unit.log(Entry(handeling="oordelen", object_soort="adres", object_id="ü", bijzonderheden=(("é", '"'),)))


def without_triggers(database: Database) -> Connection:
    """Who owns the database can do anything; that is whom the chain is for."""
    connection = database.engine.connect()
    sqlite = database.engine.dialect.name == "sqlite"
    names = "select name, tbl_name from sqlite_master where type = 'trigger'"
    if not sqlite:
        names = "select tgname, relname from pg_trigger join pg_class c on c.oid = tgrelid where not tgisinternal"
    for name, table in connection.execute(text(names)).all():
        connection.execute(text(f"drop trigger {name}" + ("" if sqlite else f" on {table}")))
    return connection


def test_the_chain_is_as_it_is_described(database: Database) -> None:
    filled(database)
    chain = checked(database)
    assert (chain.van, chain.tot, chain.fout) == (1, 8, None)
    assert holds_by_hand(database)


@pytest.mark.parametrize(
    ("deed", "broken"),
    [
        ("update auditlogboek set persoon = 'p-ander' where nr = 3", 3),
        ("update auditlogboek set tijd = replace(tijd, 'T', ' ') where nr = 5", 5),
        ("delete from auditlogboek where nr = 4", 4),
        ("delete from auditlogboek where nr = 1", 1),
        ("delete from dataverwerkingen where nr = 2", 2),
        ("update dataverwerkingen set verwerking = 'https://elders' where nr = 6", 6),
        ("update dataverwerkingen set nr = 8 where nr = 7", 7),
        ("insert into dataverwerkingen select 8, trace_id, span_id, parent_span_id, status, naam, start, eind, "
         "verwerking, betrokkenen from dataverwerkingen where nr = 1", 8),
        ("insert into logankers values (1, 'auditlogboek', 2, (select hash from auditlogboek where nr = 2), 'x');"
         "delete from auditlogboek where nr <= 2", 2),
    ],
)  # fmt: skip
def test_what_the_owner_changes_shows_at_its_first_number(database: Database, deed: str, broken: int) -> None:
    filled(database)
    connection = without_triggers(database)
    for statement in deed.split(";"):
        connection.execute(text(statement))
    connection.commit()
    connection.close()
    assert checked(database).fout == broken


@pytest.mark.parametrize(
    "deed",
    [
        "update auditlogboek set persoon = '' where nr = 3",
        "delete from auditlogboek where nr = 3",
        "delete from auditlogboek",
        "update dataverwerkingen set naam = '' where nr = 3",
        "delete from dataverwerkingen where nr = 3",
        # An anchor with another hash than that of the row announces nothing.
        "insert into logankers values (1, 'auditlogboek', 2, (select hash from auditlogboek where nr = 3), 'x')",
    ],
)
def test_the_tables_refuse_to_be_changed(database: Database, deed: str) -> None:
    filled(database)
    with pytest.raises(DBAPIError), database.engine.begin() as connection:
        connection.execute(text(deed))
    assert checked(database).fout is None


def test_a_row_cannot_be_replaced_either(database: Database) -> None:
    filled(database)
    replace = "insert or replace" if database.engine.dialect.name == "sqlite" else "truncate auditlogboek; insert"
    with pytest.raises(DBAPIError), database.engine.begin() as connection:
        for part in f"{replace} into auditlogboek select * from auditlogboek where nr = 3".split(";"):
            connection.execute(text(part))


def test_what_does_not_fit_is_refused_before_it_spoils_the_others(database: Database) -> None:
    with pytest.raises(ValueError, match="object_id"), database.reading(READER, Trace()) as unit:
        unit.log(Entry(handeling="x", object_soort="y", object_id="z" * 101))
    read(database)
    assert checked(database).tot == 1


def test_the_end_of_one_subject_and_the_begin_of_the_next_are_nobody(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(database, *ADDRESSES[:2])
    one, two = (subject(database.key, each) for each in ADDRESSES[:2])
    with database.looking() as found:
        assert len(extracts.inzagen(found, database.key, ADDRESSES[1])) == 1
        monkeypatch.setattr(extracts, "subject", lambda *_: one[8:] + two[:8])
        assert extracts.inzagen(found, database.key, ADDRESSES[1]) == ()


def test_the_view_takes_no_row_that_does_not_follow_on_the_last(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("SQLite alone has the view")
    filled(database)
    columns = "tijd, persoon, rollen, handeling, object_soort, object_id, resultaat, herkomst, trace_id, bijzonderheden"
    copy = f"select hash, nr + 1, {columns}, aantal, '', zeroblob(32) from auditlogboek where nr ="
    with database.engine.connect() as connection:
        into = f"insert into logregels (vorige, nr, {columns}, aantal, betrokkenen, hash) {copy}"
        connection.execute(text(f"{into} 8"))
        connection.rollback()
        with pytest.raises(DBAPIError, match="gone on"):
            connection.execute(text(f"{into.replace('select hash', 'select zeroblob(32)')} 8"))
