"""POST /v1/signalen: a file of LAA signals and terugmeldingen into the work list."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Header, HTTPException

from features.errors import Refusal
from service.api.answers import JSON_TYPES, PROBLEMS
from service.desk import Someone, TheDesk, TheTrace
from service.faults import InputFault
from service.permissions import Permission, requires
from service.schemas_werkvoorraad import RejectedOut, SourceCount, TakenInOut
from service.web.teksten import text
from service.worklist.signal_file import MOST_BYTES, SignalFile, read_bytes
from service.worklist.signals import TakenIn, take_in

CSV = "text/csv"
LISTED = 1_000  # rejected rows in an answer


def accepts_csv(
    accept: Annotated[str, Header(include_in_schema=False)] = "*/*",
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
) -> None:
    """Raises 415 when something else than CSV is sent, 406 when the client takes no JSON."""
    if content_type.split(";")[0].strip().lower() != CSV:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if not any(part.split(";")[0].strip() in JSON_TYPES for part in accept.split(",")):
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE)


router = APIRouter(prefix="/v1", tags=["signalen"], dependencies=[Depends(accepts_csv)])


@router.post(
    "/signalen",
    operation_id="neemSignalenIn",
    summary="Signalen innemen in de werkvoorraad",
    status_code=HTTPStatus.CREATED,
    response_model=TakenInOut,
    responses={status: PROBLEMS[status] for status in (400, 406, 415, 503)},
    dependencies=[requires(Permission.SIGNALEN_INNEMEN)],
)
def take(
    bestand: Annotated[bytes, Body(media_type=CSV, description="signalen.csv: UTF-8, `;`, met kopregel.")],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> TakenInOut:
    """Wat er al is blijft zoals het is; rijen die niet gebruikt kunnen worden staan met hun reden in het antwoord."""
    read = checked(bestand)
    with desk.database.unit(person, trace) as unit:
        return _out(take_in(unit, desk, read, person.gemeenten))


def checked(content: bytes) -> SignalFile:
    """An upload, read. Raises InputFault when it is too large or no such file."""
    if len(content) > MOST_BYTES:
        raise InputFault("bestand", text("werkvoorraad_fout.bestand_groot"))
    try:
        return read_bytes(content)
    except Refusal:
        raise InputFault("bestand", text("werkvoorraad_fout.bestand")) from None


def _out(done: TakenIn) -> TakenInOut:
    return TakenInOut(
        gelezen=done.gelezen,
        nieuw=done.nieuw,
        bekend=done.bekend,
        afgekeurd=len(done.afgekeurd),
        per_bron=[SourceCount(bron=bron, aantal=number) for bron, number in done.per_bron],
        afgekeurde_rijen=[RejectedOut(**vars(row)) for row in done.afgekeurd[:LISTED]],
    )
