"""The pages for a request for access: asking, a second person's yes, and everything about one address."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.api.answers import Store
from service.desk import Someone, TheDesk, TheTrace
from service.faults import InputFault
from service.inzage import giving, requests
from service.inzage.contract import Value
from service.inzage.lookup import found
from service.permissions import Permission, requires
from service.web.getallen import number
from service.web.render import render
from service.web.teksten import text

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
RequestId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
LEAST, MOST = 10, 1000  # characters of a reason


@router.get("/inzage", dependencies=[requires(Permission.INZAGE_GEVEN)])
def own(request: Request, desk: TheDesk, person: Someone) -> HTMLResponse:
    """The form and one's own requests."""
    return _page(request, desk, person)


@router.post("/inzage", dependencies=[requires(Permission.INZAGE_GEVEN)])
def ask(
    request: Request,
    desk: TheDesk,
    store: Store,
    person: Someone,
    trace: TheTrace,
    postcode: Annotated[str, Form(max_length=10)] = "",
    huisnummer: Annotated[str, Form(max_length=20)] = "",
    bag: Annotated[str, Form(max_length=20)] = "",
    reden: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """The first step; a mistake brings the form back as it was filled in."""
    given = {"postcode": postcode, "huisnummer": huisnummer, "bag": bag, "reden": reden}
    faults = {} if LEAST <= len(reden.strip()) <= MOST else {"reden": text("inzage.geen_reden")}
    place = None
    try:
        place = found(store.current(), person, postcode=postcode, nummer=huisnummer, bag=bag.strip())
        if place is None:
            faults["postcode"] = text("inzage.onbekend")
    except InputFault as fault:
        faults["postcode"] = fault.detail
    if faults or place is None:
        return _page(request, desk, person, given=given, faults=faults)
    with desk.database.unit(person, trace) as unit:
        requests.ask(unit, *place, reden.strip())
    return RedirectResponse("/inzage", status_code=HTTPStatus.SEE_OTHER)


@router.get("/inzage/te-bevestigen", dependencies=[requires(Permission.UITVOEREN)])
def waiting(request: Request, desk: TheDesk, person: Someone) -> HTMLResponse:
    """What waits for a second person."""
    with desk.database.looking() as read:
        found_ = requests.waiting(read, person)
    return render(request, "inzage_bevestigen.html", verzoeken=found_)


@router.post("/inzage/{id}/besluit", dependencies=[requires(Permission.UITVOEREN)])
def decide(
    id: RequestId, desk: TheDesk, person: Someone, trace: TheTrace, akkoord: Annotated[bool, Form()]
) -> Response:
    """The second step."""
    giving.decide(desk, person, trace, id, akkoord=akkoord)
    return RedirectResponse("/inzage/te-bevestigen", status_code=HTTPStatus.SEE_OTHER)


@router.get("/inzage/{id}", dependencies=[requires(Permission.INZAGE_GEVEN)])
def everything(request: Request, id: RequestId, desk: TheDesk, person: Someone, trace: TheTrace) -> HTMLResponse:
    """Everything about the address of a confirmed request of one's own."""
    mine, given = giving.give(desk, person, trace, id)
    return render(request, "inzage_gegevens.html", verzoek=mine, alles=given, toon=shown)


def shown(value: Value) -> str:
    """A cell for people: yes or no, a Dutch number, a moment without its fractions of a second."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(text("inzage.ja") if value else text("inzage.nee"))
    if isinstance(value, float):
        return number(value, 3) if value != int(value) else str(int(value)).replace("-", "−")
    if isinstance(value, str) and MOMENT.match(value):
        return value[:16].replace("T", " ")
    return str(value)


def _page(
    request: Request,
    desk: TheDesk,
    person: Someone,
    *,
    given: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
) -> HTMLResponse:
    with desk.database.looking() as read:
        mine = requests.of_person(read, person)
    return render(
        request,
        "inzage.html",
        status=HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK,
        verzoeken=mine,
        nu=desk.database.clock(),
        ingevuld=given or {"postcode": "", "huisnummer": "", "bag": "", "reden": ""},
        fouten=faults or {},
    )
