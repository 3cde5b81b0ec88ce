"""Who judges what: by lot, evenly, and never chosen. Whoever passes an address on does not get it again.

Each address goes to one of those who have fewest waiting; between them the lot decides, keyed by the address's own id,
so that it can be done again from what was written down. People come and go: what lies with somebody who may no longer
judge here is dealt out anew the next time a colleague opens the list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from service.db.database import Database, Unit
from service.logs.entry import Entry, Trace
from service.people import Person
from service.permissions import Permission
from service.signin import roster
from service.worklist.codes import Stand
from service.worklist.tables import toewijzingen, werkitems

NOBODY = ""


def assign(unit: Unit, gemeente: str, items: Sequence[str]) -> int:
    """Deal `items` (open, of `gemeente`) out among who may judge there; how many found somebody."""
    people = [person.id for person in roster.active(unit.connection, Permission.OORDELEN, gemeente)]
    waiting = _waiting(unit.connection, people)
    had = _had(unit.connection, items)
    dealt = 0
    for item in sorted(items):
        able = [person for person in people if person not in had.get(item, ())]
        chosen = min(able, key=lambda person: (waiting[person], _lot(item, person)), default=NOBODY)
        _hand_over(unit, item, chosen)
        if chosen:
            waiting[chosen] += 1
            dealt += 1
    return dealt


def spread(database: Database, person: Person, trace: Trace) -> None:
    """Deal out what lies with nobody, or with somebody who may not judge there now, in the gemeenten of `person`."""
    with database.looking() as read:
        left = {gemeente: _left(read, gemeente) for gemeente in sorted(person.gemeenten)}
    if not any(left.values()):
        return
    with database.unit(person, trace) as unit:
        dealt = sum(assign(unit, gemeente, _left(unit.connection, gemeente)) for gemeente in left)
        told = (("aantal", str(dealt)),)
        unit.log(Entry(handeling="werkvoorraad.verdelen", object_soort="werkvoorraad", bijzonderheden=told))


def _left(connection: Connection, gemeente: str) -> list[str]:
    """The open items of `gemeente` for which there is somebody, and that lie with nobody who can do them."""
    people = {person.id for person in roster.active(connection, Permission.OORDELEN, gemeente)}
    rows = connection.execute(
        select(werkitems.c.id).where(
            werkitems.c.gemeente == gemeente,
            werkitems.c.stand == Stand.OPEN,
            werkitems.c.behandelaar.not_in(people),
        )
    )
    items = list(rows.scalars())
    had = _had(connection, items)
    return [item for item in items if people - had.get(item, set())]


def _waiting(connection: Connection, people: Sequence[str]) -> dict[str, int]:
    rows = connection.execute(
        select(werkitems.c.behandelaar, func.count().label("aantal"))
        .where(werkitems.c.behandelaar.in_(people), werkitems.c.stand == Stand.OPEN)
        .group_by(werkitems.c.behandelaar)
    )
    return {**dict.fromkeys(people, 0), **{row.behandelaar: row.aantal for row in rows}}


def _had(connection: Connection, items: Iterable[str]) -> dict[str, set[str]]:
    """Per item who passed it on."""
    found: dict[str, set[str]] = {}
    rows = connection.execute(
        select(toewijzingen.c.item_id, toewijzingen.c.persoon)
        .join(werkitems, werkitems.c.id == toewijzingen.c.item_id)
        .where(werkitems.c.stand == Stand.OPEN, toewijzingen.c.tot.is_not(None), toewijzingen.c.doorgegeven)
    )
    wanted = set(items)
    for item, person in rows:
        if item in wanted:
            found.setdefault(item, set()).add(person)
    return found


def _lot(item: str, person: str) -> bytes:
    return hashlib.sha256(f"{item}|{person}".encode()).digest()


def _hand_over(unit: Unit, item: str, person: str) -> None:
    end(unit.connection, item, unit.now, passed_on=False)
    unit.connection.execute(update(werkitems).where(werkitems.c.id == item).values(behandelaar=person))
    if person == NOBODY:
        return
    last = unit.connection.execute(select(func.max(toewijzingen.c.nr)).where(toewijzingen.c.item_id == item)).scalar()
    row = {"item_id": item, "nr": (last or 0) + 1, "persoon": person, "sinds": unit.now, "doorgegeven": False}
    unit.connection.execute(insert(toewijzingen), row)


def end(connection: Connection, item: str, now: datetime, *, passed_on: bool) -> None:
    """Whoever has the item has it no longer."""
    connection.execute(
        update(toewijzingen)
        .where(toewijzingen.c.item_id == item, toewijzingen.c.tot.is_(None))
        .values(tot=now, doorgegeven=passed_on)
    )
