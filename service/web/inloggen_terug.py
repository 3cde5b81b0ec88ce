"""Signing in through the gemeente's own identity provider: off to it, and back with a code."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.desk import Desk, TheDesk, TheTrace
from service.faults import SignInRefused
from service.logs.entry import Entry, Result, Trace
from service.permissions import Permission, requires
from service.signin import flow, pending, sessions
from service.signin.bookkeeping import bookkeeping
from service.signin.pending import Pending
from service.web.cookies import give_pending, give_session, take
from service.web.eigen import inside, origin
from service.web.render import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
BACK = "/inloggen/terug"
AGAIN = {"state", "afgebroken", "code", "token", "onbereikbaar"}  # trying once more can help
UNREACHABLE = "onbereikbaar"


@router.get("/inloggen/beginnen", dependencies=[requires(Permission.OPENBAAR)])
def off(request: Request, desk: TheDesk, trace: TheTrace, naar: str = "/") -> Response:
    """To the provider. A link and not a form: the page's policy lets no form end up at another site."""
    if desk.provider is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        desk.provider.metadata()  # before anything is stored: a provider that is away costs no row
        with bookkeeping(desk.database) as connection:
            begun = pending.begin(
                connection, terug=origin(request) + BACK, naar=inside(naar), now=desk.database.clock()
            )
        answer = RedirectResponse(flow.to_provider(begun, desk.provider), status_code=HTTPStatus.SEE_OTHER)
    except SignInRefused as fault:
        return refused(request, desk, trace, fault)
    give_pending(answer, begun.browser)
    return answer


@router.get(BACK, dependencies=[requires(Permission.OPENBAAR)])
def back(request: Request, desk: TheDesk, trace: TheTrace) -> Response:
    """The provider's answer: a code for a session, or a page that says why not."""
    if desk.provider is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        waiting = _waiting(request, desk, trace)
        code = flow.answered(request.query_params, desk.provider)
        person = flow.who(code, waiting, desk.provider, desk.settings, desk.database.clock())
        with desk.database.unit(person, trace) as unit:
            if request.state.session is not None:
                sessions.end(unit.connection, request.state.session.hash)
            cookie = sessions.begin(
                unit.connection, person, unit.now, demo=desk.settings.demo, rules=desk.settings.sessies
            )
            unit.log(Entry(handeling="inloggen", object_soort="sessie"))
    except SignInRefused as fault:
        return refused(request, desk, trace, fault)
    answer = RedirectResponse(waiting.naar, status_code=HTTPStatus.SEE_OTHER)
    give_session(answer, cookie)
    take(answer, pending.COOKIE)
    return answer


def refused(request: Request, desk: Desk, trace: Trace, fault: SignInRefused) -> HTMLResponse:
    """Written down, then told: what happened, and whether trying again helps."""
    away = fault.reden == UNREACHABLE
    with desk.database.unit(None, trace) as unit:
        unit.log(
            Entry(
                handeling="inloggen",
                object_soort="persoon" if fault.wie else "sessie",
                object_id=fault.wie,
                resultaat=Result.MISLUKT if away else Result.GEWEIGERD,
                bijzonderheden=(("reden", fault.reden), ("precies", fault.precies)),
            )
        )
    status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.FORBIDDEN
    answer = render(request, "inloggen_geweigerd.html", status=status, reden=fault.reden, opnieuw=fault.reden in AGAIN)
    take(answer, pending.COOKIE)
    return answer


def _waiting(request: Request, desk: Desk, trace: Trace) -> Pending:
    state, browser = request.query_params.get("state", ""), request.cookies.get(pending.COOKIE, "")
    with bookkeeping(desk.database) as connection:
        found = pending.take(connection, state, browser, desk.database.clock())
    if isinstance(found, SignInRefused):
        raise found
    return found
