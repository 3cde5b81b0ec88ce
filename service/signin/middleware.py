"""Before any route: who asks (request.state.person, .session) and the trace of this request (request.state.trace)."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from service.bodies import too_much
from service.faults import StoreUnavailable
from service.logs.entry import Trace
from service.signin import sessions
from service.signin.lookup import Lookup
from service.signin.sessions import Session

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")  # W3C Trace Context
Refuse = Callable[[HTTPStatus], ASGIApp]
NOBODYS = "/static/"  # files that are the same for everybody


class SignedIn:
    """Wraps an ASGI app. Does not refuse anybody: that is the permission's work."""

    def __init__(self, app: ASGIApp, *, lookup: Lookup, refuse: Refuse, demo: bool = False) -> None:
        self.app, self.lookup, self.refuse = app, lookup, refuse
        self.names = (sessions.COOKIE, sessions.DEMO_COOKIE) if demo else (sessions.COOKIE,)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look the session up and pass the request on; `refuse` answers without a store, and to too large a body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        state = connection.state
        state.session = state.person = None
        state.trace = trace(connection)
        if not scope["path"].startswith(NOBODYS):
            try:
                state.session = await self._session(connection)
            except StoreUnavailable:
                await self.refuse(HTTPStatus.SERVICE_UNAVAILABLE)(scope, receive, send)
                return
        if state.session is not None:
            state.person = state.session.person
        excess = too_much(connection, known=state.person is not None)
        if excess is not None:
            await self.refuse(excess)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _session(self, connection: HTTPConnection) -> Session | None:
        for name in self.names:
            cookie = connection.cookies.get(name)
            found = await self.lookup.session(cookie) if cookie else None
            if found is not None:
                return found
        return None


def trace(connection: HTTPConnection) -> Trace:
    """The caller's W3C trace when it gives one, else a new one."""
    given = _TRACEPARENT.fullmatch(connection.headers.get("traceparent", ""))
    origin = connection.client.host if connection.client else ""
    if given:
        return Trace(trace_id=given[1], parent_span_id=given[2], herkomst=origin)
    return Trace(herkomst=origin)
