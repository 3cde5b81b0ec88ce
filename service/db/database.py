"""Transactions: what is read or done and the two logs of it stand together (law 9); the answer comes after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from service import opaque
from service.db.engine import WRITING, connect
from service.faults import StoreUnavailable
from service.logs.entry import Entry, Trace
from service.logs.write import write
from service.people import Person

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of a running service."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One transaction. `log` what is done in it; a unit that ends without an entry is undone (RuntimeError)."""

    connection: Connection
    person: Person | None
    trace: Trace
    now: datetime
    entries: list[Entry] = field(default_factory=list)

    def log(self, entry: Entry) -> None:
        """To be written in both logs when the unit ends."""
        self.entries.append(entry)


class Database:
    """The operational store. Safe to share between threads."""

    def __init__(self, url: str, *, key: bytes, clock: Clock = utc_now) -> None:
        self.engine: Engine = connect(url)
        self.clock = clock
        self._key = opaque.subkey(key, "ldv")

    @contextmanager
    def unit(self, person: Person | None, trace: Trace) -> Iterator[Unit]:
        """Read and write, all or nothing, logs included. Raises StoreUnavailable when it cannot be written down."""
        started = self.clock()
        try:
            with self.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
                unit = Unit(connection=connection, person=person, trace=trace, now=started)
                yield unit
                if not unit.entries:
                    raise RuntimeError("a unit of work ended without a log entry")
                write(
                    connection,
                    unit.entries,
                    person=person,
                    trace=trace,
                    started=started,
                    now=self.clock(),
                    key=self._key,
                )
        except SQLAlchemyError as fault:
            raise StoreUnavailable(type(fault).__name__) from fault

    @contextmanager
    def reading(self, person: Person | None, trace: Trace) -> Iterator[Unit]:
        """For an answer with address data that changes nothing: the answer is given once its log is committed."""
        with self.unit(person, trace) as unit:
            yield unit

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Read what is no address data (a session, counts, settings): no log, one snapshot, nothing is written."""
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except SQLAlchemyError as fault:
            raise StoreUnavailable(type(fault).__name__) from fault

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()
