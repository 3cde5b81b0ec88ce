"""The field: one's rounds for a phone, and visits and photos from it, each taken in once however often it is sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, HTTPException, Path, Query, Request
from fastapi.responses import Response

from service.api.answers import PROBLEMS, accepts_json
from service.desk import Someone, TheDesk, TheTrace
from service.field import desk as field
from service.field import told
from service.field.photos import MEDIA_TYPE
from service.permissions import Permission, requires
from service.schemas_veld import (
    UUID,
    DecisionIn,
    FieldQuery,
    FieldRoundList,
    FieldVisitIn,
    FieldVisitList,
    PhotoReceived,
    Received,
)

router = APIRouter(prefix="/v1", tags=["veld"], dependencies=[Depends(accepts_json)])
photos = APIRouter(prefix="/v1", tags=["veld"])
READ = (400, 401, 403, 406, 429, 503)
CHANGE = (400, 401, 403, 404, 406, 409, 415, 429, 503)
VisitId = Annotated[str, Path(pattern=UUID, description="UUID van het bezoek.")]
PhotoId = Annotated[str, Path(pattern=UUID, description="UUID van de foto.")]
BINARY = {"schema": {"type": "string", "format": "binary"}}


async def takes_image(request: Request) -> None:
    """Raises 415 on what does not say to be a JPEG."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != MEDIA_TYPE:
        raise HTTPException(415)


@router.get(
    "/veldrondes",
    operation_id="veldrondes",
    summary="Uw rondes van een dag, voor op een toestel",
    response_model=FieldRoundList,
    responses={status: PROBLEMS[status] for status in READ},
    dependencies=[requires(Permission.BEZOEKEN)],
)
def own_rounds(
    query: Annotated[FieldQuery, Query()], desk: TheDesk, person: Someone, trace: TheTrace
) -> FieldRoundList:
    """Alleen rondes waarin u meegaat. Redenen in woorden; geen score, band of reden van keuze."""
    found = field.own_rounds(desk, person, trace, query.dag)
    return FieldRoundList(nu=desk.database.clock(), rijen=[told.round_out(each) for each in found])


@router.get(
    "/veldbezoeken",
    operation_id="veldbezoeken",
    summary="Uw bezoeken van de laatste week, en bezoeken waarover u moet beslissen",
    response_model=FieldVisitList,
    responses={status: PROBLEMS[status] for status in READ if status != 400},
    dependencies=[requires(Permission.BEZOEKEN)],
)
def own_visits(desk: TheDesk, person: Someone, trace: TheTrace) -> FieldVisitList:
    """Bij een botsing staan beide kanten erin: wat is opgeschreven, en wat er intussen in het onderzoek gebeurde."""
    return FieldVisitList(rijen=[told.shown(each) for each in field.own(desk, person, trace)])


@router.post(
    "/veldbezoeken",
    operation_id="veldbezoekVersturen",
    summary="Een bezoek versturen, zo vaak als nodig",
    status_code=201,
    response_model=Received,
    responses={status: PROBLEMS[status] for status in CHANGE},
    dependencies=[requires(Permission.BEZOEKEN)],
)
def send_visit(body: FieldVisitIn, desk: TheDesk, person: Someone, trace: TheTrace) -> Received:
    """Hetzelfde nog eens sturen geeft hetzelfde antwoord; iets anders onder hetzelfde nummer geeft 409.

    Ging het onderzoek intussen verder, dan is `toestand` `botst`: het bezoek is heel bewaard en een mens beslist.
    """
    return told.received(field.take_in(desk, person, trace, told.visit_of(body)))


@router.post(
    "/veldbezoeken/{id}/besluiten",
    operation_id="veldbezoekBesluit",
    summary="Beslissen over een bezoek dat botste",
    status_code=201,
    response_model=Received,
    responses={status: PROBLEMS[status] for status in CHANGE},
    dependencies=[requires(Permission.ONDERZOEK_DOEN)],
)
def decide(id: VisitId, body: DecisionIn, desk: TheDesk, person: Someone, trace: TheTrace) -> Received:
    """Toevoegen als volgende stap, of bewaren als notitie. Alleen wie het onderzoek behandelt."""
    return told.received(field.decide(desk, person, trace, id, body.besluit, body.motivering))


@photos.put(
    "/veldbezoeken/{id}/fotos/{foto}",
    operation_id="veldfotoVersturen",
    summary="Een foto versturen, zo vaak als nodig",
    status_code=200,
    response_model=PhotoReceived,
    responses={status: PROBLEMS[status] for status in CHANGE if status != 406},
    dependencies=[requires(Permission.BEZOEKEN), Depends(takes_image)],
)
def send_photo(
    id: VisitId,
    foto: PhotoId,
    sent: Annotated[bytes, Body(media_type=MEDIA_TYPE, description="JPEG.")],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> PhotoReceived:
    """De bytes moeten passen bij de sha256 die het bezoek noemt. De foto wordt opnieuw gemaakt, zonder metagegevens."""
    field.take_photo(desk, person, trace, id, foto, sent)
    return PhotoReceived(bezoek_id=id, id=foto)


@photos.get(
    "/veldbezoeken/{id}/fotos/{foto}",
    operation_id="veldfoto",
    summary="Een foto bekijken",
    response_class=Response,
    responses={
        200: {"description": "De foto.", "content": {MEDIA_TYPE: BINARY}},
        **{status: PROBLEMS[status] for status in (401, 403, 404, 429, 503)},
    },
    dependencies=[requires(Permission.ONDERZOEK_LEZEN)],
)
def see_photo(id: VisitId, foto: PhotoId, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Voor wie het bezoek bracht en voor de mensen van het onderzoek."""
    return Response(field.photo(desk, person, trace, id, foto), media_type=MEDIA_TYPE)
