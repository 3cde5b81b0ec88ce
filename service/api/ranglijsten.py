"""GET /v1/ranglijsten/{doel}/adressen: the ranked list, a page at a time, every page from the same run."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from features.columns import Doel
from service.api.answers import PROBLEMS, accepts_json, ranked_out, stop_out
from service.cursor import Cursor, decode
from service.desk import Someone, TheDesk, TheTrace
from service.faults import InputFault
from service.looked import allowed, list_entry
from service.permissions import Permission, requires
from service.ranking import After, page
from service.records import Filters
from service.schemas import ListQuery, RankedList
from service.web.teksten import text
from service.worklist.hidden import hidden

router = APIRouter(prefix="/v1", tags=["ranglijsten"], dependencies=[Depends(accepts_json)])


@router.get(
    "/ranglijsten/{doel}/adressen",
    operation_id="ranglijstAdressen",
    summary="Adressen op volgorde van aandacht",
    response_model=RankedList,
    responses={status: PROBLEMS[status] for status in (400, 401, 403, 404, 406, 410, 429, 503)},
    dependencies=[requires(Permission.RANGLIJST_LEZEN)],
)
def ranked_addresses(
    request: Request,
    response: Response,
    doel: Doel,
    query: Annotated[ListQuery, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> RankedList:
    """Rang 1 eerst. De Link-header wijst naar de volgende pagina (`next`); die komt altijd uit dezelfde run.

    Zolang het model is stopgezet (`stop`) zegt de volgorde niets, en is er geen filter op band.
    """
    allowed(person, query.gemeente)
    store = desk.publications
    filters = Filters(
        gemeente=query.gemeente,
        woonplaats=query.woonplaats,
        buitengebied=query.buitengebied,
        banden=tuple(query.band),
        rechten=person.gemeenten,
    )
    publication = store.current()
    if publication.gestopt and filters.banden:
        raise InputFault("band", text("stop.geen_band"))
    # A cursor of before the stop is not good for the neutral order, nor the other way round.
    list_key = filters.key(doel, "neutraal" if publication.gestopt else None)
    after = decode(query.cursor, store.cursor_key, list_key) if query.cursor else None
    if after and after.run_id != publication.manifest.run_id:
        publication = store.run(after.run_id)
    with desk.database.reading(person, trace) as unit:
        found = page(
            publication,
            doel,
            replace(filters, zonder=hidden(unit.connection, person)),
            limit=query.aantal,
            after=After(rang=after.rang, gemeente=after.gemeente) if after else None,
        )
        unit.log(list_entry(publication, doel, filters, found))
    links = [_link(request, "first", None)]
    if found.meer:
        last = found.rijen[-1]
        cursor = Cursor(
            run_id=publication.manifest.run_id,
            list_key=list_key,
            rang=last.plaats,
            gemeente=last.adres.gemeente,
        )
        links.append(_link(request, "next", cursor.encode(store.cursor_key)))
    response.headers["Link"] = ", ".join(links)
    response.headers["Content-Crs"] = query.crs.header
    return RankedList(
        run_id=publication.manifest.run_id,
        peildatum=publication.manifest.peildatum,
        doel=doel,
        totaal=found.totaal,
        stop=stop_out(publication.manifest),
        rijen=[ranked_out(row, query.crs) for row in found.rijen],
    )


def _link(request: Request, relation: str, cursor: str | None) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    query = urlencode(kept + ([("cursor", cursor)] if cursor else []))
    target = request.url.path + ("?" + query if query else "")
    return f'<{target}>; rel="{relation}"'
