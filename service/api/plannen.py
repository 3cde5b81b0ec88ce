"""/v1/plannen: ask for a plan, look at it while it is computed, wish, solve again, and fix it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from service.api.answers import PROBLEMS, accepts_json
from service.api.plan_answers import asked, plan_out
from service.desk import Someone, TheDesk, TheTrace
from service.permissions import Permission, requires
from service.rounds import desk as rounds
from service.rounds.fixing import fix, withdraw
from service.rounds.wishing import Wanted, wish
from service.schemas_plannen import (
    ID,
    CrsQuery,
    PlanIn,
    PlanLineOut,
    PlanOut,
    PlansOut,
    PlanState,
    SolveIn,
    VersionIn,
    WishesIn,
)

router = APIRouter(prefix="/v1", tags=["plannen"], dependencies=[Depends(accepts_json)])
READ = (400, 401, 403, 404, 406, 429, 503)
CHANGE = (400, 401, 403, 404, 406, 409, 415, 429, 503)
PlanId = Annotated[str, Path(pattern=ID, description="De id van het plan.")]


@router.get(
    "/plannen",
    operation_id="plannen",
    summary="De plannen van uw gemeenten",
    response_model=PlansOut,
    responses={status: PROBLEMS[status] for status in (401, 403, 406, 503)},
    dependencies=[requires(Permission.PLANNEN)],
)
def all_plans(desk: TheDesk, person: Someone) -> PlansOut:
    """Zonder adressen. De nieuwste eerst."""
    return PlansOut(plannen=[PlanLineOut(**vars(one)) for one in rounds.list_plans(desk, person)])


@router.post(
    "/plannen",
    operation_id="maakPlan",
    summary="Een plan vragen",
    status_code=HTTPStatus.ACCEPTED,
    response_model=PlanState,
    responses={status: PROBLEMS[status] for status in CHANGE if status != 404},
    dependencies=[requires(Permission.PLANNEN)],
)
def new_plan(wanted: PlanIn, desk: TheDesk, person: Someone, trace: TheTrace, response: Response) -> PlanState:
    """Wie bezocht kan worden, en wie het lot erin zet, ligt vast voordat er een route is. Daarna wordt gerekend: binnen
    enkele seconden staat er een eerste plan, en daarna een beter. Location wijst naar het plan.
    """
    id = rounds.new_plan(desk, person, trace, asked(wanted), vast=tuple(wanted.vast))
    response.headers["Location"] = f"/v1/plannen/{id}"
    return PlanState(id=id, versie=1, bezig=True)


@router.get(
    "/plannen/{id}",
    operation_id="plan",
    summary="Een plan: rondes, wat erbuiten viel en waarom, en de vergelijking met de lijst",
    response_model=PlanOut,
    responses={status: PROBLEMS[status] for status in READ},
    dependencies=[requires(Permission.PLANNEN)],
)
def one_plan(
    id: PlanId,
    query: Annotated[CrsQuery, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    response: Response,
) -> PlanOut:
    """Zolang `bezig` waar is wordt er gerekend; vraag het dan na enkele seconden opnieuw."""
    found = rounds.read_plan(desk, person, trace, id)
    response.headers["Content-Crs"] = query.crs.header
    return plan_out(found, query.crs)


@router.post(
    "/plannen/{id}/wensen",
    operation_id="planWensen",
    summary="Adressen vastzetten, weren, verplaatsen of een tijd geven",
    response_model=PlanState,
    responses={status: PROBLEMS[status] for status in CHANGE},
    dependencies=[requires(Permission.PLANNEN)],
)
def wishes(id: PlanId, wanted: WishesIn, desk: TheDesk, person: Someone, trace: TheTrace) -> PlanState:
    """Ze tellen vanaf de volgende berekening (_oplossen). Wat niet kan staat daarna onder `over`, met de reden."""
    said = [
        Wanted(
            soort=one.soort,
            adres=one.adres,
            dienst=one.dienst,
            van=one.van,
            tot=one.tot,
            nodig=frozenset(one.nodig),
        )
        for one in wanted.wensen
    ]
    return PlanState(id=id, versie=wish(desk, person, trace, id, wanted.versie, said), bezig=False)


@router.post(
    "/plannen/{id}/_oplossen",
    operation_id="planOplossen",
    summary="Het plan opnieuw berekenen, vanaf wat er ligt",
    response_model=PlanState,
    responses={status: PROBLEMS[status] for status in CHANGE},
    dependencies=[requires(Permission.PLANNEN)],
)
def solve(id: PlanId, wanted: SolveIn, desk: TheDesk, person: Someone, trace: TheTrace) -> PlanState:
    """Klaar binnen twee seconden; met `grondig` op de achtergrond, en dan langer."""
    after = rounds.solve_again(desk, person, trace, id, wanted.versie, thorough=wanted.grondig)
    return PlanState(id=id, versie=after, bezig=wanted.grondig)


@router.post(
    "/plannen/{id}/_vaststellen",
    operation_id="planVaststellen",
    summary="Het plan vaststellen",
    response_model=PlanState,
    responses={status: PROBLEMS[status] for status in CHANGE},
    dependencies=[requires(Permission.PLANNEN)],
)
def settle(id: PlanId, wanted: VersionIn, desk: TheDesk, person: Someone, trace: TheTrace) -> PlanState:
    """Vanaf dan zien de teams hun rondes, en komen de adressen in geen ander plan."""
    return PlanState(id=id, versie=fix(desk, person, trace, id, wanted.versie), bezig=False)


@router.post(
    "/plannen/{id}/_intrekken",
    operation_id="planIntrekken",
    summary="Een plan intrekken waarvan nog geen ronde is gestart",
    response_model=PlanState,
    responses={status: PROBLEMS[status] for status in CHANGE},
    dependencies=[requires(Permission.PLANNEN)],
)
def take_back(id: PlanId, wanted: VersionIn, desk: TheDesk, person: Someone, trace: TheTrace) -> PlanState:
    """De adressen zijn weer vrij; het plan blijft bewaard als `vervangen`."""
    return PlanState(id=id, versie=withdraw(desk, person, trace, id, wanted.versie), bezig=False)
