"""POST /v1/stop and /v1/stop/_opheffen: the stop switch, for the role beheer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from service import stopping
from service.api.answers import PROBLEMS, accepts_json, stop_standing
from service.desk import Someone, TheDesk, TheTrace
from service.permissions import Permission, requires
from service.schemas import Schema, StopOut

router = APIRouter(prefix="/v1", tags=["stop"], dependencies=[Depends(accepts_json)])
ANSWERS: dict[int | str, dict[str, Any]] = {status: PROBLEMS[status] for status in (400, 401, 403, 406, 409, 415, 503)}


class StopIn(Schema):
    """Why; kept with the stop, not in the log."""

    reden: Annotated[str, Field(min_length=10, max_length=500)]


class SwitchOut(Schema):
    """How the switch stands."""

    stop: Annotated[StopOut | None, Field(description="null: het model is in gebruik.")]


@router.post(
    "/stop",
    operation_id="stopZetten",
    summary="Het model stopzetten",
    response_model=SwitchOut,
    responses=ANSWERS,
    dependencies=[requires(Permission.STOPPEN)],
)
def stop(body: StopIn, desk: TheDesk, person: Someone, trace: TheTrace) -> SwitchOut:
    """Scores, banden en redenen verdwijnen meteen uit elk antwoord; de lijsten gaan door in neutrale volgorde."""
    with desk.database.unit(person, trace) as unit:
        stopping.stop(unit, body.reden.strip())
        return SwitchOut(stop=stop_standing(stopping.stopped(unit.connection)))


@router.post(
    "/stop/_opheffen",
    operation_id="stopOpheffen",
    summary="Het model weer in gebruik nemen",
    response_model=SwitchOut,
    responses=ANSWERS,
    dependencies=[requires(Permission.STOPPEN)],
)
def lift(body: StopIn, desk: TheDesk, person: Someone, trace: TheTrace) -> SwitchOut:
    """Een stop in het manifest van de publicatie zelf blijft staan tot er een nieuwe publicatie is."""
    with desk.database.unit(person, trace) as unit:
        stopping.lift(unit, body.reden.strip())
        return SwitchOut(stop=stop_standing(stopping.stopped(unit.connection)))
