"""A new plan: a form of plain fields, read into what service/rounds asks; what is wrong comes back beside the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.cases.clocks import local_day
from service.desk import Desk, Someone, TheDesk, TheTrace
from service.faults import InputFault
from service.logs.entry import Trace
from service.people import Person
from service.permissions import Permission, requires
from service.publication import Place
from service.rounds import desk as rounds
from service.web.planformulier import TEAMS, Given, asked, one
from service.web.render import render
from service.web.teksten import text

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
NEW = "/plannen/nieuw"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen in one gemeente."""

    gemeente: str
    gemeenten: tuple[str, ...]
    plaatsen: tuple[Place, ...]
    mensen: tuple[Person, ...]


@router.get(NEW, dependencies=[requires(Permission.PLANNEN)])
def new(request: Request, desk: TheDesk, person: Someone, gemeente: str = "") -> HTMLResponse:
    """The form, for the next two days and one team."""
    choices = _choices(desk, person, gemeente)
    tomorrow = local_day(desk.database.clock()) + timedelta(days=1)
    first = choices.plaatsen[0].woonplaats if choices.plaatsen else ""
    given: dict[str, list[str]] = {
        "eerste_dag": [tomorrow.isoformat()],
        "laatste_dag": [tomorrow.isoformat()],
        "ligging": ["buiten"],
        "minuten_eerste": ["15"],
        "minuten_verder": ["7"],
        "aandeel_verkenning": ["10"],
        "aandeel_steekproef": ["10"],
    }
    for nr in range(1, TEAMS + 1):
        given |= {
            f"team{nr}_naam": [text("plan_nieuw.naam_voorbeeld", nr=nr)],
            f"team{nr}_begin": ["09:00"],
            f"team{nr}_einde": ["16:00"],
            f"team{nr}_start": [first],
        }
    return _page(request, choices, given)


@router.post("/plannen", dependencies=[requires(Permission.PLANNEN)])
async def created(request: Request, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Write the plan down and have it computed; the page of the plan says how far that is."""
    form = await request.form()
    given = {name: [str(value) for value in form.getlist(name)] for name in form}
    return await run_in_threadpool(_create, request, desk, person, trace, given)


def _create(request: Request, desk: Desk, person: Person, trace: Trace, given: Given) -> Response:
    choices = _choices(desk, person, one(given, "gemeente"))
    places = {place.woonplaats: (place.x, place.y) for place in choices.plaatsen if place.x and place.y}
    try:
        id = rounds.new_plan(desk, person, trace, asked(given, choices.gemeente, places))
    except InputFault as fault:
        return _page(request, choices, given, fault.detail)
    return RedirectResponse(f"/plannen/{id}", status_code=HTTPStatus.SEE_OTHER)


def _choices(desk: Desk, person: Person, gemeente: str) -> Choices:
    """Of the gemeente that was asked for, else of the first that is published and this person's."""
    publication = desk.publications.current()
    mine = tuple(code for code in publication.gemeenten if code in person.gemeenten)
    chosen = gemeente if gemeente in mine else next(iter(mine), "")
    return Choices(
        gemeente=chosen,
        gemeenten=mine,
        plaatsen=tuple(place for place in publication.plaatsen if place.gemeente == chosen),
        mensen=tuple(sorted(rounds.crew(desk, chosen), key=lambda one: (one.naam, one.id))),
    )


def _page(request: Request, choices: Choices, given: Given, fault: str = "") -> HTMLResponse:
    used = [nr for nr in range(1, TEAMS + 1) if given.get(f"team{nr}_lid")]
    return render(
        request,
        "plan_nieuw.html",
        status=HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        keuzes=choices,
        teams=range(1, TEAMS + 1),
        open_teams=max(used, default=1),
        v=lambda name: one(given, name),
        gekozen=lambda name, value: value in given.get(name, ()),
        fout=fault,
    )
