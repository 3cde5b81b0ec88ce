"""Connections to SQLite (default) or PostgreSQL, set up so that what was committed stays.

SQLite: WAL, so that readers never wait for the writer; foreign keys on; synchronous FULL: a log that a power cut can
take back is no log. Transactions are ours and not the driver's: a writer begins with BEGIN IMMEDIATE, so that two
writers queue up at the start and none fails half-way.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from features.errors import Refusal

BUSY = 10_000  # ms that a writer waits for another
WRITING = "schijnwerper_writing"  # execution option of a connection that is going to write
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}


def connect(url: str) -> Engine:
    """An engine for `url` (`sqlite:///path` or `postgresql://…`). Raises Refusal on any other kind of database."""
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
        return create_engine(parsed, pool_size=10, max_overflow=20, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, pool_size=20, max_overflow=20, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing of its own accord
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", f"busy_timeout={BUSY}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    kind = "IMMEDIATE" if connection.get_execution_options().get(WRITING) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {kind}")
