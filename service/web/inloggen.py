"""Where everybody begins and ends: the first page, the page to sign in on, the demo accounts, and signing out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.desk import Desk, TheDesk, TheTrace
from service.faults import NothingPublished, SignInRefused
from service.logs.entry import Entry, Trace
from service.people import Person, Role
from service.permissions import Permission, requires
from service.signin import demo, sessions
from service.signin.flow import sign_out_url
from service.web.cookies import give_demo, take
from service.web.eigen import inside, origin
from service.web.inloggen_terug import refused
from service.web.menu import first
from service.web.render import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
GROUPS = (
    ("bureau", {Role.BEOORDELAAR, Role.GOEDKEURDER}),
    ("buiten", {Role.PLANNER, Role.VELD}),
    ("toezicht", {Role.DATATEAM, Role.PRIVACY, Role.AUDITOR, Role.BEHEER}),
)  # the made-up people under three headings, so that a first visitor sees the work in them


@router.get("/", dependencies=[requires(Permission.OPENBAAR)])
def home(request: Request) -> RedirectResponse:
    """To the first page that one may open; who is nobody yet, to the sign-in."""
    person = request.state.person
    return RedirectResponse(first(person) if person else "/inloggen", status_code=HTTPStatus.SEE_OTHER)


@router.get("/inloggen", dependencies=[requires(Permission.OPENBAAR)])
def sign_in(request: Request, desk: TheDesk, naar: str = "/") -> HTMLResponse:
    """The page to sign in on. naar: the page of ours that was asked for."""
    people = demo.accounts(_gemeenten(desk)) if desk.settings.demo else ()
    return render(
        request,
        "inloggen.html",
        groepen=[(name, [one for one in people if one.rollen & roles]) for name, roles in GROUPS if people],
        aanbieder=desk.provider is not None,
        naar=inside(naar),
    )


@router.post("/inloggen/demo", dependencies=[requires(Permission.OPENBAAR)])
def demo_sign_in(
    request: Request,
    desk: TheDesk,
    trace: TheTrace,
    account: Annotated[str, Form()],
    naar: Annotated[str, Form()] = "/",
) -> Response:
    """Become one of the made-up people. Not there outside demo mode."""
    known = {one.id: one for one in demo.accounts(_gemeenten(desk))} if desk.settings.demo else {}
    if account not in known:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        cookie = _signed_in(request, desk, known[account], trace)
    except SignInRefused as fault:
        return refused(request, desk, trace, fault)
    answer = RedirectResponse(inside(naar), status_code=HTTPStatus.SEE_OTHER)
    give_demo(answer, cookie)
    return answer


@router.post("/uitloggen", dependencies=[requires(Permission.OPENBAAR)])
def sign_out(request: Request, desk: TheDesk, trace: TheTrace) -> RedirectResponse:
    """End the session at once, here and in the browser. Whose session was over already is signed out as well."""
    session = request.state.session
    if session is not None:
        with desk.database.unit(session.person, trace) as unit:
            sessions.end(unit.connection, session.hash)
            unit.log(Entry(handeling="uitloggen", object_soort="sessie"))
    answer = RedirectResponse("/uitgelogd", status_code=HTTPStatus.SEE_OTHER)
    take(answer, sessions.COOKIE, *((sessions.DEMO_COOKIE,) if desk.settings.demo else ()))
    return answer


@router.get("/uitgelogd", dependencies=[requires(Permission.OPENBAAR)])
def signed_out(request: Request, desk: TheDesk) -> Response:
    """Says so, and goes on to the provider's own sign-out when it offers one: else the next at this desk is let in
    without being asked who they are.
    """
    if request.state.person is not None:
        return RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    return render(request, "uitgelogd.html", verder=sign_out_url(desk.provider, origin(request) + "/inloggen"))


def _signed_in(request: Request, desk: Desk, person: Person, trace: Trace) -> str:
    session = request.state.session
    with desk.database.unit(person, trace) as unit:
        if session is not None:
            sessions.end(unit.connection, session.hash)
        cookie = sessions.begin(unit.connection, person, unit.now, demo=True, rules=desk.settings.sessies)
        unit.log(Entry(handeling="inloggen", object_soort="sessie"))
    return cookie


def _gemeenten(desk: Desk) -> frozenset[str]:
    try:
        return frozenset(desk.publications.current().gemeenten)
    except NothingPublished:
        return frozenset()
