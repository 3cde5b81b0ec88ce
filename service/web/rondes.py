"""One round: what is in it, and the files to take along. Seen by its own people and by the planners of the gemeente."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, Response

from service.db.database import Unit
from service.desk import Desk, Someone, TheDesk, TheTrace
from service.faults import NothingPublished
from service.logs.entry import Entry
from service.people import Person
from service.permissions import Permission, requires
from service.rounds import read
from service.rounds.export import calendar, geojson, gpx, pdf, table
from service.rounds.export.naming import by_address, clock, day, doors, file_name, running
from service.rounds.export.surroundings import Around, around
from service.rounds.records import Ronde
from service.rounds.starting import ROUND
from service.web.render import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
RoundId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


class Bestand(StrEnum):
    """The files, as their names end."""

    PDF = "pdf"
    GPX = "gpx"
    ICS = "ics"
    GEOJSON = "geojson"
    CSV = "csv"


MEDIA_TYPES = {
    Bestand.PDF: pdf.MEDIA_TYPE,
    Bestand.GPX: gpx.MEDIA_TYPE,
    Bestand.ICS: calendar.MEDIA_TYPE,
    Bestand.GEOJSON: geojson.MEDIA_TYPE,
    Bestand.CSV: table.MEDIA_TYPE,
}


@router.get("/rondes/{id}", dependencies=[requires(Permission.RONDE_LEZEN)])
def one_round(request: Request, id: RoundId, desk: TheDesk, person: Someone, trace: TheTrace) -> HTMLResponse:
    """The stops with their reasons in words, and the files."""
    with desk.database.reading(person, trace) as unit:
        ronde = _found(unit, desk, person, id, "bezoekronde.lezen", free=True)
        plan = read.plan_row(unit.connection, ronde.plan_id, person)
    return render(
        request,
        "ronde.html",
        ronde=ronde,
        lopend=running(ronde),
        deuren_aantal=sum(len(by_address(stop.adressen)) for stop in running(ronde)),
        bestanden=tuple(Bestand),
        naar_plan=plan is not None,
        concept=plan is not None and plan.toestand != read.FIXED,
        dag_voluit=day(ronde.dag),
        naam=doors,
        klok=clock,
        tegels=desk.settings.tegels,
    )


@router.get("/rondes/{id}/export.{bestand}", dependencies=[requires(Permission.RONDE_LEZEN)], response_class=Response)
def take_along(
    request: Request, id: RoundId, bestand: Bestand, desk: TheDesk, person: Someone, trace: TheTrace
) -> Response:
    """The round as a file. That it left the service, as what, is logged apart from reading it."""
    with desk.database.reading(person, trace) as unit:
        ronde = _found(unit, desk, person, id, "bezoekronde.meenemen", ("bestand", bestand.value))
    content = written(desk, ronde, bestand, desk.database.clock(), str(request.base_url).rstrip("/"))
    name = file_name(ronde, bestand.value)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPES[bestand], headers=headers)


def written(desk: Desk, ronde: Ronde, bestand: Bestand, now: datetime, origin: str) -> bytes:
    """The content of the file."""
    match bestand:
        case Bestand.PDF:
            return pdf.pdf(ronde, _around(desk, ronde), now)
        case Bestand.GPX:
            return gpx.gpx(ronde)
        case Bestand.ICS:
            return calendar.calendar([ronde], now, origin)
        case Bestand.GEOJSON:
            return geojson.geojson(ronde)
        case Bestand.CSV:
            return table.table(ronde)


def _found(
    unit: Unit, desk: Desk, person: Person, id: str, what: str, *about: tuple[str, str], free: bool = False
) -> Ronde:
    """The round, logged. Raises 404 when it is not there or not for this person."""
    ronde = read.round_of(unit.connection, id, person, desk.publications)
    if ronde is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    unit.log(
        Entry(
            handeling=what,
            object_soort=ROUND,
            object_id=id,
            adressen=read.identificaties([ronde]),
            bijzonderheden=about,
            onbegrensd=free,  # one's own round, or a planner's: looked at all day
        )
    )
    return ronde


def _around(desk: Desk, ronde: Ronde) -> Around:
    try:
        return around(desk.publications.current(), ronde)
    except NothingPublished:
        return Around()
