"""The pages of the adresonderzoek: one's own list for the morning, one investigation, and what is done in it."""

from __future__ import annotations

import secrets
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from service.api.onderzoeken import PASSED_ON, attachment
from service.cases import desk as cases
from service.cases.acting import assign_again
from service.cases.clocks import WALL, Klok
from service.cases.codes import Deel, Toestand
from service.cases.desk import Dossier
from service.cases.letters.letter import Brief
from service.cases.reach import without_handler
from service.cases.records import Case
from service.cases.rules import Act
from service.cases.steps import BYPASSES, Stap
from service.cases.visits import Attempt, Getroffen, Toestemming, companions
from service.desk import Someone, TheDesk, TheTrace
from service.field import desk as field
from service.permissions import Permission, may, requires
from service.schemas_onderzoeken import ID, NO_NUL, StapKeuze
from service.web.getallen import MONTHS
from service.web.render import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
CaseId = Annotated[str, Path(pattern=ID)]
LIST = "/onderzoeken"
WAY = (
    Toestand.VOORONDERZOEK, Toestand.AANSCHRIJVEN, Toestand.NADERE_INLICHTINGEN, Toestand.HUISBEZOEK,
    Toestand.VOORNEMEN, Toestand.BESLUIT, Toestand.AFGEROND,
)  # fmt: skip
# Steps that end the case early, are an exception, or change who decides: there, but not in the way.
ASIDE = frozenset({Stap.INTREKKING_VOORLEGGEN, Stap.ZORG_OVERDRAGEN, Stap.ANDERE_GOEDKEURDER, *BYPASSES})


class Sent(BaseModel):
    """What every form of a case carries: the last step that was seen, and a key of its own."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    versie: Annotated[int, Field(ge=1, lt=2**31)]
    sleutel: Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class StepForm(Sent):
    """A step."""

    stap: StapKeuze
    motivering: Annotated[str, Field(max_length=4000, pattern=NO_NUL)] = ""
    uitkomst: Annotated[str, Field(max_length=40)] = ""
    zorg: Annotated[str, Field(max_length=10)] = ""


class LetterForm(Sent):
    """A letter."""

    brief: Brief


class VisitForm(Sent):
    """A visit. moment: as the clock on the wall had it. A box that is not ticked is not sent."""

    moment: datetime
    metgezel: Annotated[str, Field(max_length=32)] = ""
    getroffen: Getroffen
    gelegitimeerd: bool = False
    toestemming: Toestemming = Toestemming.NIET_GEVRAAGD
    binnen: bool = False
    sporen: bool = False
    bevinding: Annotated[str, Field(max_length=2000, pattern=NO_NUL)] = ""
    opmerking: Annotated[str, Field(max_length=500, pattern=NO_NUL)] = ""

    @field_validator("moment")
    @classmethod
    def on_the_wall(cls, value: datetime) -> datetime:
        """A field for date and time sends no zone."""
        return value if value.tzinfo else value.replace(tzinfo=WALL)


@router.get(LIST, dependencies=[requires(Permission.ONDERZOEK_LEZEN)])
def own_cases(
    request: Request,
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
    toon: Annotated[Literal["lopend", "afgerond"], Query()] = "lopend",
) -> HTMLResponse:
    """What is up to me, what is up to others, and what nobody handles."""
    closed = toon == "afgerond"
    lines = cases.own_lines(desk, person, trace, closed=closed)
    lost: tuple[Case, ...] = ()
    if may(person, Permission.GOEDKEUREN) and not closed:
        with desk.database.looking() as read:
            lost = without_handler(read, person)
    clocks = [line.item.klokken.dringendst.stand for line in lines]
    return render(
        request,
        "onderzoeken.html",
        klaar=closed,
        uw=[line for line in lines if line.item.nu.uw and not closed],
        ander=[line for line in lines if not line.item.nu.uw and not closed],
        afgerond=lines if closed else [],
        zonder=[case for case in lost if not case.parts_of(person.id)],
        te_laat=clocks.count(Klok.TE_LAAT),
        bijna=clocks.count(Klok.BIJNA),
    )


@router.post(LIST + "/{id}/toewijzen", dependencies=[requires(Permission.GOEDKEUREN)])
def assign(id: CaseId, desk: TheDesk, person: Someone, trace: TheTrace) -> Response:
    """Have a handler drawn for a case without one. Who asks sees nothing of the case."""
    with desk.database.unit(person, trace) as unit:
        assign_again(unit, person, id)
    return RedirectResponse(LIST, status_code=HTTPStatus.SEE_OTHER)


@router.get(LIST + "/{id}", dependencies=[requires(Permission.ONDERZOEK_LEZEN)])
def one_case(request: Request, id: CaseId, desk: TheDesk, person: Someone, trace: TheTrace) -> HTMLResponse:
    """One investigation; before the declaration of no tie only the question."""
    found = cases.dossier(desk, person, trace, id)
    case = found.zaak
    common: dict[str, Any] = {
        "dossier": found,
        "zaak": case,
        "plek": found.plek,
        "klokken": found.item.klokken,
        "nu": found.item.nu,
        "sleutel": lambda: secrets.token_urlsafe(16),
        "moment": moment,
    }
    if not found.open:
        return render(request, "onderzoek_verklaring.html", **common)
    return render(
        request,
        "onderzoek.html",
        **common,
        weg=WAY,
        adres_lezen=may(person, Permission.ADRES_LEZEN),
        stappen=[one for one in found.mogelijk if one.stap not in ASIDE],
        terzijde=[one for one in found.mogelijk if one.stap in ASIDE],
        metgezellen=[(one, found.namen.get(one, one)) for one in companions(case, person.id)],
        tijdlijn=list(reversed(case.stappen)),
        bezoek_van={visit.nr: visit for visit in case.bezoeken},
        veld=field.of_case(desk, person, case),
        naam=lambda step: _name(found, step),
        nu_op_de_wand=desk.database.clock().astimezone(WALL).strftime("%Y-%m-%dT%H:%M"),
        bezoekers=[found.namen.get(one, one) for one in case.people(Deel.BEZOEKER)],
    )


@router.post(LIST + "/{id}/stappen", dependencies=[requires(Permission.ONDERZOEK_LEZEN)])
def take_step(
    id: CaseId, form: Annotated[StepForm, Form()], desk: TheDesk, person: Someone, trace: TheTrace
) -> Response:
    """Take a step. Who passed the case on goes back to the list: it is theirs no more."""
    asked = Act(
        stap=Stap(form.stap.value),
        versie=form.versie,
        sleutel=form.sleutel,
        motivering=form.motivering,
        uitkomst=form.uitkomst,
        zorg=form.zorg,
    )
    cases.take(desk, person, trace, id, asked)
    to = LIST if asked.stap is Stap.WEL_BAND else f"{LIST}/{id}"
    return RedirectResponse(to, status_code=HTTPStatus.SEE_OTHER)


@router.post(LIST + "/{id}/bezoeken", dependencies=[requires(Permission.BEZOEKEN)])
def record_visit(
    id: CaseId, form: Annotated[VisitForm, Form()], desk: TheDesk, person: Someone, trace: TheTrace
) -> Response:
    """Write a visit down."""
    asked = Act(stap=Stap.BEZOEK, versie=form.versie, sleutel=form.sleutel)
    seen = {name: value for name, value in form if name not in {"versie", "sleutel"}}
    cases.visit(desk, person, trace, id, asked, Attempt(**seen))
    return RedirectResponse(f"{LIST}/{id}#bezoeken", status_code=HTTPStatus.SEE_OTHER)


@router.post(LIST + "/{id}/brieven", dependencies=[requires(Permission.ONDERZOEK_DOEN)])
def write_letter(
    id: CaseId, form: Annotated[LetterForm, Form()], desk: TheDesk, person: Someone, trace: TheTrace
) -> Response:
    """A letter to be saved; that it was made is a step."""
    asked = Act(stap=Stap.BRIEF, versie=form.versie, sleutel=form.sleutel)
    made = cases.write_letter(desk, person, trace, id, asked, form.brief)
    return attachment(made.naam, made.inhoud)


def moment(value: datetime) -> str:
    """2026-11-25T09:00Z -> "25 november 2026, 10.00 uur"."""
    there = value.astimezone(WALL)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}, {there.hour}.{there.minute:02} uur"


def _name(found: Dossier, step: Any) -> str:
    """Whose step it was; "" for the service and for who passed the case on: that is nobody's business."""
    return "" if step.stap in PASSED_ON else found.namen.get(step.persoon, step.persoon)
