"""GET /v1/ranglijsten/{doel}/adressen: the ranked list, a page at a time, every page from the same run.

The rows lie in the publication as they are given, so this route puts them together and does not check them again; a
test holds them against the schema that is promised.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from features.columns import Doel
from service.api.answers import PROBLEMS
from service.api.forms import GEOJSON, Form
from service.api.quick import Quick
from service.api.rows import as_features, as_list
from service.cursor import Cursor, decode
from service.desk import Someone, TheDesk, TheTrace
from service.faults import InputFault
from service.looked import allowed, list_entry
from service.permissions import Permission, requires
from service.ranking import After, cut
from service.reading.box import Box
from service.records import Filters
from service.schemas import Crs, ListQuery, RankedList
from service.web.teksten import text
from service.worklist.veil import left_out

_AS_IT_IS = "!$&'()*+,-./:;=?@_~%"  # of a query string

router = APIRouter(prefix="/v1", tags=["ranglijsten"], route_class=Quick)


@router.get(
    "/ranglijsten/{doel}/adressen",
    operation_id="ranglijstAdressen",
    summary="Adressen op volgorde van aandacht",
    response_model=RankedList,
    responses={
        200: {"content": {GEOJSON: {"schema": {"$ref": "#/components/schemas/RankedFeatures"}}}},
        **{status: PROBLEMS[status] for status in (400, 401, 403, 404, 406, 410, 429, 503)},
    },
    dependencies=[requires(Permission.RANGLIJST_LEZEN)],
)
async def ranked_addresses(
    request: Request,
    doel: Doel,
    query: Annotated[ListQuery, Query()],
    form: Form,
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> Response:
    """Rang 1 eerst. De Link-header wijst naar de volgende pagina (`next`); die komt altijd uit dezelfde run.

    Zolang het model is stopgezet (`stop`) zegt de volgorde niets, en is er geen filter op band of kenmerkgroep. Met
    `Accept: application/geo+json` komt de pagina als FeatureCollection.
    """
    allowed(person, query.gemeente)
    store = desk.publications
    filters = _filters(query, person.gemeenten)
    publication = store.current()
    if publication.gestopt and filters.of_model:
        raise InputFault("band" if filters.banden else "kenmerkgroep", text("stop.geen_band"))
    # A cursor of before the stop is not good for the neutral order, nor the other way round.
    list_key = filters.key(doel, "neutraal" if publication.gestopt else None)
    after = decode(query.cursor, store.cursor_key, list_key) if query.cursor else None
    if after and after.run_id != publication.manifest.run_id:
        publication = store.run(after.run_id)
    async with desk.database.reading_async(person, trace) as unit:
        found = cut(
            publication,
            doel,
            replace(filters, zonder=left_out(desk, publication, person)),
            limit=query.aantal,
            after=After(rang=after.rang, gemeente=after.gemeente) if after else None,
        )
        unit.log(list_entry(publication, doel, filters, found.rows.marks))
        body = (as_features if form == GEOJSON else as_list)(publication, doel, found, query.crs)
    links = [_link(request, "first", None)]
    if found.meer:
        plaats, gemeente, _ = found.places[-1]
        cursor = Cursor(
            run_id=publication.manifest.run_id,
            list_key=list_key,
            rang=plaats,
            gemeente=publication.book.codes[gemeente],
        )
        links.append(_link(request, "next", cursor.encode(store.cursor_key)))
    headers = {"Link": ", ".join(links), "Content-Crs": query.crs.header, "Vary": "Accept"}
    return Response(body, media_type=form, headers=headers)


def _filters(query: ListQuery, rechten: frozenset[str]) -> Filters:
    return Filters(
        rechten=rechten,
        gemeente=query.gemeente,
        woonplaats=query.woonplaats,
        buitengebied=query.buitengebied,
        banden=tuple(query.band),
        kenmerkgroepen=tuple(query.kenmerkgroep),
        gebied=None if query.bbox is None else _box(query.bbox, query.crs),
    )


def _box(bbox: str, crs: Crs) -> Box:
    west, south, east, north = (float(part) for part in bbox.split(","))
    if west > east or south > north:
        raise InputFault("bbox", text("invoer.bbox"))
    return Box(west=west, south=south, east=east, north=north, rd=crs is Crs.RD)


def _link(request: Request, relation: str, cursor: str | None) -> str:
    asked = quote(request.scope["query_string"], safe=_AS_IT_IS)
    kept = [part for part in asked.split("&") if part and not part.startswith("cursor=")]
    query = "&".join(kept + ([f"cursor={cursor}"] if cursor else []))  # a cursor is letters, digits, - and _
    return f'<{request.scope["path"]}{"?" if query else ""}{query}>; rel="{relation}"'
