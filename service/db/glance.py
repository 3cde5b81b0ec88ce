"""A quick look at one's own tables: what every request asks, before anything of an address is read.

On SQLite a query of this kind takes less time than handing it to a pool of connections does, so each thread keeps one
that only reads; in WAL mode a reader waits for nobody. Every query sees what was committed before it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from service.faults import StoreUnavailable
from service.logs.write import DRIVER_FAULTS


class Glance:
    """readers: an engine whose connections cannot write. Safe to share between threads."""

    def __init__(self, readers: Engine) -> None:
        self._readers = readers
        self._quick = readers.dialect.name == "sqlite" and bool(readers.url.database)
        self._local = threading.local()

    def __call__(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """The rows of a query with ? for its parameters. Raises StoreUnavailable."""
        if not self._quick:
            return self._by_engine(query, parameters)
        try:
            connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
            if connection is None:
                connection = self._local.connection = sqlite3.connect(
                    self._readers.url.database or "", isolation_level=None
                )
                connection.execute("pragma query_only=on")
            return connection.execute(query, parameters).fetchall()
        except sqlite3.Error as fault:
            self._local.connection = None
            raise StoreUnavailable(type(fault).__name__) from fault

    def _by_engine(self, query: str, parameters: Sequence[Any]) -> list[Any]:
        try:
            with self._readers.connect() as connection:
                rows = connection.exec_driver_sql(query.replace("?", "%s"), tuple(parameters))
                return [tuple(row) for row in rows]
        except (SQLAlchemyError, *DRIVER_FAULTS) as fault:
            raise StoreUnavailable(type(fault).__name__) from fault
