"""Reading the logs is written in the logs: what the auditor's API and pages have in common."""

from __future__ import annotations

from datetime import datetime

from service.db.database import Unit
from service.desk import Desk
from service.logs import read
from service.logs.entry import Entry
from service.logs.read import Filter, Regel
from service.looked import full_look
from service.people import Person
from service.served import Served, address, served


def people(unit: Unit, person: Person) -> frozenset[str]:
    """Whose rows this person may read."""
    return frozenset(read.colleagues(unit.connection, person))


def rows(unit: Unit, person: Person, wanted: Filter, *, below: int | None, limit: int) -> tuple[Regel, ...]:
    """Rows of the audit log, the newest first, one more than `limit` where there are more."""
    found = read.regels(unit.connection, wanted, people(unit, person), below=below, limit=limit + 1)
    unit.log(Entry(handeling="logboek.lezen", object_soort="logboek", object_id="auditlogboek"))
    return found


def viewed(
    unit: Unit, desk: Desk, person: Person, id: str, *, van: datetime | None, tot: datetime | None
) -> tuple[Served, ...]:
    """Who saw the address of an opaque id, and what the run said of it then. Raises HTTPException 404 on an address
    that is not there or not of this person, Conflict while they have yet to judge it or investigate it.
    """
    about = full_look(desk, desk.publications.current(), person, address(desk.publications, id))
    found = read.inzagen(unit.connection, desk.database.key, about.identificatie, van=van, tot=tot)
    unit.log(Entry(handeling="logboek.adres", object_soort="adres", object_id=id, adressen=(about.identificatie,)))
    return served(desk.publications, id, found)
