"""The privacy officer's page: whether outcomes differ between people, and where four eyes were missing."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse

from service.cases.watching import Patterns, patterns
from service.desk import Someone, TheDesk, TheTrace
from service.logs.entry import Entry
from service.permissions import Permission, requires
from service.signin import roster
from service.web.onderzoeken import moment
from service.web.render import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/patronen", dependencies=[requires(Permission.PATROON_LEZEN)])
def show(request: Request, desk: TheDesk, person: Someone, trace: TheTrace) -> HTMLResponse:
    """The figures, with numbers for people. That it was looked at is logged: it is data of colleagues."""
    with desk.database.reading(person, trace) as unit:
        found = patterns(unit.connection, person.gemeenten, unit.now, desk.settings.onderzoek)
        unit.log(Entry(handeling="patroon.lezen", object_soort="patronen"))
    return _page(request, found, {})


@router.post("/patronen/naam", dependencies=[requires(Permission.PATROON_LEZEN)])
def name(
    request: Request, persoon: Annotated[str, Form(max_length=32)], desk: TheDesk, person: Someone, trace: TheTrace
) -> HTMLResponse:
    """The same page with one name in it. Logged with whose name it was."""
    with desk.database.reading(person, trace) as unit:
        found = patterns(unit.connection, person.gemeenten, unit.now, desk.settings.onderzoek)
        if persoon not in _people(found):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        known = roster.by_id(unit.connection, persoon)
        unit.log(Entry(handeling="patroon.naam", object_soort="persoon", object_id=persoon))
    return _page(request, found, {persoon: known.naam if known else persoon})


def _people(found: Patterns) -> set[str]:
    compared = {one.persoon for _, rows in found.vergelijkingen for one in rows}
    return compared | {one.persoon for one in found.zonder_tweede}


def _page(request: Request, found: Patterns, names: dict[str, str]) -> HTMLResponse:
    # In the order of a hash: a number says nothing of who somebody is, how long they work here or how they do.
    order = sorted(_people(found), key=lambda one: hashlib.sha256(f"patroon|{one}".encode()).digest())
    numbers = {one: nr for nr, one in enumerate(order, start=1)}
    tables: list[tuple[str, Any]] = [
        (question, sorted(rows, key=lambda one: numbers[one.persoon])) for question, rows in found.vergelijkingen
    ]
    return render(
        request, "patronen.html", patronen=found, tabellen=tables, nummers=numbers, namen=names, moment=moment
    )
