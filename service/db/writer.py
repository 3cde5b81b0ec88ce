"""The connections on which logs are appended, one transaction at a time: the long way, or on SQLite the short one."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.exc import SQLAlchemyError

from service.db.turn import Turn
from service.logs.leesgrens import Leesgrens, Refused
from service.logs.quick import Memory, quick
from service.logs.write import DIALECTS, DRIVER_FAULTS, End, Groups, append, end

Told = list[Refused | None]  # per answer: None = written


class Seconds(Protocol):
    """A clock in epoch seconds."""

    def __call__(self) -> float:
        """Now."""


class Writer:
    """`write` may wait and is for one thread; `at_once` never waits and is for another."""

    def __init__(self, engine: Engine, *, limits: Leesgrens, clock: Seconds, turn: Turn) -> None:
        self.engine, self.limits, self.clock, self.turn = engine, limits, clock, turn
        self.dialect = DIALECTS[engine.dialect.name]
        self._memory = Memory() if engine.dialect.name == "sqlite" else None  # touched by whose turn it is
        self._patient: PoolProxiedConnection | None = None
        self._impatient: PoolProxiedConnection | None = None

    def write(self, groups: Groups, patience: float) -> Told:
        """Append and commit. Raises what the driver raises, or StoreUnavailable after `patience` seconds of waiting."""
        with self.turn.taken(patience):
            try:
                return self._transaction(groups)
            except BaseException:
                self._let_go()
                raise

    def at_once(self, groups: Groups) -> Told | None:
        """SQLite: the short way if nobody has to be waited for; None when that is not so, and nothing was done."""
        if self._memory is None or not self.turn.if_free():
            return None
        try:
            if self._memory.last is None:
                return None
            if self._impatient is None:
                self._impatient = self.engine.raw_connection()
                self._impatient.cursor().execute("pragma busy_timeout = 0")
            return self._short(self._impatient, self._memory, groups)
        except (SQLAlchemyError, *DRIVER_FAULTS):
            return None  # `write` tries again, and tells what is wrong
        finally:
            self.turn.back()

    def close(self) -> None:
        """Let go of both connections; nobody may be writing."""
        self._let_go()
        if self._impatient is not None:
            self._impatient.invalidate()

    def _transaction(self, groups: Groups) -> Told:
        if self._memory is not None and self._patient is not None:
            told = self._short(self._patient, self._memory, groups)
            if told is not None:
                return told
        cursor, last = self._begun()
        try:
            made = append(cursor, self.dialect, last, groups, limits=self.limits, now=self.clock())
            cursor.execute("commit")
        except BaseException:
            self._undo(cursor)
            raise
        finally:
            cursor.close()
        if self._memory is not None:
            self._memory.keep(made, after=last)
        return made.told

    def _short(self, connection: PoolProxiedConnection, memory: Memory, groups: Groups) -> Told | None:
        cursor = connection.cursor()
        made = quick(cursor, memory, groups, limits=self.limits, now=self.clock())
        cursor.close()
        if made is None:
            return None
        memory.keep(made)
        return made.told

    def _begun(self) -> tuple[Any, End]:
        """A cursor in an open transaction, and the chain's end. A connection that was cut meanwhile is made again."""
        fresh = self._patient is None
        cursor = self._open().cursor()
        try:
            return cursor, end(cursor, self.dialect.begin)
        except DRIVER_FAULTS:
            self._undo(cursor)
            if fresh or self._patient is not None:  # no old connection, or it is still good: not the cause
                raise
        cursor = self._open().cursor()
        return cursor, end(cursor, self.dialect.begin)

    def _open(self) -> PoolProxiedConnection:
        if self._patient is None:
            self._patient = self.engine.raw_connection()
            if self.engine.dialect.name == "postgresql":
                self._patient.driver_connection.autocommit = True  # type: ignore[union-attr]  # we say begin
        return self._patient

    def _undo(self, cursor: Any) -> None:
        try:
            cursor.execute("rollback")
        except DRIVER_FAULTS:  # a lost connection: the server undoes what was begun; or SQLite, and nothing was
            self._let_go()

    def _let_go(self) -> None:
        if self._memory is not None:
            self._memory.forget()
        if self._patient is not None:
            self._patient.invalidate()
            self._patient = None
