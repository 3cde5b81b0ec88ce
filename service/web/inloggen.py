"""Signing in and out. In demo mode a choice of made-up people; else through the gemeente's own identity provider."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.desk import TheDesk, TheTrace
from service.logs.entry import Entry
from service.permissions import Permission, requires
from service.signin import demo, sessions
from service.web.render import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/inloggen", dependencies=[requires(Permission.OPENBAAR)])
def sign_in(request: Request, desk: TheDesk, naar: str = "/") -> HTMLResponse:
    """The page to sign in on."""
    people = demo.accounts(_gemeenten(desk)) if desk.settings.demo else ()
    return render(request, "inloggen.html", mensen=people, naar=_inside(naar))


@router.post("/inloggen/demo", dependencies=[requires(Permission.OPENBAAR)])
def demo_sign_in(
    desk: TheDesk, trace: TheTrace, account: Annotated[str, Form()], naar: Annotated[str, Form()] = "/"
) -> Response:
    """Become one of the made-up people. Not there outside demo mode."""
    if not desk.settings.demo:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    found = [person for person in demo.accounts(_gemeenten(desk)) if person.id == account]
    if not found:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with desk.database.unit(found[0], trace) as unit:
        cookie = sessions.begin(unit.connection, found[0], unit.now)
        unit.log(Entry(handeling="inloggen", object_soort="sessie"))
    answer = RedirectResponse(_inside(naar), status_code=HTTPStatus.SEE_OTHER)
    answer.set_cookie(sessions.COOKIE, cookie, secure=True, httponly=True, samesite="lax", path="/")
    return answer


def _gemeenten(desk: TheDesk) -> frozenset[str]:
    return frozenset(desk.publications.current().gemeenten)


def _inside(path: str) -> str:
    """A path of ours: nobody is sent elsewhere after signing in."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
