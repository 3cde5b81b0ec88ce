"""/v1/inzageverzoeken: everything about one address for a request for access, asked and confirmed by two people."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path

from service.api.answers import PROBLEMS, Store, accepts_json
from service.desk import Someone, TheDesk, TheTrace
from service.inzage import giving, requests
from service.inzage.lookup import found
from service.inzage.requests import AccessRequest
from service.permissions import Permission, requires
from service.schemas_inzage import (
    AccessOut,
    AccessRequestIn,
    AccessRequestOut,
    AccessRequests,
    DecisionIn,
    SectionOut,
)

router = APIRouter(prefix="/v1", tags=["inzage"], dependencies=[Depends(accepts_json)])
RequestId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="De id van het verzoek.")]


def out(request: AccessRequest) -> AccessRequestOut:
    """Without the address: whoever may have it, has it from the answer."""
    return AccessRequestOut(
        id=request.id,
        reden=request.reden,
        gevraagd_op=request.op,
        beslist_op=request.beslist,
        akkoord=request.akkoord,
        op_te_halen_tot=request.tot,
    )


@router.post(
    "/inzageverzoeken",
    operation_id="vraagInzage",
    summary="Inzage vragen in alles over een adres",
    status_code=HTTPStatus.CREATED,
    response_model=AccessRequestOut,
    responses={status: PROBLEMS[status] for status in (400, 404, 406, 503)},
    dependencies=[requires(Permission.INZAGE_GEVEN)],
)
def ask(wanted: AccessRequestIn, desk: TheDesk, store: Store, person: Someone, trace: TheTrace) -> AccessRequestOut:
    """Een tweede persoon moet het verzoek bevestigen voordat de gegevens er zijn."""
    place = found(
        store.current(),
        person,
        postcode=wanted.postcode,
        nummer=wanted.huisnummer,
        bag=wanted.adresseerbaarobject_identificatie,
    )
    if place is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with desk.database.unit(person, trace) as unit:
        return out(requests.ask(unit, *place, wanted.reden))


@router.get(
    "/inzageverzoeken",
    operation_id="inzageverzoeken",
    summary="Uw eigen inzageverzoeken",
    response_model=AccessRequests,
    responses={status: PROBLEMS[status] for status in (400, 406, 503)},
    dependencies=[requires(Permission.INZAGE_GEVEN)],
)
def own(desk: TheDesk, person: Someone) -> AccessRequests:
    """De nieuwste eerst."""
    with desk.database.looking() as read:
        return AccessRequests(verzoeken=[out(one) for one in requests.of_person(read, person)])


@router.get(
    "/inzageverzoeken/te-bevestigen",
    operation_id="inzageTeBevestigen",
    summary="Inzageverzoeken die op een tweede persoon wachten",
    response_model=AccessRequests,
    responses={status: PROBLEMS[status] for status in (400, 406, 503)},
    dependencies=[requires(Permission.UITVOEREN)],
)
def waiting(desk: TheDesk, person: Someone) -> AccessRequests:
    """In uw gemeenten, en niet van uzelf; de oudste eerst."""
    with desk.database.looking() as read:
        return AccessRequests(verzoeken=[out(one) for one in requests.waiting(read, person)])


@router.post(
    "/inzageverzoeken/{id}/besluiten",
    operation_id="beslisInzage",
    summary="Een inzageverzoek van een ander bevestigen of afwijzen",
    status_code=HTTPStatus.CREATED,
    response_model=AccessRequestOut,
    responses={status: PROBLEMS[status] for status in (400, 404, 406, 409, 503)},
    dependencies=[requires(Permission.UITVOEREN)],
)
def decide(id: RequestId, decision: DecisionIn, desk: TheDesk, person: Someone, trace: TheTrace) -> AccessRequestOut:
    """Wie het vroeg kan het niet zelf bevestigen (409)."""
    return out(giving.decide(desk, person, trace, id, akkoord=decision.akkoord))


@router.get(
    "/inzageverzoeken/{id}/gegevens",
    operation_id="inzageGegevens",
    summary="Alles over het adres van een bevestigd verzoek",
    response_model=AccessOut,
    responses={status: PROBLEMS[status] for status in (400, 404, 406, 409, 503)},
    dependencies=[requires(Permission.INZAGE_GEVEN)],
)
def data(id: RequestId, desk: TheDesk, person: Someone, trace: TheTrace) -> AccessOut:
    """Alleen voor wie het vroeg, na een bevestiging, een maand lang; elke keer wordt vastgelegd."""
    _, given = giving.give(desk, person, trace, id)
    return AccessOut(
        adresseerbaarobject_identificatie=given.identificatie,
        adres=f"{given.adres.adres}, {given.adres.postcode} {given.adres.woonplaats}" if given.adres else None,
        gemaakt_op=given.gemaakt,
        afgeschermd=given.shielded,
        model_stopgezet=given.stopped,
        delen=[
            SectionOut(naam=part.naam, kolommen=list(part.kolommen), rijen=[list(row) for row in part.rijen])
            for part in given.delen
        ],
    )
