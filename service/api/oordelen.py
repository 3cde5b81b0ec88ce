"""/v1/werkvoorraad/{id}/oordelen: a judgement, and passing an address on to a colleague."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Depends, HTTPException, Response

from service.api.answers import PROBLEMS, accepts_json
from service.api.werkvoorraad import ItemId, item_out
from service.desk import Someone, TheDesk, TheTrace
from service.permissions import Permission, requires
from service.schemas_werkvoorraad import JudgementIn, WorkItemOut
from service.worklist.giving import give
from service.worklist.judge import Given, pass_on
from service.worklist.view import view

router = APIRouter(prefix="/v1", tags=["werkvoorraad"], dependencies=[Depends(accepts_json)])


@router.post(
    "/werkvoorraad/{id}/oordelen",
    operation_id="oordeel",
    summary="Uw oordeel over een adres geven of herzien",
    status_code=HTTPStatus.CREATED,
    response_model=WorkItemOut,
    responses={status: PROBLEMS[status] for status in (400, 404, 406, 409, 410, 503)},
    dependencies=[requires(Permission.OORDELEN)],
)
def judge(id: ItemId, wanted: JudgementIn, desk: TheDesk, person: Someone, trace: TheTrace) -> WorkItemOut:
    """Daarna staat het antwoord van het model erbij. Hetzelfde oordeel nog eens sturen verandert niets; een oordeel
    vanaf een verouderde pagina wordt geweigerd (409). in_onderzoek opent een onderzoek.
    """
    given = Given(oordeel=wanted.oordeel, motivering=wanted.motivering, versie=wanted.versie, getoond=wanted.getoond)
    give(desk, person, trace, id, given)
    with desk.database.reading(person, trace) as unit:
        found = view(unit, desk, person, id)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return item_out(found)


@router.post(
    "/werkvoorraad/{id}/doorgeven",
    operation_id="geefDoor",
    summary="Een adres aan een collega doorgeven",
    status_code=HTTPStatus.NO_CONTENT,
    responses={status: PROBLEMS[status] for status in (404, 406, 409, 503)},
    dependencies=[requires(Permission.OORDELEN)],
)
def hand_on(id: ItemId, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Bijvoorbeeld omdat u er iemand kent. Er wordt niet gevraagd waarom; het lot wijst de collega aan."""
    with desk.database.unit(person, trace) as unit:
        pass_on(unit, id)
    return Response(status_code=HTTPStatus.NO_CONTENT)
