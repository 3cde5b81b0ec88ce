"""Beheer: who works here, how the service stands, and the stop switch. Not one address is on this page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from service import stopping
from service.desk import Desk, Someone, TheDesk, TheTrace
from service.logs.entry import Entry, Trace
from service.people import Person
from service.permissions import Permission, requires
from service.signin import roster
from service.web.render import render
from service.web.staat import state

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
PersonId = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,32}$")]
Reason = Annotated[str, Form(min_length=10, max_length=500)]


@router.get("/beheer", dependencies=[requires(Permission.BEHEREN)])
def beheer(request: Request, desk: TheDesk) -> HTMLResponse:
    """The page."""
    with desk.database.looking() as read:
        return render(
            request,
            "beheer.html",
            stop=stopping.stopped(read),
            mensen=roster.everybody(read),
            staat=state(desk, read),
        )


@router.post("/beheer/stop", dependencies=[requires(Permission.STOPPEN)])
def stop(desk: TheDesk, person: Someone, trace: TheTrace, reden: Reason) -> RedirectResponse:
    """Take the model out, everywhere and at once; the lists go on in neutral order."""
    with desk.database.unit(person, trace) as unit:
        stopping.stop(unit, reden.strip())
    return _back()


@router.post("/beheer/hervatten", dependencies=[requires(Permission.STOPPEN)])
def lift(desk: TheDesk, person: Someone, trace: TheTrace, reden: Reason) -> RedirectResponse:
    """Let the model in again. A stop in a publication's own manifest stays until there is a new publication."""
    with desk.database.unit(person, trace) as unit:
        stopping.lift(unit, reden.strip())
    return _back()


@router.post("/beheer/personen/{id}/uit", dependencies=[requires(Permission.BEHEREN)])
def off(id: PersonId, desk: TheDesk, person: Someone, trace: TheTrace) -> RedirectResponse:
    """Switch somebody off; their sessions end at once."""
    return _switch(id, desk, person, trace, actief=False)


@router.post("/beheer/personen/{id}/aan", dependencies=[requires(Permission.BEHEREN)])
def on(id: PersonId, desk: TheDesk, person: Someone, trace: TheTrace) -> RedirectResponse:
    """Let somebody in again, from their next sign-in."""
    return _switch(id, desk, person, trace, actief=True)


def _switch(id: str, desk: Desk, by: Person, trace: Trace, *, actief: bool) -> RedirectResponse:
    with desk.database.unit(by, trace) as unit:
        if not roster.switch(unit.connection, id, actief=actief, by=by):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        doing = "persoon.aan" if actief else "persoon.uit"
        unit.log(Entry(handeling=doing, object_soort="persoon", object_id=id))
    return _back("#mensen")


def _back(place: str = "") -> RedirectResponse:
    return RedirectResponse(f"/beheer{place}", status_code=HTTPStatus.SEE_OTHER)
