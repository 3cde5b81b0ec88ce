"""What happens when the store does not co-operate: a clear fault, nothing half-written, and a chain that holds."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, select, text

from service.db.database import Database
from service.db.migrate import upgrade
from service.faults import StoreUnavailable
from service.logs.entry import Entry, Trace
from service.logs.tables import audit
from service.signin.tables import personen
from tests.postgres import ABSENT, Cluster, installed, new_database, own_cluster
from tests.service.killing import Killing
from tests.service.logs.chain import ADDRESSES, READER, checked, entry, holds_by_hand, read
from tests.service.serving import KEY, UNLIMITED

FULL = 1_200_000  # bytes that a file may have
needs_postgres = pytest.mark.skipif(not installed(), reason=ABSENT)


def opened(url: str) -> Database:
    return Database(url, key=KEY, leesgrens=UNLIMITED)


def deed(database: Database, name: str) -> None:
    """A unit with a row of its own beside the log's."""
    with database.unit(READER, Trace()) as unit:
        row = {"id": name, "naam": "x", "rollen": "", "gemeenten": "", "teams": "", "actief": True, "demo": False}
        unit.connection.execute(insert(personen), row)
        unit.log(Entry(handeling="beheren", object_soort="persoon", object_id=name))
        unit.log(entry(ADDRESSES[0]))


def whole(database: Database, earlier: int = 0) -> int:
    """The number of deeds done, every one of them whole; the chain holds."""
    chain = checked(database)
    assert chain.fout is None, chain
    with database.looking() as found:
        people = set(found.execute(select(personen.c.id)).scalars())
        deeds = list(found.execute(select(audit.c.object_id).where(audit.c.object_soort == "persoon")).scalars())
        answers = found.execute(select(audit.c.nr).where(audit.c.object_soort == "ranglijst")).all()
    assert sorted(people) == sorted(deeds)
    assert len(answers) >= len(deeds)
    return len(deeds)


# Read-only ----------------------------------------------------------------------------------------------------------


def test_a_store_that_may_only_be_read(database_url: str) -> None:
    database = opened(database_url)
    read(database, ADDRESSES[0])
    database.close()
    closed = database_url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
    if database_url.startswith("postgresql"):
        engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"alter database {engine.url.database} set default_transaction_read_only = on"))
        engine.dispose()
        closed = database_url
    database = opened(closed)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            read(database, ADDRESSES[1])
        with pytest.raises(StoreUnavailable):
            deed(database, "a")
    assert checked(database).tot == 1
    database.close()


# Full ---------------------------------------------------------------------------------------------------------------


def fill_up(url: str) -> None:
    """In a child: no file may grow past FULL. Exits well when the store said so clearly, and goes on saying it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL))
    database = opened(url)
    refused = 0
    for n in range(2_000):
        try:
            deed(database, f"p{n}")
            read(database, *ADDRESSES)
        except StoreUnavailable:
            refused += 1
            if refused == 5:
                return
    raise AssertionError("never full")


def test_a_full_disk_under_sqlite(tmp_path: Path, migrated_sqlite: Path) -> None:
    file = tmp_path / "vol.db"
    file.write_bytes(migrated_sqlite.read_bytes())
    url = f"sqlite:///{file}"
    assert Killing().run(fill_up, url, before=0) is False
    database = opened(url)  # the disk has room again
    done = whole(database)
    assert 10 < done < 2_000
    deed(database, "daarna")
    assert whole(database) == done + 1 and holds_by_hand(database)
    database.close()


@pytest.fixture(scope="module")
def small() -> Iterator[Cluster]:
    """A PostgreSQL whose files may not grow past 3 MB; its write-ahead log comes in files of 1 MB."""
    with own_cluster(largest_file=3_000_000, segment=1) as made:
        yield made


@needs_postgres
def test_a_full_disk_under_postgresql(small: Cluster) -> None:
    url = new_database(small.url)
    database = opened(url)
    upgrade(database.engine)
    refused, given = 0, 0
    shown = ADDRESSES * 20  # 64,000 bytes a row, so that it takes no minute
    for n in range(400):
        try:
            deed(database, f"p{n}")
            read(database, *shown[: 3_000 + n])
            given += 1
        except StoreUnavailable:
            refused += 1
            if refused == 5:
                break
    assert refused == 5 and given > 10
    assert whole(database) >= given
    database.close()


# Restarted ----------------------------------------------------------------------------------------------------------


@needs_postgres
def test_postgresql_restarted_in_the_middle(small: Cluster) -> None:
    url = new_database(small.url)
    database = opened(url)
    upgrade(database.engine)
    deed(database, "voor")
    read(database, ADDRESSES[0])
    with pytest.raises(StoreUnavailable), database.unit(READER, Trace()) as unit:
        unit.connection.execute(select(personen.c.id)).all()
        restart(small)
        unit.log(entry(ADDRESSES[1]))
    read(database, ADDRESSES[2])  # the next is fine, on a connection that was idle when it was cut
    deed(database, "na")
    told = under_way(database, small)
    assert set(told) <= {"gegeven", "geweigerd"} and told.count("gegeven") > 20
    read(database, ADDRESSES[3])
    deed(database, "slot")
    assert whole(database) == 3
    with database.looking() as found:
        logged = len(found.execute(select(audit.c.nr).where(audit.c.object_soort == "ranglijst")).all())
    # Every answer that was given is in the log; a refused one may be too, when the server fell after it had committed.
    assert told.count("gegeven") + 6 <= logged <= len(told) + 6
    database.close()


def restart(cluster: Cluster) -> None:
    cluster.stop()
    cluster.start()


def under_way(database: Database, cluster: Cluster) -> list[str]:
    """Four readers at work while the server restarts: what each answer came to."""
    told: list[str] = []
    over = threading.Event()

    def work() -> None:
        after = 0
        while after < 10:
            try:
                read(database, ADDRESSES[4])
                told.append("gegeven")
                after += over.is_set()
            except StoreUnavailable:
                told.append("geweigerd")
                over.wait(0.02)

    with ThreadPoolExecutor(4) as pool:
        working = [pool.submit(work) for _ in range(4)]
        restart(cluster)
        over.set()
        for one in working:
            one.result(30)
    return told


# Killed -------------------------------------------------------------------------------------------------------------


def a_deed_and_an_answer(url: str, turn: int) -> None:
    database = opened(url)
    deed(database, f"deed-{turn}")
    read(database, *ADDRESSES[:3])
    database.close()


def test_killed_before_every_statement_in_turn(database_url: str) -> None:
    """SIGKILL before each statement, commits included: each time whole deeds only, and the chain goes on."""
    killing = Killing()
    done, seen, turn = 0, set(), 1
    while killing.run(a_deed_and_an_answer, database_url, turn, before=turn):
        database = opened(database_url)
        before, done = done, whole(database)
        seen.add(done - before)
        read(database, ADDRESSES[5])
        assert checked(database).fout is None
        database.close()
        turn += 1
    assert seen == {0, 1} and turn > 10
