"""The answer to a request for access: who may have it, when, and that it was given. For the API and the page."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import HTTPException

from service.desk import Desk
from service.faults import Conflict
from service.inzage import requests
from service.inzage.gather import Gathered, gather
from service.inzage.requests import AccessRequest
from service.logs.entry import Entry, Trace
from service.looked import full_look
from service.people import Person
from service.web.teksten import text


def give(desk: Desk, person: Person, trace: Trace, id: str) -> tuple[AccessRequest, Gathered]:
    """Everything about the address of a confirmed request of one's own; written down each time.

    Raises HTTPException 404 where it is nobody's or another's, Conflict before a second person agreed, after the month,
    and while this person has yet to judge the address or investigates it: another then gives the answer.
    """
    with desk.database.reading(person, trace) as unit:
        request = requests.one(unit.connection, person, id)
        if request is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if not request.open_at(unit.now):
            raise Conflict(text("inzage.nog_niet"))
        given = gather(unit, desk, request.identificatie)
        if given.adres is not None:
            full_look(desk, desk.publications.current(), person, given.adres)
        unit.log(
            Entry(
                handeling="inzage.geven",
                object_soort="inzageverzoek",
                object_id=id,
                adressen=(request.identificatie,),
                bijzonderheden=(("publicatie", desk.publications.current().manifest.run_id),),
            )
        )
        return request, given


def decide(desk: Desk, person: Person, trace: Trace, id: str, *, akkoord: bool) -> AccessRequest:
    """The second step. Raises HTTPException 404, and Conflict as `requests.decide` does."""
    with desk.database.unit(person, trace) as unit:
        decided = requests.decide(unit, id, akkoord=akkoord)
        if decided is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return decided
