"""Transactions: what is read or done and the two logs of it stand together (law 9); the answer comes after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from service import opaque
from service.db.committer import Committer
from service.db.engine import BUSY, WRITING, connect
from service.db.glance import Glance
from service.db.turn import Turn
from service.db.writer import Writer
from service.faults import StoreUnavailable, TooMany
from service.logs.entry import Entry, Result, Trace
from service.logs.leesgrens import Leesgrens, Refused
from service.logs.line import Line, line
from service.logs.write import DIALECTS, DRIVER_FAULTS, append, end
from service.people import Person

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of a running service."""
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Unit:
    """One transaction. `log` what is done in it; a unit that ends without an entry is undone (RuntimeError)."""

    person: Person | None
    trace: Trace
    now: datetime
    opened: Callable[[], Connection]  # a reading that needs no table opens no connection
    entries: list[Entry] = field(default_factory=list)
    _connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """Of this transaction; in `Database.reading` one on which nothing can be written."""
        if self._connection is None:
            self._connection = self.opened()
        return self._connection

    def log(self, entry: Entry) -> None:
        """To be written in both logs when the unit ends."""
        self.entries.append(entry)

    def close(self) -> None:
        """Let the connection go, if there is one; what was not committed is undone."""
        if self._connection is not None:
            self._connection.close()


class Database:
    """The operational store. Safe to share between threads."""

    def __init__(self, url: str, *, key: bytes, clock: Clock = utc_now, leesgrens: Leesgrens | None = None) -> None:
        self.engine: Engine = connect(url)
        self.clock = clock
        self.leesgrens = leesgrens or Leesgrens()
        self.key = opaque.subkey(key, "ldv")  # of the data subjects in the LDV log
        self._readers = connect(url, reading=True)
        self.glance = Glance(self._readers)
        self._dialect = DIALECTS[self.engine.dialect.name]
        self._turn = Turn(needed=self.engine.dialect.name == "sqlite")
        writer = Writer(self.engine, limits=self.leesgrens, clock=self._seconds, turn=self._turn)
        self._committer = Committer(writer)

    @contextmanager
    def unit(self, person: Person | None, trace: Trace) -> Iterator[Unit]:
        """Read and write, all or nothing, logs included. Raises StoreUnavailable when it cannot be written down,
        TooMany when the person has read too many addresses; in both cases nothing was done. Keep it short: on
        SQLite every log waits behind it. RuntimeError when it is opened inside another one.
        """
        refused: Refused | None = None
        unit = Unit(person=person, trace=trace, now=self.clock(), opened=self._writing)
        with _faults(), self._turn.alone(), self._turn.taken(BUSY / 1000):
            try:
                with unit.connection.begin() as transaction:
                    yield unit
                    refused = self._append(unit)
                    if refused:
                        transaction.rollback()
            finally:
                unit.close()
        if refused:
            self.note(person, trace, _refusal(unit, refused))
            raise TooMany(refused.after)

    @contextmanager
    def reading(self, person: Person | None, trace: Trace) -> Iterator[Unit]:
        """For an answer with address data that changes nothing: the answer is given once its log is committed.

        Reads one snapshot; the log is written together with those of other answers (service/db/committer.py). Raises
        StoreUnavailable when it cannot be, TooMany over the reading limits: then nothing may be given.
        """
        self._turn.not_inside()
        unit = Unit(person=person, trace=trace, now=self.clock(), opened=self._snapshot)
        with _faults():
            try:
                yield unit
            finally:
                unit.close()
            refused = self._committer.write(self._lines(unit))
        if refused:
            self.note(person, trace, _refusal(unit, refused))
            raise TooMany(refused.after)

    def reading_async(self, person: Person | None, trace: Trace) -> AsyncReading:
        """`reading` for a coroutine, `async with`: what is read inside must be short, the waiting holds nobody up."""
        return AsyncReading(self, Unit(person=person, trace=trace, now=self.clock(), opened=self._snapshot))

    async def written(self, unit: Unit) -> None:
        """The end of a `reading_async`. Raises as `reading` does."""
        with _faults():
            refused = await self._committer.write_async(self._lines(unit))
        if refused:
            await self.note_async(unit.person, unit.trace, _refusal(unit, refused))
            raise TooMany(refused.after)

    def note(self, person: Person | None, trace: Trace, entry: Entry) -> None:
        """Log something that is no answer with addresses: a refusal, a failed sign-in. Raises StoreUnavailable."""
        self._turn.not_inside()
        self._committer.write([self._line(entry, person, trace, self.clock())])

    async def note_async(self, person: Person | None, trace: Trace, entry: Entry) -> None:
        """`note`, for a coroutine."""
        await self._committer.write_async([self._line(entry, person, trace, self.clock())])

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Read what is no address data (a session, counts, settings): no log, one snapshot, nothing can be written."""
        with _faults():
            connection = self._snapshot()
            try:
                yield connection
            finally:
                connection.close()

    def close(self) -> None:
        """Write the logs that wait and let go of every connection."""
        self._committer.close()
        self._readers.dispose()
        self.engine.dispose()

    def _writing(self) -> Connection:
        return self.engine.connect().execution_options(**{WRITING: True})

    def _snapshot(self) -> Connection:
        connection = self._readers.connect()
        connection.begin()
        return connection

    def _append(self, unit: Unit) -> Refused | None:
        cursor = unit.connection.connection.cursor()
        try:
            lines = [self._lines(unit)]
            last = end(cursor, self._dialect.last)
            made = append(cursor, self._dialect, last, lines, limits=self.leesgrens, now=self._seconds())
            return made.told[0]
        finally:
            cursor.close()

    def _lines(self, unit: Unit) -> list[Line]:
        if not unit.entries:
            raise RuntimeError("a unit of work ended without a log entry")
        return [self._line(entry, unit.person, unit.trace, unit.now) for entry in unit.entries]

    def _line(self, entry: Entry, person: Person | None, trace: Trace, started: datetime) -> Line:
        return line(entry, person=person, trace=trace, started=started, ended=self.clock(), key=self.key)

    def _seconds(self) -> float:
        return self.clock().timestamp()


class AsyncReading:
    """`Database.reading_async`. A class and no generator: it is there for lists that are asked for by the thousand."""

    __slots__ = ("_database", "_unit")

    def __init__(self, database: Database, unit: Unit) -> None:
        self._database, self._unit = database, unit

    async def __aenter__(self) -> Unit:
        """The unit in which to read."""
        return self._unit

    async def __aexit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: object) -> None:
        """Wait for the log; after a fault there is nothing to log."""
        self._unit.close()
        if fault is None:
            await self._database.written(self._unit)
        elif isinstance(fault, (SQLAlchemyError, *DRIVER_FAULTS)):
            raise StoreUnavailable(type(fault).__name__) from fault


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, *DRIVER_FAULTS) as fault:
        raise StoreUnavailable(type(fault).__name__) from fault


def _refusal(unit: Unit, refused: Refused) -> Entry:
    asked = next(entry for entry in unit.entries if entry.aantal)
    return Entry(
        handeling=asked.handeling,
        object_soort=asked.object_soort,
        object_id=asked.object_id,
        resultaat=Result.GEWEIGERD,
        bijzonderheden=(
            ("leesgrens", refused.grens),
            ("gevraagd", str(sum(entry.aantal for entry in unit.entries))),
        ),
    )
