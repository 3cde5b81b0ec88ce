"""Connections to SQLite (default) or PostgreSQL, set up so that what was committed stays.

SQLite: WAL, so that readers never wait for the writer; foreign keys on; synchronous FULL: a log that a power cut can
take back is no log. Transactions are ours and not the driver's: a writer begins with BEGIN IMMEDIATE, so that two
writers queue up at the start and none fails half-way. What is removed is overwritten (secure_delete): retention means
gone. PostgreSQL: nobody waits for a lock longer than BUSY.

A connection for reading cannot write, whatever is asked of it, and reads one snapshot per transaction.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from psycopg import IsolationLevel
from sqlalchemy import Connection, Engine, create_engine, event, make_url

from features.errors import Refusal

BUSY = 10_000  # ms that a writer waits for another
WRITING = "schijnwerper_writing"  # execution option of a connection that is going to write
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}


def connect(url: str, *, reading: bool = False) -> Engine:
    """An engine for `url` (`sqlite:///path` or `postgresql://…`). reading: nothing can be written.

    Raises Refusal on any other kind of database.
    """
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    if kind not in DRIVERS:
        raise Refusal(
            "service settings, SCHIJNWERPER_DATABASE",
            found=kind,
            expected="sqlite:///… or postgresql://…",
            do="choose one of the two",
        )
    parsed = parsed.set(drivername=DRIVERS[kind])
    if kind == "postgresql":
        engine = create_engine(parsed, pool_size=10, max_overflow=20, pool_pre_ping=True)
        event.listen(engine, "connect", _read_only if reading else _patient)
        return engine
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, pool_size=20, max_overflow=20, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _set_up)
    if reading:
        event.listen(engine, "connect", _query_only)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing of its own accord
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={BUSY}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _query_only(connection: sqlite3.Connection, _: Any) -> None:
    connection.execute("PRAGMA query_only=ON").close()


def _read_only(connection: psycopg.Connection[Any], _: Any) -> None:
    connection.read_only, connection.isolation_level = True, IsolationLevel.REPEATABLE_READ


def _patient(connection: psycopg.Connection[Any], _: Any) -> None:
    connection.execute(f"set lock_timeout = {BUSY}")
    connection.commit()


def _begin(connection: Connection) -> None:
    kind = "IMMEDIATE" if connection.get_execution_options().get(WRITING) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {kind}")
