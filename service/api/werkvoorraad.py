"""/v1/werkvoorraad: one's own list, one address on it, a new round, and how the work stands."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path

from service.api.answers import PROBLEMS, accepts_json, reason_out, standing_out
from service.cases.clocks import local_day
from service.desk import Desk, Someone, TheDesk, TheTrace
from service.dossier import addresses
from service.permissions import Permission, requires
from service.schemas_werkvoorraad import (
    AnswerOut,
    CountOut,
    CountsOut,
    EvidenceOut,
    JudgementOut,
    ListedOut,
    OordeelCount,
    PlaceOut,
    RoundIn,
    RoundOut,
    SignalCountOut,
    SignalOut,
    WorkItemOut,
    WorkListOut,
)
from service.worklist import counts, items
from service.worklist.assign import spread
from service.worklist.items import Item
from service.worklist.rounds import draw_round
from service.worklist.view import View, list_read, view

router = APIRouter(prefix="/v1", tags=["werkvoorraad"], dependencies=[Depends(accepts_json)])
ItemId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="De id uit uw werkvoorraad.")]


def _problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    return {status: PROBLEMS[status] for status in statuses}


@router.get(
    "/werkvoorraad",
    operation_id="werkvoorraad",
    summary="Uw werkvoorraad: wat u nu beoordeelt",
    response_model=WorkListOut,
    responses=_problems(406, 503),
    dependencies=[requires(Permission.WERKVOORRAAD_LEZEN)],
)
def work_list(desk: TheDesk, person: Someone, trace: TheTrace) -> WorkListOut:
    """De volgorde zegt niets: zij volgt uit sleutels en niet uit de ranglijst."""
    spread(desk.database, person, trace)
    with desk.database.reading(person, trace) as unit:
        waiting, judged = items.waiting(unit.connection, person), items.judged(unit.connection, person)
        unit.log(list_read({item.identificatie for item in (*waiting, *judged)}))
        return WorkListOut(open=_listed(desk, waiting), beoordeeld=_listed(desk, judged))


@router.get(
    "/werkvoorraad/aantallen",
    operation_id="werkvoorraadAantallen",
    summary="Hoe het werk ervoor staat, in aantallen",
    response_model=CountsOut,
    responses=_problems(406, 503),
    dependencies=[requires(Permission.AANTALLEN_LEZEN)],
)
def numbers(desk: TheDesk, person: Someone) -> CountsOut:
    """Geen adressen. Wat is getrokken telt als een bron, zodat een aantal niets zegt over een adres."""
    now = desk.database.clock()
    with desk.database.looking() as read:
        work = counts.counts(read, person.gemeenten, local_day(now))
        signals = counts.signal_counts(read, person.gemeenten, local_day(now))
    return CountsOut(
        peilmoment=now,
        werkvoorraad=[
            CountOut(
                **{name: getattr(one, name) for name in CountOut.model_fields if name != "oordelen"},
                oordelen=[OordeelCount(oordeel=oordeel, aantal=number) for oordeel, number in one.oordelen],
            )
            for one in work
        ],
        signalen=[SignalCountOut(**vars(one)) for one in signals],
    )


@router.get(
    "/werkvoorraad/{id}",
    operation_id="werkitem",
    summary="Een adres uit uw werkvoorraad",
    response_model=WorkItemOut,
    responses=_problems(404, 406, 410, 503),
    dependencies=[requires(Permission.WERKVOORRAAD_LEZEN)],
)
def one_item(id: ItemId, desk: TheDesk, person: Someone, trace: TheTrace) -> WorkItemOut:
    """Wat ervoor en ertegen spreekt. Het antwoord van het model komt na uw eigen oordeel."""
    with desk.database.reading(person, trace) as unit:
        found = view(unit, desk, person, id)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return item_out(found)


@router.post(
    "/werkvoorraad/rondes",
    operation_id="trekRonde",
    summary="Een nieuwe ronde trekken",
    status_code=HTTPStatus.CREATED,
    response_model=RoundOut,
    responses=_problems(404, 406, 409, 503),
    dependencies=[requires(Permission.PLANNEN)],
)
def new_round(wanted: RoundIn, desk: TheDesk, person: Someone, trace: TheTrace) -> RoundOut:
    """Welke adressen het worden volgt uit de lijst, de instellingen en het lot. Zolang de vorige ronde loopt kan het
    niet (409).
    """
    if wanted.gemeente not in person.gemeenten:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with desk.database.unit(person, trace) as unit:
        return RoundOut(**vars(draw_round(unit, desk, wanted.gemeente, wanted.doel)))


def item_out(found: View) -> WorkItemOut:
    """As JSON."""
    shown, answer = found.getoond, found.antwoord
    about = {name: getattr(shown.adres, name) for name in PlaceOut.model_fields if hasattr(shown.adres, name)}
    return WorkItemOut(
        id=found.item.id,
        doel=found.item.doel,
        adres=PlaceOut(**about, adresseerbaarobject_identificatie=shown.adres.identificatie),
        uiterlijk=found.item.uiterlijk,
        bewijs=EvidenceOut(
            ervoor=list(shown.ervoor),
            ertegen=list(shown.ertegen),
            peildatum=shown.peildatum,
            model_stopgezet=shown.gestopt,
        ),
        signalen=[SignalOut(**vars(one)) for one in shown.signalen],
        versie=found.item.versie,
        getoond=found.digest,
        oordelen=[
            JudgementOut(nr=one.nr, tijd=one.tijd, oordeel=one.oordeel, motivering=one.motivering)
            for one in found.oordelen
        ],
        antwoord=None
        if answer is None
        else AnswerOut(
            run_id=shown.manifest.run_id,
            stand=None if answer.stand is None else standing_out(answer.stand),
            redenen=[reason_out(reason) for reason in answer.redenen],
            komt_overeen=found.gelijk,
        ),
    )


def _listed(desk: Desk, found: tuple[Item, ...]) -> list[ListedOut]:
    places = addresses(desk.publications.current(), [item.identificatie for item in found])
    return [
        ListedOut(
            id=item.id,
            doel=item.doel,
            adres=place.adres if place else "",
            postcode=place.postcode if place else "",
            woonplaats=place.woonplaats if place else "",
            uiterlijk=item.uiterlijk,
            oordeel=item.oordeel,
        )
        for item in found
        for place in (places.get(item.identificatie),)
    ]
