"""The pages of one address, and finding one."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from features.columns import Doel
from models.scores import EVIDENCE_BANDS
from service import finding, opaque
from service.desk import Someone, TheDesk, TheTrace
from service.dossier import at, dossier
from service.looked import address_entry, found_entry, look_at
from service.permissions import Permission, requires
from service.publication import Publication
from service.ranking import size
from service.reading.book import Spot
from service.records import Dossier
from service.web.bars import balance
from service.web.energy import energy_charts
from service.web.render import render
from service.web.timeline import timeline
from service.worklist.evidence import for_and_against

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
DOELEN = (Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING)
POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Za-z]{2})\b[ ,]*(.*)")


@router.get("/adressen/{id}", dependencies=[requires(Permission.ADRES_LEZEN)])
def one_address(
    request: Request,
    id: Annotated[str, Path(pattern=opaque.PATTERN)],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    doel: Doel | None = None,
) -> HTMLResponse:
    """One address, seen for one target: the one asked for, else the one in which it stands highest.

    Who investigates it and did not judge it sees the evidence, and not what the model made of it.
    """
    publication = desk.publications.current()
    with desk.database.reading(person, trace) as unit:
        found = dossier(publication, id)
        look = look_at(desk, publication, person, found.adres if found else None)
        shown = [stand.doel for stand in found.standen] if found and not look.blind else []
        unit.log(address_entry(publication, look.adres, shown))
    if found is not None and publication.gestopt:
        back = doel or DOELEN[0]
        return render(request, "adres_gestopt.html", manifest=publication.manifest, adres=found.adres, doel=back)
    if found is None or not found.standen:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if look.blind:
        return _blind(request, publication, found, doel or DOELEN[0])
    chosen = (found.stand(doel) if doel else None) or min(found.standen, key=lambda stand: stand.rang)
    model = publication.manifest.model(chosen.doel)
    return render(
        request,
        "adres.html",
        manifest=publication.manifest,
        model=model,
        dossier=found,
        adres=found.adres,
        stand=chosen,
        aantallen={stand.doel: size(publication, stand.doel, found.adres.gemeente) for stand in found.standen},
        balans=balance(found.redenen_voor(chosen.doel), model.basis),
        tijdlijn=timeline(found.tijdlijn, publication.manifest.peildatum),
        energie=energy_charts(found.energie),
        gepubliceerd=any(stand.band in EVIDENCE_BANDS for stand in found.standen),
    )


@router.post("/adressen/_zoek", dependencies=[requires(Permission.ADRES_LEZEN)])
def find(
    request: Request,
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    zoek: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """By words of the address or by postcode and number. By POST: an address stays out of every URI."""
    publication = desk.publications.current()
    spots = _spots(publication, person.gemeenten, " ".join(zoek.split()))
    if not spots:
        return render(request, "adres_zoek.html", zoek=zoek, adressen=(), meer=False)
    with desk.database.reading(person, trace) as unit:
        there = tuple(at(publication, spot) for spot in spots)
        unit.log(found_entry(publication, there))
    if len(there) == 1:
        return RedirectResponse(f"/adressen/{there[0].id}", status_code=HTTPStatus.SEE_OTHER)
    return render(request, "adres_zoek.html", zoek=zoek, adressen=there, meer=len(there) == finding.MOST)


def _spots(publication: Publication, gemeenten: frozenset[str], wanted: str) -> list[Spot]:
    postcode = POSTCODE.fullmatch(wanted)
    if postcode is None:
        return finding.by_text(publication, gemeenten, wanted)
    return finding.by_postcode(publication, gemeenten, postcode[1] + postcode[2], postcode[3])


def _blind(request: Request, publication: Publication, found: Dossier, doel: Doel) -> HTMLResponse:
    speaks_for, speaks_against = for_and_against(found.redenen_voor(doel))
    return render(
        request,
        "adres_blind.html",
        manifest=publication.manifest,
        dossier=found,
        adres=found.adres,
        doel=doel,
        ervoor=speaks_for,
        ertegen=speaks_against,
        tijdlijn=timeline(found.tijdlijn, publication.manifest.peildatum),
        energie=energy_charts(found.energie),
    )
