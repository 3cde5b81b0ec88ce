"""The planner's pages: the list of plans, one plan with its rounds, and what is done to it."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from service.desk import Desk, Someone, TheDesk, TheTrace
from service.faults import NothingPublished
from service.logs.entry import Entry
from service.permissions import Permission, requires
from service.planning.problem import Why
from service.rounds import desk as rounds
from service.rounds import read, work
from service.rounds.export.naming import DAYS, clock, doors
from service.rounds.fixing import fix, withdraw
from service.rounds.keep import OBJECT
from service.rounds.wishes import Soort
from service.rounds.wishing import Wanted, wish
from service.signin import roster
from service.web.getallen import MONTHS
from service.web.onderzoeken import moment
from service.web.planbeeld import found as found_in_words
from service.web.planbeeld import period, picture
from service.web.render import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
LIST = "/plannen"
REFRESH = 3  # seconds between two looks at a plan that is being computed
ID = r"^[0-9a-f]{32}$"
PlanId = Annotated[str, Path(pattern=ID)]
CAN_BE_ADDED = frozenset(Why)  # why an address is not in it that a planner may overrule; what is wrong is told


class Seen(BaseModel):
    """What every form of a plan carries: the plan as it was seen."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    versie: Annotated[int, Field(ge=1, lt=2**31)]


class WishForm(Seen):
    """The doors of one stop, and what is wanted with them. terug: the day that was shown."""

    soort: Literal["vast", "weren", "los"]
    adres: Annotated[list[Annotated[str, Field(pattern=ID)]], Field(min_length=1, max_length=100)]
    dienst: Annotated[str, Field(max_length=80)] = ""
    terug: date | None = None


@router.get(LIST, dependencies=[requires(Permission.PLANNEN)])
def plans(request: Request, desk: TheDesk, person: Someone) -> HTMLResponse:
    """The newest first; no address."""
    found = rounds.list_plans(desk, person)
    return render(
        request,
        "plannen.html",
        plannen=found,
        dagen=period,
        moment=moment,
        meer_gemeenten=len({one.gemeente for one in found}) > 1,
    )


@router.get(LIST + "/{id}", dependencies=[requires(Permission.PLANNEN)])
def one_plan(
    request: Request,
    id: PlanId,
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    dag: date | None = None,
    alles: Annotated[Literal["ja", ""], Query()] = "",
) -> HTMLResponse:
    """One day of the plan; while it is computed how far that is, and no address: the page comes back by itself."""
    with desk.database.reading(person, trace) as unit:
        found = read.plan(unit.connection, id, person, desk.publications, desk.database.clock())
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        shown = picture(found, dag, whole=bool(alles))
        told = () if found.bezig else shown.identificaties()
        unit.log(Entry(handeling="plan.lezen", object_soort=OBJECT, object_id=id, adressen=told, onbegrensd=True))
        people = {who: roster.by_id(unit.connection, who) for who in shown.people()}
    return render(
        request,
        "plan.html",
        headers={"Refresh": str(REFRESH)} if found.bezig else None,
        plan=found,
        beeld=shown,
        namen={who: known.naam if known else "" for who, known in people.items()},
        mogelijk=CAN_BE_ADDED,
        gestopt=_stopped(desk),
        naam=doors,
        dagen=period,
        vondst=found_in_words,
        klok=clock,
        kort=short,
        moment=moment,
        tegels=desk.settings.tegels,
    )


@router.post(LIST + "/{id}/wensen", dependencies=[requires(Permission.PLANNEN)])
def wished(id: PlanId, form: Annotated[WishForm, Form()], desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Pin, ban, move or let go, and solve anew from the last solution while the planner waits."""
    soort = Soort(form.soort)
    dienst = form.dienst if soort is Soort.VAST else ""
    wanted = [Wanted(soort=soort, adres=adres, dienst=dienst) for adres in dict.fromkeys(form.adres)]
    versie = wish(desk, person, trace, id, form.versie, wanted)
    rounds.solve_again(desk, person, trace, id, versie)
    day = dienst[:10] if dienst else form.terug.isoformat() if form.terug else ""  # a shift begins with its day
    return _back(id, f"?dag={day}" if day else "")


@router.post(LIST + "/{id}/berekenen", dependencies=[requires(Permission.PLANNEN)])
def computed(id: PlanId, form: Annotated[Seen, Form()], desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Search again, longer, in the background."""
    rounds.solve_again(desk, person, trace, id, form.versie, thorough=True)
    return _back(id)


@router.post(LIST + "/{id}/genoeg", dependencies=[requires(Permission.PLANNEN)])
def enough(id: PlanId, desk: TheDesk, person: Someone) -> Response:
    """End the search with the best so far."""
    with desk.database.looking() as connection:
        if read.plan_row(connection, id, person) is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
    work.break_off(id)
    return _back(id)


@router.post(LIST + "/{id}/vaststellen", dependencies=[requires(Permission.PLANNEN)])
def fixed(id: PlanId, form: Annotated[Seen, Form()], desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """From now on its teams see their rounds."""
    fix(desk, person, trace, id, form.versie)
    return _back(id)


@router.post(LIST + "/{id}/intrekken", dependencies=[requires(Permission.PLANNEN)])
def withdrawn(id: PlanId, form: Annotated[Seen, Form()], desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Take it back: its addresses are free for another plan."""
    withdraw(desk, person, trace, id, form.versie)
    return _back(id)


def short(value: date) -> str:
    """2026-11-26 -> "do 26 november"."""
    return f"{DAYS[value.weekday()][:2]} {value.day} {MONTHS[value.month - 1]}"


def _stopped(desk: Desk) -> bool:
    """Whether the model is stopped: then what a plan was expected to find is not told either."""
    try:
        return desk.publications.current().gestopt
    except NothingPublished:
        return True


def _back(id: str, query: str = "") -> Response:
    return RedirectResponse(f"{LIST}/{id}{query}", status_code=HTTPStatus.SEE_OTHER)
