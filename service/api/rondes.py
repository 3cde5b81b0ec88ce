"""/v1/rondes: one's own rounds of a day, one of them, and starting it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from service.api.answers import PROBLEMS, accepts_json
from service.api.plan_answers import round_out
from service.desk import Someone, TheDesk, TheTrace
from service.permissions import Permission, requires
from service.rounds import desk as rounds
from service.rounds.starting import start
from service.schemas_plannen import ID, CrsQuery, RoundOut, RoundsOut, RoundsQuery, StartedOut, VersionIn

router = APIRouter(prefix="/v1", tags=["rondes"], dependencies=[Depends(accepts_json)])
READ = (400, 401, 403, 404, 406, 429, 503)
RoundId = Annotated[str, Path(pattern=ID, description="De id van de ronde.")]


@router.get(
    "/rondes",
    operation_id="rondes",
    summary="Uw rondes van een dag",
    response_model=RoundsOut,
    responses={status: PROBLEMS[status] for status in READ if status != 404},
    dependencies=[requires(Permission.BEZOEKEN)],
)
def own_rounds(
    query: Annotated[RoundsQuery, Query()], desk: TheDesk, person: Someone, trace: TheTrace, response: Response
) -> RoundsOut:
    """Alleen rondes van vastgestelde plannen waarin u in het team zit. Zonder `dag`: vandaag."""
    found = rounds.own_rounds(desk, person, trace, query.dag)
    response.headers["Content-Crs"] = query.crs.header
    return RoundsOut(rondes=[round_out(one, query.crs) for one in found])


@router.get(
    "/rondes/{id}",
    operation_id="ronde",
    summary="Een ronde met zijn stops",
    response_model=RoundOut,
    responses={status: PROBLEMS[status] for status in READ},
    dependencies=[requires(Permission.RONDE_LEZEN)],
)
def one_round(
    id: RoundId,
    query: Annotated[CrsQuery, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    response: Response,
) -> RoundOut:
    """Voor wie in het team zit, zodra het plan is vastgesteld, en voor planners van de gemeente."""
    found = rounds.read_round(desk, person, trace, id)
    response.headers["Content-Crs"] = query.crs.header
    return round_out(found, query.crs)


@router.post(
    "/rondes/{id}/_starten",
    operation_id="rondeStarten",
    summary="Uw ronde van vandaag starten",
    response_model=StartedOut,
    responses={status: PROBLEMS[status] for status in (*READ, 409, 415)},
    dependencies=[requires(Permission.BEZOEKEN)],
)
def begin(
    id: RoundId,
    query: Annotated[CrsQuery, Query()],
    wanted: VersionIn,
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    response: Response,
) -> StartedOut:
    """Elke stop wordt eerst met de BRP van vandaag vergeleken, als dat is ingesteld. Wat is opgelost, vervalt met de
    reden; wat niet te controleren was blijft staan.
    """
    found = start(desk, person, trace, id, wanted.versie)
    response.headers["Content-Crs"] = query.crs.header
    return StartedOut(
        ronde=round_out(found.ronde, query.crs),
        gecontroleerd=found.gecontroleerd,
        niet_gecontroleerd=list(found.niet_gecontroleerd),
    )
