"""Writing what is nobody's deed: a session was used, a sign-in was begun. The only writes without a log entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from service.db.database import Database
from service.db.engine import WRITING
from service.faults import StoreUnavailable


@contextmanager
def bookkeeping(database: Database) -> Iterator[Connection]:
    """A writing transaction. Raises StoreUnavailable when it cannot be written."""
    try:
        with database.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            yield connection
    except SQLAlchemyError as fault:
        raise StoreUnavailable(type(fault).__name__) from fault
