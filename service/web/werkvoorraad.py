"""The werkvoorraad as pages: one's list, one address to judge, and how the work stands."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from features.columns import Doel
from models.scores import EVIDENCE_BANDS
from service import opaque
from service.cases.clocks import local_day
from service.desk import Desk, Someone, TheDesk, TheTrace
from service.dossier import addresses
from service.faults import InputFault
from service.permissions import Permission, may, requires
from service.ranking import size
from service.records import Standing
from service.web.bars import balance
from service.web.bladeren import pages
from service.web.render import render
from service.worklist import agreement, counts, items
from service.worklist.assign import spread
from service.worklist.codes import Oordeel
from service.worklist.giving import give
from service.worklist.judge import MOST, Given, pass_on
from service.worklist.rounds import draw_round
from service.worklist.view import View, list_read, view

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ItemId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
DOELEN = (Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING)
PAGE, LATE = 25, 5  # addresses of a page; of those that are late, how many are named above it


@router.get("/werkvoorraad", dependencies=[requires(Permission.WERKVOORRAAD_LEZEN)])
def work_list(
    request: Request,
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    pagina: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> HTMLResponse:
    """What one has to judge, a page at a time, how far one is, and what was judged lately."""
    spread(desk.database, person, trace)
    with desk.database.reading(person, trace) as unit:
        waiting, judged = items.waiting(unit.connection, person), items.judged(unit.connection, person)
        today = local_day(unit.now)
        late = [item for item in waiting if item.uiterlijk < today][:LATE]
        last = max(1, -(-len(waiting) // PAGE))
        number = min(pagina, last)  # who judged the last of a page is still on one
        here = waiting[(number - 1) * PAGE : number * PAGE]
        about = sorted({item.identificatie for item in (*here, *late, *judged)})
        unit.log(list_read(about))
        return render(
            request,
            "werkvoorraad.html",
            open=waiting,
            hier=here,
            eerste=(number - 1) * PAGE + 1,
            beoordeeld=judged,
            adressen=addresses(desk.publications.current(), about),
            laat=late,
            te_laat=sum(item.uiterlijk < today for item in waiting),
            dagen=sorted({item.uiterlijk for item in waiting}),
            vandaag=today,
            bladen=pages(number, last, lambda to: f"/werkvoorraad?pagina={to}"),
        )


@router.get("/werkvoorraad/overzicht", dependencies=[requires(Permission.AANTALLEN_LEZEN)])
def overview(request: Request, desk: TheDesk, person: Someone) -> HTMLResponse:
    """How the work stands, in numbers: no address, and nothing of one person."""
    now = desk.database.clock()
    with desk.database.looking() as read:
        return render(
            request,
            "werkvoorraad_overzicht.html",
            aantallen=counts.counts(read, person.gemeenten, local_day(now)),
            signalen=counts.signal_counts(read, person.gemeenten, local_day(now)),
            gelijk=agreement.agreement(read, person.gemeenten, now, desk.settings.werkvoorraad.kleinste_groep),
            minstens=desk.settings.werkvoorraad.kleinste_groep,
            gemeenten=sorted(person.gemeenten),
            doelen=DOELEN,
            trekken=may(person, Permission.PLANNEN),
        )


@router.post("/werkvoorraad/rondes", dependencies=[requires(Permission.PLANNEN)])
def new_round(
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    gemeente: Annotated[str, Form(pattern=r"^\d{4}$")],
    doel: Annotated[Doel, Form()],
) -> RedirectResponse:
    """Draw the next round."""
    if gemeente not in person.gemeenten:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with desk.database.unit(person, trace) as unit:
        draw_round(unit, desk, gemeente, doel)
    return _to("overzicht")


@router.get("/werkvoorraad/{id}", dependencies=[requires(Permission.WERKVOORRAAD_LEZEN)])
def one_item(request: Request, id: ItemId, desk: TheDesk, person: Someone, trace: TheTrace) -> HTMLResponse:
    """One address: the evidence and the form; after the judgement also what the model says."""
    return _page(request, id, desk, person, trace)


@router.post("/werkvoorraad/{id}/oordeel", dependencies=[requires(Permission.OORDELEN)])
def judge(
    request: Request,
    id: ItemId,
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    versie: Annotated[int, Form(ge=0, le=1000)],
    getoond: Annotated[str, Form(pattern=r"^[0-9a-f]{64}$")],
    oordeel: Annotated[Oordeel | None, Form()] = None,
    motivering: Annotated[str, Form(max_length=MOST)] = "",
) -> Response:
    """Take a judgement; a mistake brings the page back as it was filled in."""
    fault = "oordeel" if oordeel is None else ""
    if oordeel is not None:
        given = Given(oordeel=oordeel, motivering=motivering, versie=versie, getoond=getoond)
        try:
            give(desk, person, trace, id, given)
        except InputFault:
            fault = "motivering"
    if fault:
        return _page(request, id, desk, person, trace, oordeel=oordeel or "", motivering=motivering, fault=fault)
    return _to(id)


@router.post("/werkvoorraad/{id}/doorgeven", dependencies=[requires(Permission.OORDELEN)])
def hand_on(id: ItemId, desk: TheDesk, person: Someone, trace: TheTrace) -> RedirectResponse:
    """To a colleague, by lot, no questions asked."""
    with desk.database.unit(person, trace) as unit:
        pass_on(unit, id)
    return RedirectResponse("/werkvoorraad", status_code=HTTPStatus.SEE_OTHER)


def _page(
    request: Request,
    id: str,
    desk: Desk,
    person: Someone,
    trace: TheTrace,
    *,
    oordeel: str = "",
    motivering: str = "",
    fault: str = "",
) -> HTMLResponse:
    with desk.database.reading(person, trace) as unit:
        found = view(unit, desk, person, id)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return render(
            request,
            "werkitem.html",
            status=HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
            bekeken=found,
            item=found.item,
            adres=found.getoond.adres,
            oordelen=tuple(Oordeel),
            ingevuld={"oordeel": oordeel, "motivering": motivering},
            fout=fault,
            minstens=desk.settings.werkvoorraad.motivering_minimaal,
            hoogstens=MOST,
            laat=found.item.open and found.item.uiterlijk < local_day(unit.now),
            model=_model(desk, found),
        )


def _model(desk: Desk, found: View) -> dict[str, Any] | None:
    """What the page says of the model's answer; None before the judgement, and while the model is stopped."""
    if found.antwoord is None or found.antwoord.stand is None:
        return None
    manifest = found.getoond.manifest
    about = manifest.model(found.item.doel)
    return {
        "stand": found.antwoord.stand,
        "aantal": _size(desk, found, found.antwoord.stand),
        "balans": balance(found.antwoord.redenen, about.basis),
        "koud": about.cold,
        "adres": opaque.opaque_id(opaque.subkey(desk.settings.sleutel, "adres"), found.item.identificatie),
        "wijst_aan": found.antwoord.stand.band in EVIDENCE_BANDS,
    }


def _size(desk: Desk, found: View, stand: Standing) -> int:
    return size(desk.publications.run(found.getoond.manifest.run_id), stand.doel, found.item.gemeente)


def _to(place: str) -> RedirectResponse:
    return RedirectResponse(f"/werkvoorraad/{place}", status_code=HTTPStatus.SEE_OTHER)
