"""Which steps somebody can take now, with what each asks for: for the forms of the page and of the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from features.sources.onderzoeken import UITKOMSTEN
from service.cases.codes import NEEDS_INTENTION, NEEDS_VISIT, WITHDRAWN, Toestand
from service.cases.policy import Policy
from service.cases.reach import roles
from service.cases.records import Case
from service.cases.rules import ZORG, Act, check
from service.cases.steps import TABLE, Stap
from service.faults import Conflict, InputFault
from service.people import Person


@dataclass(frozen=True, kw_only=True)
class Option:
    """One step that is possible now. uitkomsten, zorg: the words to choose from; empty = none is asked for."""

    stap: Stap
    motivering: bool
    uitkomsten: tuple[str, ...] = ()
    zorg: tuple[str, ...] = ()


def options(connection: Connection, case: Case, person: Person, now: datetime, policy: Policy) -> tuple[Option, ...]:
    """What `person` may do in `case`, in the order of the table; nothing before they declared to have no tie.

    The same rules are asked that refuse a step, so what is offered is what is taken.
    """
    if not case.declared(person.id):
        return ()
    parts = roles(case, person)
    found: list[Option] = []
    for rule in TABLE:
        if rule.apart or not rule.wie & parts:
            continue
        choices = outcomes(case) if rule.uitkomst else ()
        care = ZORG if rule.stap is Stap.ZORG_OVERDRAGEN else ()
        probe = Act(
            stap=rule.stap,
            versie=case.versie,
            sleutel="",
            motivering="-",
            uitkomst=choices[0] if choices else "",
            zorg=ZORG[0],
        )
        try:
            check(connection, case, probe, person.id, now, policy)
        except (Conflict, InputFault):
            continue
        found.append(Option(stap=rule.stap, motivering=rule.motivering, uitkomsten=choices, zorg=care))
    return tuple(found)


def outcomes(case: Case) -> tuple[str, ...]:
    """The outcomes that can be proposed from where the case stands."""
    told = case.toestand in (Toestand.VOORNEMEN, Toestand.AFGEROND)
    return tuple(
        outcome
        for outcome in UITKOMSTEN
        if outcome != WITHDRAWN
        and (told or outcome not in NEEDS_INTENTION)
        and (case.bezoeken or outcome not in NEEDS_VISIT)
    )
