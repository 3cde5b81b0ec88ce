"""What the pages and the API do with plans and rounds: read them with their log, and set the computing off."""

from __future__ import annotations

from datetime import date

from fastapi import HTTPException

from service.cases.clocks import local_day
from service.desk import Desk
from service.faults import Conflict
from service.logs.entry import Entry, Result, Trace
from service.people import Person
from service.permissions import Permission
from service.rounds import read, work
from service.rounds.asked import Asked
from service.rounds.keep import OBJECT
from service.rounds.make import make
from service.rounds.read import CONCEPT, plan_row
from service.rounds.records import Plangegevens, Planregel, Ronde
from service.rounds.starting import ROUND
from service.signin import roster
from service.travel.contract import TravelFault
from service.web.teksten import text


def new_plan(desk: Desk, person: Person, trace: Trace, asked: Asked, *, vast: tuple[str, ...] = ()) -> str:
    """Make a plan and begin to compute it; its id. Raises as `make.make`."""
    id = make(desk, person, trace, asked, vast=vast)
    work.begin(desk, id)
    return id


def list_plans(desk: Desk, person: Person) -> tuple[Planregel, ...]:
    """The plans of one's gemeenten; no address, so nothing to log."""
    with desk.database.looking() as connection:
        return read.plans(connection, person, desk.database.clock())


def read_plan(desk: Desk, person: Person, trace: Trace, id: str) -> Plangegevens:
    """A plan, logged as read. Raises 404 for who does not plan there."""
    with desk.database.reading(person, trace) as unit:
        found = read.plan(unit.connection, id, person, desk.publications, unit.now)
        about = read.identificaties(found.ronden, found.over) if found else ()
        result = Result.GELUKT if found else Result.GEWEIGERD
        # A plan is looked at again after every wish: that is no leafing through a town (see worklist/view.py).
        unit.log(
            Entry(
                handeling="plan.lezen",
                object_soort=OBJECT,
                object_id=id,
                adressen=about,
                resultaat=result,
                onbegrensd=True,
            )
        )
    if found is None:
        raise HTTPException(404)
    return found


def solve_again(desk: Desk, person: Person, trace: Trace, id: str, versie: int, *, thorough: bool = False) -> int:
    """Solve from the last solution while the planner waits (thorough: in the background); the plan's versie afterwards.

    Raises 404, Conflict on a stale versie or a plan that is fixed, or without travel times.
    """
    with desk.database.looking() as connection:
        row = plan_row(connection, id, person)
    if row is None:
        raise HTTPException(404)
    if row.toestand != CONCEPT:
        raise Conflict(text("plan_fout.niet_concept"))
    if row.versie != versie:
        raise Conflict(text("plan_fout.veranderd"))
    if thorough:
        work.break_off(id)
        after = work.claim(desk, person, trace, id, versie)
        work.begin(desk, id)
        return after
    try:
        return work.again(desk, person, trace, id, versie)
    except TravelFault as fault:
        raise Conflict(fault.detail) from fault


def read_round(desk: Desk, person: Person, trace: Trace, id: str) -> Ronde:
    """A round, logged as read. Raises 404 for who is neither in it nor plans there."""
    with desk.database.reading(person, trace) as unit:
        found = read.round_of(unit.connection, id, person, desk.publications)
        about = read.identificaties([found]) if found else ()
        result = Result.GELUKT if found else Result.GEWEIGERD
        unit.log(
            Entry(
                handeling="bezoekronde.lezen",
                object_soort=ROUND,
                object_id=id,
                adressen=about,
                resultaat=result,
                onbegrensd=True,  # one's own round, or a planner's: read at every stop
            )
        )
    if found is None:
        raise HTTPException(404)
    return found


def own_rounds(desk: Desk, person: Person, trace: Trace, day: date | None = None) -> tuple[Ronde, ...]:
    """One's own rounds of a day (default today), logged as read."""
    with desk.database.reading(person, trace) as unit:
        when = day or local_day(unit.now)
        found = read.rounds_of(unit.connection, person, when, desk.publications)
        about = read.identificaties(found)
        unit.log(Entry(handeling="bezoekronde.lezen", object_soort=ROUND, adressen=about, onbegrensd=True))
    return found


def crew(desk: Desk, gemeente: str) -> tuple[Person, ...]:
    """Who can be in a team there."""
    with desk.database.looking() as connection:
        return roster.active(connection, Permission.BEZOEKEN, gemeente)
