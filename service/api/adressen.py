"""GET /v1/adressen/{id}: everything the current publication says of one address."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response

from service import opaque
from service.api.answers import PROBLEMS, accepts_json, address_out, reason_out, standing_out, stop_out
from service.desk import Someone, TheDesk, TheTrace
from service.dossier import dossier
from service.looked import address_entry, shown
from service.permissions import Permission, requires
from service.schemas import DossierOut, DossierQuery, MonthOut, StayOut, TargetOut

router = APIRouter(prefix="/v1", tags=["adressen"], dependencies=[Depends(accepts_json)])


@router.get(
    "/adressen/{id}",
    operation_id="adres",
    summary="Een adres: redenen, tijdlijn en energie",
    response_model=DossierOut,
    responses={status: PROBLEMS[status] for status in (400, 401, 403, 404, 406, 409, 429, 503)},
    dependencies=[requires(Permission.ADRES_LEZEN)],
)
def one_address(
    response: Response,
    id: Annotated[str, Path(pattern=opaque.PATTERN, description="De id uit een ranglijst.")],
    query: Annotated[DossierQuery, Query()],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> DossierOut:
    """Basis plus de som van de bijdragen is de score. Tijdlijn en energie zijn er alleen voor de banden A, B en C.

    Zolang het model is stopgezet is er alleen het adres.
    """
    publication = desk.publications.current()
    with desk.database.reading(person, trace) as unit:
        found = dossier(publication, id)
        if found is None:
            raise HTTPException(404)
        shown(person, unit.connection, found.adres)
        unit.log(address_entry(publication, found.adres, [stand.doel for stand in found.standen]))
    response.headers["Content-Crs"] = query.crs.header
    return DossierOut(
        run_id=publication.manifest.run_id,
        peildatum=publication.manifest.peildatum,
        adres=address_out(found.adres, query.crs),
        stop=stop_out(publication.manifest),
        doelen=[
            TargetOut(
                stand=standing_out(stand),
                basis=publication.manifest.model(stand.doel).basis,
                redenen=[reason_out(reason) for reason in found.redenen_voor(stand.doel)],
            )
            for stand in found.standen
        ],
        tijdlijn=[StayOut(**vars(stay)) for stay in found.tijdlijn],
        energie=[MonthOut(**vars(month)) for month in found.energie],
    )
