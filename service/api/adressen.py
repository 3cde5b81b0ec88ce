"""/v1/adressen: what the publications say of one address, where it stood before, and finding one.

What is read here was checked when it was taken in, so the routes for one address put it together and do not check it
again; a test holds them against the schema that is promised.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response

from service import finding, opaque
from service.api.answers import PROBLEMS, accepts_json
from service.api.dossiers import as_dossier, as_history
from service.api.forms import JSON, only_json
from service.api.quick import Quick
from service.desk import Someone, TheDesk, TheTrace
from service.dossier import at, dossier, standings
from service.faults import InputFault, PublicationGone
from service.looked import address_entry, found_entry, history_entry, look_at
from service.permissions import Permission, requires
from service.schemas import DossierOut, DossierQuery
from service.schemas_lijst import AddressesFound, AddressSearch, StandingHistory
from service.web.teksten import text

router = APIRouter(prefix="/v1", tags=["adressen"], dependencies=[Depends(only_json)], route_class=Quick)
searching = APIRouter(prefix="/v1", tags=["adressen"], dependencies=[Depends(accepts_json)])
AddressId = Annotated[str, Path(pattern=opaque.PATTERN, description="De id uit een ranglijst.")]


@router.get(
    "/adressen/{id}",
    operation_id="adres",
    summary="Een adres: redenen, tijdlijn en energie",
    response_model=DossierOut,
    responses={status: PROBLEMS[status] for status in (400, 401, 403, 404, 406, 409, 429, 503)},
    dependencies=[requires(Permission.ADRES_LEZEN)],
)
async def one_address(
    id: AddressId, query: Annotated[DossierQuery, Query()], desk: TheDesk, person: Someone, trace: TheTrace
) -> Response:
    """Basis plus de som van de bijdragen is de score. Tijdlijn en energie zijn er alleen voor de banden A, B en C.

    Zolang het model is stopgezet is er alleen het adres. Wie het adres onderzoekt en er niet zelf over oordeelde,
    krijgt tot het onderzoek klaar is niet wat het model zegt.
    """
    publication = desk.publications.current()
    async with desk.database.reading_async(person, trace) as unit:
        found = dossier(publication, id)
        look = look_at(desk, publication, person, found.adres if found else None)
        if found is None:
            raise HTTPException(404)
        if look.blind:
            found = replace(found, standen=(), redenen=())
        unit.log(address_entry(publication, look.adres, [stand.doel for stand in found.standen]))
        body = as_dossier(publication, found, query.crs)
    return Response(body, media_type=JSON, headers={"Content-Crs": query.crs.header})


@router.get(
    "/adressen/{id}/scores",
    operation_id="adresScores",
    summary="Waar een adres stond, ook in eerdere publicaties",
    response_model=StandingHistory,
    responses={status: PROBLEMS[status] for status in (401, 403, 404, 406, 409, 429, 503)},
    dependencies=[requires(Permission.ADRES_LEZEN)],
)
async def history(id: AddressId, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """De nieuwste publicatie eerst, zolang die bewaard wordt. Zolang het model is stopgezet staat er niets in, en ook
    niet zolang u het adres onderzoekt zonder er zelf over geoordeeld te hebben.
    """
    current = desk.publications.current()
    async with desk.database.reading_async(person, trace) as unit:
        found = dossier(current, id)
        look = look_at(desk, current, person, found.adres if found else None)
        told = []
        for run_id in () if current.gestopt or look.blind else desk.publications.kept():
            try:
                publication = desk.publications.run(run_id)
            except PublicationGone:
                continue
            there = standings(publication, id)
            if there:
                told.append((publication.manifest, there))
        unit.log(history_entry(current, look.adres, [manifest.run_id for manifest, _ in told]))
    return Response(as_history(id, told), media_type=JSON)


@searching.post(
    "/adressen/_zoek",
    operation_id="zoekAdressen",
    summary="Adressen zoeken op adres, of op postcode en huisnummer",
    response_model=AddressesFound,
    responses={status: PROBLEMS[status] for status in (400, 401, 403, 406, 415, 429, 503)},
    dependencies=[requires(Permission.ADRES_LEZEN)],
)
def search(wanted: AddressSearch, desk: TheDesk, person: Someone, trace: TheTrace) -> AddressesFound:
    """Hoogstens twintig. In de vraag staat een adres, daarom in de body en niet in de URI. Van wat het model zegt staat
    er niets bij, dus ook wat u nog moet beoordelen is te vinden.
    """
    if not wanted.tekst and not wanted.postcode:
        raise InputFault("tekst", text("invoer.zoek"))
    publication = desk.publications.current()
    if wanted.postcode:
        spots = finding.by_postcode(publication, person.gemeenten, wanted.postcode, wanted.huisnummer)
    else:
        spots = finding.by_text(publication, person.gemeenten, wanted.tekst)
    with desk.database.reading(person, trace) as unit:
        there = [at(publication, spot) for spot in spots]
        unit.log(found_entry(publication, there))
    return AddressesFound.of(there, meer=len(spots) == finding.MOST)
