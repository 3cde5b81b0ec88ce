"""The page on which two people give outcomes out: asking, another's yes, and the file, once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.cases import export, releasing
from service.desk import Someone, TheDesk, TheTrace
from service.faults import InputFault
from service.people import Person
from service.permissions import Permission, requires
from service.signin import roster
from service.web.onderzoeken import moment
from service.web.render import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
RequestId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
HERE = "/uitleveringen"


@router.get(HERE, dependencies=[requires(Permission.UITVOEREN)])
def show(request: Request, desk: TheDesk, person: Someone) -> HTMLResponse:
    """What waits for one's yes, the form, and one's own requests. No address is on it."""
    return _page(request, desk, person)


@router.post(HERE, dependencies=[requires(Permission.UITVOEREN)])
def ask(
    request: Request,
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    reden: Annotated[str, Form(max_length=2000)] = "",
    gemeenten: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """The first step; a mistake brings the form back as it was filled in."""
    try:
        with desk.database.unit(person, trace) as unit:
            releasing.ask(unit, frozenset(gemeenten or ()), reden)
    except InputFault as fault:
        return _page(request, desk, person, reden=reden, chosen=gemeenten or [], faults={fault.name: fault.detail})
    return RedirectResponse(HERE, status_code=HTTPStatus.SEE_OTHER)


@router.post(HERE + "/{id}/besluit", dependencies=[requires(Permission.UITVOEREN)])
def decide(
    id: RequestId, desk: TheDesk, person: Someone, trace: TheTrace, akkoord: Annotated[bool, Form()]
) -> Response:
    """The second step, by somebody else."""
    with desk.database.unit(person, trace) as unit:
        if releasing.decide(unit, id, akkoord=akkoord) is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
    return RedirectResponse(HERE, status_code=HTTPStatus.SEE_OTHER)


@router.post(HERE + "/{id}/bestand", dependencies=[requires(Permission.UITVOEREN)])
def make(id: RequestId, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """The file, for who asked, once."""
    with desk.database.looking() as read:
        found = releasing.one(read, id)
    if found is None or found.door != person.id:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    content = export.download(desk.database, person, trace, id)
    told = {"Content-Disposition": f'attachment; filename="{export.NAME}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=told)


def _page(
    request: Request,
    desk: TheDesk,
    person: Person,
    *,
    reden: str = "",
    chosen: list[str] | None = None,
    faults: dict[str, str] | None = None,
) -> HTMLResponse:
    with desk.database.looking() as read:
        waits, mine = releasing.waiting(read, person), releasing.of_person(read, person)
        people = {id: roster.by_id(read, id) for one in (*waits, *mine) for id in (one.door, one.tweede) if id}
    return render(
        request,
        "uitleveringen.html",
        status=HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK,
        wachtend=waits,
        eigen=mine,
        namen={id: found.naam if found else id for id, found in people.items()},
        nu=desk.database.clock(),
        gemeenten=sorted(person.gemeenten),
        gekozen=chosen if chosen is not None else sorted(person.gemeenten),
        reden=reden,
        fouten=faults or {},
        moment=moment,
    )
