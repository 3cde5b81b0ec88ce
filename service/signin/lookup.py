"""The session of a request, found as cheaply as the database allows: every request asks.

SQLite answers by primary key in some 10 µs, less than handing the question to a thread costs, so it is asked on the
event loop, over a connection of its own that only reads (in WAL mode a reader waits for nobody). PostgreSQL is asked in
a thread.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

import structlog
from starlette.concurrency import run_in_threadpool

from service.db.database import Database
from service.faults import StoreUnavailable
from service.signin import roster, sessions
from service.signin.bookkeeping import bookkeeping
from service.signin.sessions import Session, Sessions

_QUERY = """
    select s.csrf, s.begonnen, s.gezien, p.id, p.naam, p.rollen, p.gemeenten, p.teams
    from sessies s join personen p on p.id = s.persoon_id
    where s.hash = ? and p.actief
"""
log = structlog.get_logger()


class Lookup:
    """From a cookie to a session. Used on one event loop."""

    def __init__(self, database: Database, rules: Sessions) -> None:
        self.database, self.rules = database, rules
        self._sqlite: sqlite3.Connection | None = None

    async def session(self, cookie: str) -> Session | None:
        """The open session of `cookie`, noted as used now, at most once a minute. Raises StoreUnavailable."""
        if self.database.engine.dialect.name == "sqlite":
            found = self._by_hand(cookie)
        else:
            found = await run_in_threadpool(self._by_engine, cookie)
        if found is not None and self.database.clock() - found.seen >= sessions.SEEN_EVERY:
            await run_in_threadpool(self._touch, found)
        return found

    def close(self) -> None:
        """Let go of the connection."""
        if self._sqlite is not None:
            self._sqlite.close()
            self._sqlite = None

    def _by_hand(self, cookie: str) -> Session | None:
        hash = sessions.hashed(cookie)
        try:
            row = self._connection().execute(_QUERY, (hash,)).fetchone()
        except sqlite3.Error as fault:
            self.close()
            raise StoreUnavailable(type(fault).__name__) from fault
        if row is None:
            return None
        csrf, begun, seen, *person = row
        begun, seen = datetime.fromisoformat(begun), datetime.fromisoformat(seen)
        if not self.rules.alive(begun, seen, self.database.clock()):
            return None
        return Session(person=roster.made(*person), csrf=csrf, hash=hash, seen=seen)

    def _connection(self) -> sqlite3.Connection:
        if self._sqlite is None:
            path = self.database.engine.url.database or ""
            self._sqlite = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._sqlite.execute("PRAGMA query_only=ON").close()
        return self._sqlite

    def _by_engine(self, cookie: str) -> Session | None:
        with self.database.looking() as read:
            return sessions.find(read, cookie, self.database.clock(), rules=self.rules)

    def _touch(self, session: Session) -> None:
        try:
            with bookkeeping(self.database) as connection:
                sessions.touch(connection, session, self.database.clock())
        except StoreUnavailable as fault:  # the session ends a little early, which is the safe side
            log.warning("session not noted as used", fault=str(fault))
