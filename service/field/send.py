"""Taking in a visit that a phone sends: once, as a step of its investigation, or kept whole when that cannot be.

One unit of work holds the row, the step and both logs. Sent again, the same answer is given again.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import HTTPException
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from service.cases import visits
from service.cases.acting import act
from service.cases.codes import Deel
from service.cases.policy import Policy
from service.cases.reach import roles
from service.cases.records import Case, load
from service.cases.rules import Act
from service.cases.steps import RULES, Stap
from service.cases.write import change, entry, join, step
from service.db.database import Unit
from service.faults import Conflict
from service.field.clash import clash
from service.field.codes import Botsing, Uitslag
from service.field.kept import Kept, one
from service.field.policy import Veld
from service.field.tables import veldbezoeken
from service.field.visit import FieldVisit
from service.logs.entry import Entry
from service.people import Person
from service.rounds.records import Adres, Ronde
from service.web.teksten import text

OBJECT = "veldbezoek"


class Different(Conflict):
    """Another visit came in under this number before: no use in sending it again."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What decides besides the visit itself."""

    onderzoek: Policy
    veld: Veld


def send(unit: Unit, person: Person, visit: FieldVisit, round_: Ronde | None, rules: Rules, *, shielded: bool) -> Kept:
    """Take it in. round_: of the visit, None when it is not there (any more) or is not the person's.

    Raises 404 when there is no such door or investigation, Different, InputFault on what cannot be, Conflict when
    somebody changed the investigation at this very moment (ask again).
    """
    known = one(unit.connection, visit.id)
    if known is not None:
        return _again(unit, person, visit, known)
    address = _address(round_, visit)
    case = load(unit.connection, visit.onderzoek_id) if visit.onderzoek_id else None
    _check_reach(person, case, address, visit)
    hidden = shielded if case is not None else address is None or address.afgeschermd
    visit.check(afgeschermd=hidden, photos=rules.veld.fotos)
    if case is None:
        return _keep(unit, person, visit, _identificatie(case, address), Uitslag.NOTITIE)
    company = frozenset(round_.leden) if round_ is not None else frozenset()
    attempt = visit.attempt(unit.now)
    visits.check_attempt(case, person.id, attempt, unit.now, rules.onderzoek, afgeschermd=shielded, gezelschap=company)
    stranger = address is None and not case.parts_of(person.id)
    why = Botsing.NIET_VAN_U if stranger else clash(case, visit.versie, person.id)
    if why is not None:
        if case.parts_of(person.id) and not case.declared(person.id):
            case = _declared(unit, person, visit, case, rules)  # so that the visitor sees both sides
        return _keep(unit, person, visit, case.identificatie, Uitslag.BOTST, case=case, why=why)
    nr = _step(unit, person, visit, case, rules, company, shielded=shielded)
    return _keep(unit, person, visit, case.identificatie, Uitslag.VERWERKT, case=case, nr=nr)


def _again(unit: Unit, person: Person, visit: FieldVisit, known: Kept) -> Kept:
    """It came in before: the same answer, when it is the same visit of the same person."""
    if known.persoon != person.id or known.vingerafdruk != visit.fingerprint():
        raise Different(text("veld_fout.ander_bezoek"))
    addresses = (known.identificatie,)
    unit.log(Entry(handeling="veld.herhaald", object_soort=OBJECT, object_id=visit.id, adressen=addresses))
    return known


def _address(round_: Ronde | None, visit: FieldVisit) -> Adres | None:
    """The door in the round."""
    doors = (door for stop in round_.stops for door in stop.adressen) if round_ is not None else iter(())
    return next((door for door in doors if (door.id, door.onderzoek_id) == (visit.adres_id, visit.onderzoek_id)), None)


def _check_reach(person: Person, case: Case | None, address: Adres | None, visit: FieldVisit) -> None:
    """Raises 404 unless it is a door of a round of theirs, or an investigation in one of their gemeenten.

    A round can be gone when its people come back: the plan was replaced. What they wrote down is not refused for it; it
    waits for a person, and tells them nothing of the investigation.
    """
    if visit.onderzoek_id and (case is None or case.gemeente not in person.gemeenten):
        raise HTTPException(404)
    if address is None and case is None:
        raise HTTPException(404)
    if case is not None and address is not None and address.identificatie != case.identificatie:
        raise HTTPException(404)


def _identificatie(case: Case | None, address: Adres | None) -> str:
    return case.identificatie if case is not None else address.identificatie if address is not None else ""


def _step(
    unit: Unit,
    person: Person,
    visit: FieldVisit,
    case: Case,
    rules: Rules,
    company: frozenset[str],
    *,
    shielded: bool,
) -> int:
    """Become a visitor of the case if need be, declare to have no tie, and write the visit down; its number."""
    now = case
    if not RULES[Stap.BEZOEK].wie & roles(now, person):
        now = _joined(unit, person, visit, now)
    if not now.declared(person.id):
        now = _declared(unit, person, visit, now, rules)
    asked = Act(stap=Stap.BEZOEK, versie=now.versie, sleutel=visit.id)
    attempt = visit.attempt(unit.now)
    return visits.record(
        unit, person, case.id, asked, attempt, rules.onderzoek, afgeschermd=shielded, gezelschap=company
    )


def _declared(unit: Unit, person: Person, visit: FieldVisit, case: Case, rules: Rules) -> Case:
    """The declaration of no tie that was made on the phone, told as a step."""
    act(
        unit,
        person,
        case.id,
        Act(stap=Stap.GEEN_BAND, versie=case.versie, sleutel=f"{visit.id}-band"),
        rules.onderzoek,
    )
    return _fresh(unit, case.id)


def _joined(unit: Unit, person: Person, visit: FieldVisit, case: Case) -> Case:
    """Whoever has it in their round has part in it: as a visitor, told as a step."""
    change(unit, case, 1, {})
    told = {"deel": Deel.BEZOEKER.value, "gekozen": person.id, "ronde": visit.ronde_id}
    nr = case.versie + 1
    step(unit, case.id, nr, Stap.TOEWIJZEN, case.toestand, case.toestand, gegevens=told, sleutel=f"{visit.id}-deel")
    join(unit, case.id, person.id, Deel.BEZOEKER)
    unit.log(entry(case.id, case.identificatie, Stap.TOEWIJZEN, nr))
    return _fresh(unit, case.id)


def _fresh(unit: Unit, id: str) -> Case:
    found = load(unit.connection, id)
    if found is None:
        raise HTTPException(404)
    return found


def _keep(
    unit: Unit,
    person: Person,
    visit: FieldVisit,
    identificatie: str,
    outcome: Uitslag,
    *,
    case: Case | None = None,
    why: Botsing | None = None,
    nr: int | None = None,
) -> Kept:
    row = {
        "id": visit.id,
        "adresseerbaarobject_identificatie": identificatie,
        "onderzoek_id": visit.onderzoek_id or None,
        "ronde_id": visit.ronde_id,
        "persoon": person.id,
        "moment": visit.moment,
        "ontvangen": unit.now,
        "inhoud": visit.document(),
        "vingerafdruk": visit.fingerprint(),
        "toestand": outcome.value,
        "botsing": why.value if why else "",
        "versie_toen": case.versie if case else 0,
        "stap_nr": nr,
        "besloten_door": "",
        "besloten": None,
        "besluit_reden": "",
    }
    try:
        unit.connection.execute(insert(veldbezoeken), row)
    except IntegrityError as fault:  # the same visit, sent twice at once
        raise Conflict(text("onderzoek_fout.ander_was_eerst")) from fault
    about = (("uitslag", outcome.value),)
    unit.log(
        Entry(
            handeling="veld.ontvangen",
            object_soort=OBJECT,
            object_id=visit.id,
            adressen=(identificatie,),
            bijzonderheden=about,
        )
    )
    kept = one(unit.connection, visit.id)
    if kept is None:
        raise HTTPException(404)
    return kept
