"""Taking a step: one unit of work in which case, people, step and logs change together or not at all."""

from __future__ import annotations

from fastapi import HTTPException

from service.cases import effects
from service.cases.assigning import assign, handlers_ever
from service.cases.codes import Deel
from service.cases.policy import Policy
from service.cases.reach import roles, visible, without_handler
from service.cases.records import Case
from service.cases.rules import Act, check
from service.cases.steps import RULES, Stap
from service.cases.write import OBJECT, change, drawn, entry, join, leave
from service.db.database import Unit
from service.faults import Conflict, Forbidden
from service.logs.entry import Entry
from service.people import Person
from service.web.teksten import text

TIE = frozenset({Stap.GEEN_BAND, Stap.WEL_BAND})


def act(unit: Unit, person: Person, id: str, asked: Act, policy: Policy) -> int:
    """Take the step; the number of the case's last step afterwards. Sent twice with one key it is done once.

    Raises 404 for who has no part in the case, Forbidden for who may not take this step, Conflict when it is not
    allowed from here or somebody else was first, InputFault when something is missing.
    """
    if RULES[asked.stap].apart and asked.stap not in TIE:
        raise Conflict(text("onderzoek_fout.stap_kan_niet"))  # a visit and a letter have doors of their own
    case = held(unit, person, id, asked)
    if case is None:
        return asked.versie
    check(unit.connection, case, asked, person.id, unit.now, policy)
    taken = effects.take(unit, person.id, case, asked, policy)
    unit.log(entry(id, case.identificatie, asked.stap, case.versie + 1))
    return case.versie + taken


def held(unit: Unit, person: Person, id: str, asked: Act) -> Case | None:
    """The case on which `person` acts, as they saw it; None when this form was done already (that is logged).

    Raises 404, Forbidden, Conflict on a form that is older than the case or comes before the declaration of no tie.
    """
    case = visible(unit.connection, person, id)
    if case is None:
        raise HTTPException(404)
    if any(s.sleutel == asked.sleutel and s.persoon == person.id and s.stap == asked.stap for s in case.stappen):
        again = Entry(handeling="onderzoek.herhaald", object_soort=OBJECT, object_id=id, adressen=(case.identificatie,))
        unit.log(again)
        return None
    if case.versie != asked.versie:  # before anything else: what they saw is not how it is
        raise Conflict(text("onderzoek_fout.ander_was_eerst"))
    if asked.stap not in TIE and not RULES[asked.stap].wie & roles(case, person):
        raise Forbidden(asked.stap)
    if asked.stap not in TIE and not case.declared(person.id):
        raise Conflict(text("onderzoek_fout.eerst_verklaren"))
    return case


def assign_again(unit: Unit, person: Person, id: str) -> str:
    """Draw a handler for a case that has none (any more); who it became. The one who asks sees nothing of the case.

    Raises 404 when it is no such case in their gemeenten, Conflict when nobody is free or somebody else was first.
    """
    case = next((each for each in without_handler(unit.connection, person) if each.id == id), None)
    if case is None:
        raise HTTPException(404)
    others = handlers_ever(unit.connection, id) | {case.tweede, *case.people(Deel.BEZOEKER)}
    lot = assign(unit.connection, id, case.gemeente, Deel.BEHANDELAAR, frozenset(others))
    if not lot.gekozen:
        raise Conflict(text("onderzoek_fout.niemand_vrij"))
    change(unit, case, 1, {"behandelaar": lot.gekozen})
    if case.behandelaar:
        leave(unit, id, case.behandelaar, Deel.BEHANDELAAR)
    join(unit, id, lot.gekozen, Deel.BEHANDELAAR)
    drawn(unit, id, case.versie + 1, case.toestand, Deel.BEHANDELAAR, lot)
    unit.log(Entry(handeling="onderzoek.toewijzen", object_soort=OBJECT, object_id=id))
    return lot.gekozen
