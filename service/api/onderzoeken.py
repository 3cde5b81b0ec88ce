"""Investigations: one's own list, one of them, and what is done in it. What is not one's own is not found (404)."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from service.api.answers import PROBLEMS, accepts_json, sends_json
from service.cases import desk as cases
from service.cases.clocks import Clock, local_day
from service.cases.desk import Dossier
from service.cases.letters.letter import MEDIA_TYPE
from service.cases.listing import Item, tallies
from service.cases.rules import Act
from service.cases.steps import Stap
from service.cases.visits import Attempt
from service.desk import Someone, TheDesk, TheTrace
from service.permissions import Permission, requires
from service.records import Address
from service.schemas_onderzoeken import (
    ID,
    CaseList,
    CaseOut,
    ClockOut,
    DeedOut,
    DossierCase,
    LetterIn,
    ListQuery,
    OptionOut,
    PlaceOut,
    StapKeuze,
    StepIn,
    StepOut,
    Taken,
    Tallies,
    TallyOut,
    VisitIn,
    VisitOut,
)

router = APIRouter(prefix="/v1", tags=["onderzoeken"], dependencies=[Depends(accepts_json)])
letters = APIRouter(prefix="/v1", tags=["onderzoeken"])
READ = (400, 401, 403, 404, 406, 429, 503)
CHANGE = (400, 401, 403, 404, 406, 409, 415, 429, 503)
CaseId = Annotated[str, Path(pattern=ID, description="De id uit de lijst van onderzoeken.")]
PASSED_ON = frozenset({Stap.WEL_BAND.value})  # who passed a case on is nobody's business


async def takes_json(request: Request) -> None:
    """Raises 415 when something else than JSON is sent; what is answered here is a document."""
    sends_json(request)


@router.get(
    "/onderzoeken",
    operation_id="onderzoeken",
    summary="Uw onderzoeken, met klokken en wie aan zet is",
    response_model=CaseList,
    responses={status: PROBLEMS[status] for status in READ if status != 404},
    dependencies=[requires(Permission.ONDERZOEK_LEZEN)],
)
def own_cases(query: Annotated[ListQuery, Query()], desk: TheDesk, person: Someone, trace: TheTrace) -> CaseList:
    """Alleen onderzoeken waarin u een rol hebt. Wat op u wacht staat bovenaan, daarna wat het eerst klaar moet zijn."""
    lines = [
        line
        for line in cases.own_lines(desk, person, trace, closed=query.afgerond)
        if query.toestand in (None, line.item.zaak.toestand)
        and query.klok in (None, line.item.klokken.dringendst.stand)
    ]
    return CaseList(totaal=len(lines), rijen=[case_out(line.item, line.plek) for line in lines])


@router.get(
    "/onderzoeken/aantallen",
    operation_id="onderzoekAantallen",
    summary="Hoeveel onderzoeken lopen er, per gemeente, toestand en klok",
    response_model=Tallies,
    responses={status: PROBLEMS[status] for status in (401, 403, 406, 503)},
    dependencies=[requires(Permission.AANTALLEN_LEZEN)],
)
def case_tallies(desk: TheDesk, person: Someone) -> Tallies:
    """Aantallen voor de leiding, van uw gemeenten. Geen adres en geen persoon."""
    with desk.database.looking() as read:
        found = tallies(read, person.gemeenten, local_day(desk.database.clock()), desk.settings.onderzoek)
    return Tallies(totaal=sum(one.aantal for one in found), rijen=[TallyOut(**vars(one)) for one in found])


@router.get(
    "/onderzoeken/{id}",
    operation_id="onderzoek",
    summary="Een onderzoek: stappen, bezoeken en wat nu kan",
    response_model=DossierCase,
    responses={status: PROBLEMS[status] for status in READ},
    dependencies=[requires(Permission.ONDERZOEK_LEZEN)],
)
def one_case(id: CaseId, desk: TheDesk, person: Someone, trace: TheTrace) -> DossierCase:
    """Voordat u verklaart dat u geen band hebt met dit adres, ziet u alleen wat u daarvoor nodig hebt."""
    return dossier_out(cases.dossier(desk, person, trace, id))


@router.post(
    "/onderzoeken/{id}/stappen",
    operation_id="onderzoekStap",
    summary="Een stap zetten",
    status_code=201,
    response_model=Taken,
    responses={status: PROBLEMS[status] for status in CHANGE},
    dependencies=[requires(Permission.ONDERZOEK_LEZEN)],
)
def take_step(id: CaseId, body: StepIn, desk: TheDesk, person: Someone, trace: TheTrace) -> Taken:
    """Welke stappen nu kunnen, staat in het onderzoek. Wie een verouderde versie stuurt, krijgt 409."""
    asked = Act(
        stap=Stap(body.stap.value),
        versie=body.versie,
        sleutel=body.sleutel,
        motivering=body.motivering,
        uitkomst=body.uitkomst,
        zorg=body.zorg,
    )
    return Taken(versie=cases.take(desk, person, trace, id, asked))


@router.post(
    "/onderzoeken/{id}/bezoeken",
    operation_id="onderzoekBezoek",
    summary="Een huisbezoek vastleggen",
    status_code=201,
    response_model=Taken,
    responses={status: PROBLEMS[status] for status in CHANGE},
    dependencies=[requires(Permission.BEZOEKEN)],
)
def record_visit(id: CaseId, body: VisitIn, desk: TheDesk, person: Someone, trace: TheTrace) -> Taken:
    """Tussen 7.00 en 22.00 uur; in het weekend met een opmerking. Nooit naar binnen zonder toestemming."""
    asked = Act(stap=Stap.BEZOEK, versie=body.versie, sleutel=body.sleutel)
    seen = {name: value for name, value in body if name not in {"versie", "sleutel"}}
    return Taken(versie=cases.visit(desk, person, trace, id, asked, Attempt(**seen)))


@letters.post(
    "/onderzoeken/{id}/brieven",
    operation_id="onderzoekBrief",
    summary="Een brief maken (docx)",
    response_class=Response,
    responses={
        200: {"description": "De brief.", "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
        **{status: PROBLEMS[status] for status in CHANGE if status != 406},
    },
    dependencies=[Depends(takes_json), requires(Permission.ONDERZOEK_DOEN)],
)
def write_letter(id: CaseId, body: LetterIn, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """De brief noemt geen namen. Dat hij gemaakt is, wordt een stap van het onderzoek."""
    asked = Act(stap=Stap.BRIEF, versie=body.versie, sleutel=body.sleutel)
    made = cases.write_letter(desk, person, trace, id, asked, body.brief)
    return attachment(made.naam, made.inhoud)


def attachment(name: str, content: bytes) -> Response:
    """A document to be saved."""
    return Response(
        content, media_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{quote(name)}"'}
    )


def case_out(item: Item, place: Address | None) -> CaseOut:
    """One investigation in short."""
    case = item.zaak
    return CaseOut(
        id=case.id,
        adres=None if place is None else PlaceOut(**{name: getattr(place, name) for name in PlaceOut.model_fields}),
        gemeente=case.gemeente,
        doel=case.doel,
        toestand=case.toestand,
        wacht_op=case.wacht_op,
        datum_start=case.datum_start,
        reactie=_clock_out(item.klokken.reactie),
        afronding=_clock_out(item.klokken.afronding),
        nu=DeedOut(wat=item.nu.wat, uw=item.nu.uw),
        uitkomst=case.uitkomst,
        versie=case.versie,
    )


def dossier_out(found: Dossier) -> DossierCase:
    """All of it, or before the declaration only what that needs."""
    case = found.zaak
    steps = case.stappen if found.open else ()
    return DossierCase(
        onderzoek=case_out(found.item, found.plek),
        verklaard=found.open,
        stappen=[
            StepOut(
                **{name: getattr(step, name) for name in StepOut.model_fields if name != "persoon"},
                persoon="" if step.stap in PASSED_ON else step.persoon,
            )
            for step in steps
        ],
        bezoeken=[VisitOut(**vars(visit)) for visit in (case.bezoeken if found.open else ())],
        mogelijk=[
            OptionOut(
                stap=StapKeuze(one.stap.value),
                motivering=one.motivering,
                uitkomsten=list(one.uitkomsten),
                zorg=list(one.zorg),
            )
            for one in found.mogelijk
        ],
        brieven=list(found.brieven),
    )


def _clock_out(clock: Clock) -> ClockOut:
    return ClockOut(stand=clock.stand, uiterlijk=clock.uiterlijk, dagen=clock.dagen)
