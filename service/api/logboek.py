"""Log extracts for the auditor and the privacy officer. Reading the log is written in the log."""

from __future__ import annotations

from typing import Annotated, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from service import opaque
from service.api.answers import PROBLEMS, accepts_json
from service.cursor import Cursor, decode
from service.desk import Desk, Someone, TheDesk, TheTrace
from service.logs import looking, processing
from service.logs.entry import Entry
from service.logs.read import Filter, Regel
from service.permissions import Permission, requires
from service.schemas import Band
from service.schemas_logboek import (
    LogQuery,
    LogRow,
    LogRows,
    PeriodQuery,
    ProcessingQuery,
    ProcessingRecord,
    ProcessingRecords,
    StandingThen,
    Subject,
    ViewRow,
    Views,
)
from service.served import Served
from service.web import tijd

router = APIRouter(prefix="/v1", tags=["logboek"], dependencies=[Depends(accepts_json)])
SAID = (400, 401, 403, 406, 429, 503)


@router.get(
    "/audit-regels",
    operation_id="auditRegels",
    summary="Regels van het auditlogboek, de nieuwste eerst",
    response_model=LogRows,
    responses={status: PROBLEMS[status] for status in SAID},
    dependencies=[requires(Permission.LOGBOEK_LEZEN)],
)
def audit_rows(
    request: Request,
    response: Response,
    query: Annotated[LogQuery, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> LogRows:
    """Wie wat wanneer deed. De regels van wie in dezelfde gemeenten werkt, en die van de dienst zelf."""
    wanted = Filter(
        van=tijd.begin(query.van),
        tot=tijd.after(query.tot),
        persoon=query.persoon or "",
        handeling=query.handeling or "",
        resultaat=query.resultaat,
    )
    key = f"audit {wanted}"
    below = _below(desk, query.cursor, key)
    with desk.database.reading(person, trace) as unit:
        found = looking.rows(unit, person, wanted, below=below, limit=query.aantal)
    shown = found[: query.aantal]
    _link(request, response, desk, key, shown[-1].nr if len(found) > query.aantal else None)
    return LogRows(regels=[row_out(row) for row in shown])


@router.get(
    "/dataverwerkingen",
    operation_id="dataverwerkingen",
    summary="Logboek Dataverwerkingen, een record per betrokkene",
    response_model=ProcessingRecords,
    responses={status: PROBLEMS[status] for status in SAID},
    dependencies=[requires(Permission.LOGBOEK_LEZEN)],
)
def processing_records(
    request: Request,
    response: Response,
    query: Annotated[ProcessingQuery, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> ProcessingRecords:
    """Van welke adressen wanneer waarvoor gegevens zijn verwerkt; niet door wie. De nieuwste eerst."""
    key = f"ldv {query.van} {query.tot}"
    with desk.database.reading(person, trace) as unit:
        found = processing.records(
            unit.connection,
            van=tijd.begin(query.van),
            tot=tijd.after(query.tot),
            people=looking.people(unit, person),
            below=_below(desk, query.cursor, key),
            least=query.aantal,
        )
        unit.log(Entry(handeling="logboek.lezen", object_soort="logboek", object_id="dataverwerkingen"))
    _link(request, response, desk, key, found[-1].nr if len(found) >= query.aantal else None)
    return ProcessingRecords(
        verwerkingen=[
            ProcessingRecord(
                trace_id=each.trace_id,
                span_id=each.span_id,
                parent_span_id=each.parent_span_id or None,
                status=each.status,  # type: ignore[arg-type]  # one of three, by the standard
                name=each.naam,
                start_time=each.start,
                end_time=each.eind,
                attributes=Subject(
                    activiteit=each.verwerking, betrokkene=each.betrokkene, soort=processing.SUBJECT_TYPE
                ),
            )
            for each in found
        ]
    )


@router.get(
    "/adressen/{id}/inzagen",
    operation_id="inzagen",
    summary="Wie dit adres zag, wanneer, en wat de run er toen van zei",
    response_model=Views,
    responses={status: PROBLEMS[status] for status in (*SAID, 404, 409)},
    dependencies=[requires(Permission.LOGBOEK_LEZEN)],
)
def views(
    id: Annotated[str, Path(pattern=opaque.PATTERN, description="De id uit een ranglijst.")],
    query: Annotated[PeriodQuery, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> Views:
    """De nieuwste eerst, hoogstens duizend. De stand is die van de publicatie die toen is getoond."""
    with desk.database.reading(person, trace) as unit:
        found = looking.viewed(unit, desk, person, id, van=tijd.begin(query.van), tot=tijd.after(query.tot))
    return Views(adres_id=id, inzagen=[_view_out(each) for each in found])


def row_out(row: Regel) -> LogRow:
    """As stored."""
    return LogRow(
        nr=row.nr,
        tijd=row.tijd,
        persoon=row.persoon,
        rollen=list(row.rollen),
        handeling=row.handeling,
        object_soort=row.object_soort,
        object_id=row.object_id,
        resultaat=row.resultaat,
        herkomst=row.herkomst,
        trace_id=row.trace_id,
        bijzonderheden=dict(row.bijzonderheden),
        aantal_adressen=row.aantal,
        hash=row.hash,
    )


def _view_out(each: Served) -> ViewRow:
    stand = each.stand
    return ViewRow(
        nr=each.regel.nr,
        tijd=each.regel.tijd,
        persoon=each.regel.persoon,
        rollen=list(each.regel.rollen),
        handeling=each.regel.handeling,
        run_id=each.run or None,
        doel=each.doel,
        stand=StandingThen(rang=stand.rang, band=cast(Band, stand.band), kans=stand.kans) if stand else None,
    )


def _below(desk: Desk, cursor: str | None, key: str) -> int | None:
    return decode(cursor, desk.publications.cursor_key, key).rang if cursor else None


def _link(request: Request, response: Response, desk: Desk, key: str, last: int | None) -> None:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    first = request.url.path + ("?" + urlencode(kept) if kept else "")
    links = [f'<{first}>; rel="first"']
    if last is not None:
        after = Cursor(run_id="", list_key=key, rang=last, gemeente="").encode(desk.publications.cursor_key)
        links.append(f'<{request.url.path}?{urlencode([*kept, ("cursor", after)])}>; rel="next"')
    response.headers["Link"] = ", ".join(links)
