"""Before any route: who asks (request.state.person, .session) and the trace of this request (request.state.trace)."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from service.db.database import Database
from service.logs.entry import Trace
from service.signin import sessions
from service.signin.sessions import Session

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")  # W3C Trace Context


class SignedIn:
    """Wraps an ASGI app. Does not refuse anybody: that is the permission's work."""

    def __init__(self, app: ASGIApp, *, database: Database) -> None:
        self.app, self.database = app, database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look the session up and pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        cookie = connection.cookies.get(sessions.COOKIE)
        session = await run_in_threadpool(self._session, cookie) if cookie else None
        connection.state.session = session
        connection.state.person = session.person if session else None
        connection.state.trace = trace(connection)
        await self.app(scope, receive, send)

    def _session(self, cookie: str) -> Session | None:
        with self.database.looking() as read:
            return sessions.find(read, cookie, self.database.clock())


def trace(connection: HTTPConnection) -> Trace:
    """The caller's W3C trace when it gives one, else a new one."""
    given = _TRACEPARENT.fullmatch(connection.headers.get("traceparent", ""))
    origin = connection.client.host if connection.client else ""
    if given:
        return Trace(trace_id=given[1], parent_span_id=given[2], herkomst=origin)
    return Trace(herkomst=origin)
