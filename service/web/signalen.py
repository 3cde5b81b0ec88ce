"""Signals by hand: drop a file, see what would become of each row, then take it in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.api.answers import Store
from service.api.signalen import checked
from service.cases.clocks import local_day
from service.desk import Desk, Someone, TheDesk, TheTrace
from service.faults import InputFault
from service.people import Person
from service.permissions import Permission, requires
from service.web.render import render
from service.web.teksten import text
from service.worklist import signal_check
from service.worklist.counts import signal_counts
from service.worklist.signal_file import MOST_BYTES
from service.worklist.signal_judging import judge

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
CheckId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
HERE = "/signalen"
PATTERNS = {r"van de vorm \d{16}": "16 cijfers", "van de vorm [a-z][a-z0-9_]*": "kleine letters en _"}
SHOWN = 500  # rejected rows on a page; that there are more is said


@router.get(HERE, dependencies=[requires(Permission.SIGNALEN_INNEMEN)])
def show(request: Request, desk: TheDesk, person: Someone) -> HTMLResponse:
    """The form, and what came in so far, per source."""
    return _page(request, desk, person)


@router.post(HERE, dependencies=[requires(Permission.SIGNALEN_INNEMEN)])
def upload(
    request: Request, desk: TheDesk, person: Someone, trace: TheTrace, bestand: UploadFile | None = None
) -> Response:
    """Read the file and go on to its check; nothing is taken in yet."""
    content = bestand.file.read(MOST_BYTES + 1) if bestand else b""
    try:
        if not content:
            raise InputFault("bestand", text("signaal.geen_bestand"))
        read = checked(content)
    except InputFault as fault:
        return _page(request, desk, person, fault=fault.detail)
    with desk.database.unit(person, trace) as unit:
        id = signal_check.keep(unit, read)
    return RedirectResponse(f"{HERE}/{id}", status_code=HTTPStatus.SEE_OTHER)


@router.get(HERE + "/{id}", dependencies=[requires(Permission.SIGNALEN_INNEMEN)])
def check(request: Request, id: CheckId, desk: TheDesk, store: Store, person: Someone) -> HTMLResponse:
    """What would become of each row, or what became of it. Rows by their number: no address is on the page."""
    with desk.database.looking() as read:
        found = signal_check.one(read, person, id, desk.database.clock())
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        judged = judge(read, store.current(), found.bestand, person.gemeenten) if found.bestand else None
    return render(request, "signalen_keuring.html", keuring=found, oordeel=judged, getoond=SHOWN, gewoon=plain)


@router.post(HERE + "/{id}/innemen", dependencies=[requires(Permission.SIGNALEN_INNEMEN)])
def take(id: CheckId, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Take the checked file in, once."""
    with desk.database.unit(person, trace) as unit:
        if signal_check.take(unit, desk, person, id) is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
    return RedirectResponse(f"{HERE}/{id}", status_code=HTTPStatus.SEE_OTHER)


@router.post(HERE + "/{id}/weggooien", dependencies=[requires(Permission.SIGNALEN_INNEMEN)])
def throw_away(id: CheckId, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Keep nothing of the file."""
    with desk.database.unit(person, trace) as unit:
        if not signal_check.throw_away(unit, person, id):
            raise HTTPException(HTTPStatus.NOT_FOUND)
    return RedirectResponse(HERE, status_code=HTTPStatus.SEE_OTHER)


def plain(reason: str) -> str:
    """A reason of the reader of files without its patterns: those are for who writes the file by program."""
    for pattern, words in PATTERNS.items():
        reason = reason.replace(pattern, words)
    return reason


def _page(request: Request, desk: Desk, person: Person, *, fault: str = "") -> HTMLResponse:
    with desk.database.looking() as read:
        found = signal_counts(read, person.gemeenten, local_day(desk.database.clock()))
    status = HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK
    return render(request, "signalen.html", status=status, aantallen=found, fout=fault)
