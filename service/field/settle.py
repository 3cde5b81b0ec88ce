"""A person decides what becomes of a visit that clashed: a further step after all, or kept as a note. Never both."""

from __future__ import annotations

from enum import StrEnum

from fastapi import HTTPException
from sqlalchemy import update

from service.cases import visits
from service.cases.codes import Deel
from service.cases.policy import Policy
from service.cases.reach import roles, visible
from service.cases.records import Case
from service.db.database import Unit
from service.faults import Conflict, InputFault
from service.field.codes import Uitslag
from service.field.kept import Kept, one
from service.field.tables import veldbezoeken
from service.logs.entry import Entry
from service.people import Person
from service.web.teksten import text


class Besluit(StrEnum):
    """What can be decided."""

    TOEVOEGEN = "toevoegen"
    NOTITIE = "notitie"


def may_settle(case: Case, person: Person) -> bool:
    """Whether it is up to this person: who handles the investigation and declared to have no tie."""
    return Deel.BEHANDELAAR in roles(case, person) and case.declared(person.id)


def can_add(case: Case) -> bool:
    """Whether the visit can still become a step: not once it is decided, nor while the second person has it."""
    return case.loopt and case.wacht_op is None and case.uitkomst is None


def settle(
    unit: Unit, person: Person, id: str, decision: Besluit, reason: str, policy: Policy, *, shielded: bool
) -> Kept:
    """Decide. Raises 404 for who has no part in the case, Conflict when it was decided already, it is not up to them or
    it cannot be added any more, InputFault without a reason.
    """
    kept = one(unit.connection, id)
    case = visible(unit.connection, person, kept.bezoek.onderzoek_id) if kept is not None else None
    if kept is None or case is None:
        raise HTTPException(404)
    if not may_settle(case, person):
        raise Conflict(text("veld_fout.behandelaar_beslist"))
    if kept.toestand is not Uitslag.BOTST:
        raise Conflict(text("veld_fout.al_besloten"))
    if not reason.strip():
        raise InputFault("motivering", text("onderzoek_fout.motivering"))
    nr = None
    if decision is Besluit.TOEVOEGEN:
        if not can_add(case):
            raise Conflict(text("veld_fout.kan_niet_meer"))
        attempt = kept.bezoek.attempt(kept.ontvangen)
        company = frozenset({kept.bezoek.metgezel})  # who went along was checked when it came in
        visits.check_attempt(case, kept.persoon, attempt, unit.now, policy, afgeschermd=shielded, gezelschap=company)
        nr = visits.add(unit, case, attempt, id, bezoeker=kept.persoon, door=person.id)
    outcome = Uitslag.TOEGEVOEGD if nr is not None else Uitslag.NOTITIE
    decided = unit.connection.execute(
        update(veldbezoeken)
        .where(veldbezoeken.c.id == id, veldbezoeken.c.toestand == Uitslag.BOTST.value)
        .values(
            toestand=outcome.value,
            stap_nr=nr,
            besloten_door=person.id,
            besloten=unit.now,
            besluit_reden=reason.strip(),
        )
    ).rowcount
    if decided != 1:
        raise Conflict(text("veld_fout.al_besloten"))
    about = (("uitslag", outcome.value),)
    unit.log(
        Entry(
            handeling="veld.besluiten",
            object_soort="veldbezoek",
            object_id=id,
            adressen=(case.identificatie,),
            bijzonderheden=about,
        )
    )
    after = one(unit.connection, id)
    if after is None:
        raise HTTPException(404)
    return after
