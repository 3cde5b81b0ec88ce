from __future__ import annotations

import asyncio
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, text

from service.db import writer
from service.db.database import Database
from service.db.engine import WRITING
from service.faults import StoreUnavailable
from service.logs.entry import Entry, Trace
from service.logs.tables import audit, tellers
from service.people import Role
from tests.service.logs.chain import ADDRESSES, READER, checked, closed, entry, holds_by_hand, read
from tests.service.serving import KEY, UNLIMITED, someone

WRITTEN = re.compile("commit|insert into logregels")  # what ends a transaction of the committer


def test_those_who_wait_are_written_together_and_in_one_chain(database: Database) -> None:
    commits: list[str] = []
    slow = threading.Event()

    def counted(connection: object, *_: object) -> None:
        trace = getattr(connection, "set_trace_callback", None)
        if trace:
            trace(lambda statement: commits.append(statement) if WRITTEN.match(statement) else None)

    event.listen(database.engine, "connect", counted)
    with ThreadPoolExecutor(16) as pool:

        def one(n: int) -> None:
            slow.wait(5)
            read(database, ADDRESSES[n])

        waiting = [pool.submit(one, n) for n in range(64)]
        slow.set()
        for done in waiting:
            done.result(20)
    assert checked(database).tot == 64 and holds_by_hand(database)
    if database.engine.dialect.name == "sqlite":
        # One statement is told of once for every trigger that it sets off.
        written = commits.count("commit") + len(set(commits) - {"commit"})
        assert 4 <= written < 64  # 16 at a time at most


def test_two_writers_at_once_leave_no_gap(database: Database) -> None:
    """Two stores, as two worker processes have them, each with readers and with deeds."""
    other = Database(database.engine.url.render_as_string(False), key=KEY, leesgrens=UNLIMITED)

    def deed(store: Database, n: int) -> None:
        with store.unit(READER, Trace()) as unit:
            unit.connection.execute(select(audit.c.nr).limit(1))
            unit.log(Entry(handeling="oordelen", object_soort="adres", object_id=str(n)))

    def one(n: int) -> None:
        store = (database, other)[n % 2]
        if n % 3:
            read(store, ADDRESSES[n])
        else:
            deed(store, n)

    with ThreadPoolExecutor(8) as pool:
        work = [pool.submit(one, n) for n in range(80)]
        for done in work:
            done.result(30)
    other.close()
    assert checked(database).tot == 80 and holds_by_hand(database)


async def shown(database: Database, n: int) -> None:
    async with database.reading_async(READER, Trace()) as unit:
        unit.log(entry(*ADDRESSES[n : n + 2]))


def test_coroutines_are_written_together(database: Database) -> None:
    async def all_of_them() -> None:
        for _ in range(2):  # the second time SQLite does it at once, on the loop's own thread
            await asyncio.gather(*[shown(database, n) for n in range(50)])

    asyncio.run(all_of_them())
    assert checked(database).tot == 100 and holds_by_hand(database)
    with database.looking() as found:
        assert found.execute(select(tellers.c.dag_aantal)).scalar_one() == 200


def test_the_loop_goes_on_while_a_log_waits_for_another_writer(database: Database) -> None:
    async def meanwhile() -> None:
        await shown(database, 0)
        await shown(database, 1)
        other = database.engine.connect().execution_options(**{WRITING: True})
        lock(other)
        waiting = asyncio.create_task(shown(database, 2))
        begun = time.monotonic()
        await asyncio.sleep(0.2)
        assert time.monotonic() - begun < 1 and not waiting.done()
        other.close()
        await asyncio.wait_for(waiting, 5)

    asyncio.run(meanwhile())
    assert checked(database).tot == 3


def lock(connection: Connection) -> None:
    connection.begin()
    if connection.dialect.name == "postgresql":
        connection.execute(text("lock table auditlogboek in exclusive mode"))


def test_a_coroutine_gets_no_answer_without_a_log(database: Database) -> None:
    async def refused() -> int:
        told = await asyncio.gather(*[shown(database, n) for n in range(4)], return_exceptions=True)
        return sum(isinstance(fault, StoreUnavailable) for fault in told)

    asyncio.run(shown(database, 0))
    closed(database, "dataverwerkingen")
    assert asyncio.run(refused()) == 4
    assert checked(database).tot == 1


def test_what_is_read_is_one_snapshot_and_nothing_can_be_written_in_it(database: Database) -> None:
    with database.reading(READER, Trace()) as unit:
        before = len(unit.connection.execute(select(audit.c.nr)).all())
        read(database, ADDRESSES[0])
        assert len(unit.connection.execute(select(audit.c.nr)).all()) == before
        unit.log(entry(ADDRESSES[1]))
    with pytest.raises(StoreUnavailable), database.reading(READER, Trace()) as unit:
        unit.connection.execute(insert(tellers), {column.name: 1 for column in tellers.columns})
    assert checked(database).tot == 2


def test_a_reading_without_an_entry_is_an_error_and_a_404_leaves_none(database: Database) -> None:
    with pytest.raises(RuntimeError, match="without a log entry"), database.reading(READER, Trace()):
        pass
    with pytest.raises(LookupError), database.reading(READER, Trace()) as unit:
        unit.log(entry(ADDRESSES[0]))
        raise LookupError
    assert checked(database).tot == 0


@pytest.mark.parametrize("log", ["auditlogboek", "dataverwerkingen"])
def test_a_log_that_cannot_be_written_gives_no_answer_and_heals(database: Database, log: str) -> None:
    read(database, ADDRESSES[0])
    closed(database, log)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            read(database, ADDRESSES[1])
        with pytest.raises(StoreUnavailable), database.unit(READER, Trace()) as unit:
            unit.log(entry(ADDRESSES[1]))
    with database.engine.begin() as connection:
        behind = "" if database.engine.dialect.name == "sqlite" else f" on {log}"
        connection.execute(text(f"drop trigger dicht{behind}"))
    read(database, ADDRESSES[2])
    chain = checked(database)
    assert (chain.tot, chain.fout) == (2, None)


def test_who_closes_the_store_writes_what_waits_and_nothing_after(database: Database) -> None:
    started = time.monotonic()
    read(database, ADDRESSES[0])
    database.close()
    with pytest.raises(StoreUnavailable):
        read(database, ADDRESSES[1])
    with pytest.raises(StoreUnavailable):
        asyncio.run(shown(database, 2))
    assert time.monotonic() - started < 5


def test_a_unit_inside_a_unit_is_an_error_at_once_and_not_a_deadlock(database: Database) -> None:
    for inner in (lambda: read(database, ADDRESSES[0]), lambda: database.note(None, Trace(), entry())):
        with pytest.raises(RuntimeError, match="use that unit"), database.unit(READER, Trace()) as unit:
            unit.log(entry())
            inner()
    read(database, ADDRESSES[1])
    assert checked(database).tot == 1


def test_the_short_way_is_taken_until_somebody_else_writes(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite: one statement a batch; after another process or a new reader the long way, and then short again."""
    if database.engine.dialect.name != "sqlite":
        pytest.skip("SQLite alone has it")
    taken: list[bool] = []
    whole = writer.quick

    def told(*words: Any, **options: Any) -> Any:
        made = whole(*words, **options)
        taken.append(made is not None)
        return made

    monkeypatch.setattr(writer, "quick", told)
    other = Database(database.engine.url.render_as_string(False), key=KEY)
    second = someone(Role.BEOORDELAAR, name="tweede")
    for deed in (
        lambda: read(database, *ADDRESSES[:2]),  # the very first: nothing is remembered, nothing is tried
        lambda: read(database, *ADDRESSES[:3]),
        lambda: read(database, *ADDRESSES[:4], person=second),  # a reader whose counters are not known
        lambda: read(database, *ADDRESSES[:5]),  # the first reader is still known
        lambda: read(other, *ADDRESSES[:6]),
        lambda: read(database, *ADDRESSES[:7]),  # the chain has gone on
        lambda: read(database, *ADDRESSES[:8]),
        lambda: read(other, *ADDRESSES[:9], person=second),
        lambda: read(database, *ADDRESSES[:1]),  # the chain has gone on, and what was known of the second is old
        lambda: read(database, *ADDRESSES[:1], person=second),
    ):
        deed()
    assert taken == [True, False, True, False, True, False, False, False]  # the last but two is the other one
    with database.looking() as found:
        counted = dict(found.execute(select(tellers.c.persoon, tellers.c.dag_aantal)).all())
    assert counted == {READER.id: 2 + 3 + 5 + 6 + 7 + 8 + 1, second.id: 4 + 9 + 1}
    assert checked(database).tot == 10 and holds_by_hand(database)
    other.close()
