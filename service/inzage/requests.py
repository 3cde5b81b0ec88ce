"""The two steps of a request for access: somebody asks with a reason, somebody else says yes or no.

Who asked alone gets the answer, for a month after the yes (GDPR art. 12(3)); the second person sees the request and not
the answer. Every step is in the logs, the reason itself is not: it may name somebody.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, select, update

from service.db.database import Unit
from service.faults import Conflict
from service.inzage.tables import inzageverzoeken as table
from service.logs.entry import Entry
from service.people import Person
from service.web.teksten import text

VALID = timedelta(days=30)  # after the yes


@dataclass(frozen=True, kw_only=True)
class AccessRequest:
    """akkoord None: nobody decided yet. tot: until when the answer can be had, None without a yes."""

    id: str
    identificatie: str
    gemeente: str
    reden: str
    door: str
    op: datetime
    tweede: str
    beslist: datetime | None
    akkoord: bool | None

    @property
    def tot(self) -> datetime | None:
        """The end of the month in which the answer can be had."""
        return self.beslist + VALID if self.beslist and self.akkoord else None

    def open_at(self, now: datetime) -> bool:
        """Whether the answer can be had."""
        return self.tot is not None and now <= self.tot


def ask(unit: Unit, identificatie: str, gemeente: str, reden: str) -> AccessRequest:
    """The first step, by `unit.person`."""
    person = _somebody(unit)
    row = {
        "id": secrets.token_hex(16),
        "adresseerbaarobject_identificatie": identificatie,
        "gemeente": gemeente,
        "reden": reden,
        "door": person.id,
        "op": unit.now,
        "tweede": "",
    }
    unit.connection.execute(insert(table), row)
    unit.log(_entry("inzage.vragen", str(row["id"]), identificatie))
    return _needed(one(unit.connection, person, str(row["id"])))


def decide(unit: Unit, id: str, *, akkoord: bool) -> AccessRequest | None:
    """The second step, by somebody else in that gemeente; None where there is no such request for them.

    Raises Conflict for who asked, and where it was decided already.
    """
    person = _somebody(unit)
    found = _first(unit.connection, and_(table.c.id == id, table.c.gemeente.in_(person.gemeenten)))
    if found is None:
        return None
    if found.door == person.id:
        raise Conflict(text("inzage.zelf"))
    changed = unit.connection.execute(
        update(table)
        .where(table.c.id == id, table.c.beslist.is_(None))
        .values(tweede=person.id, beslist=unit.now, akkoord=akkoord)
    ).rowcount
    if not changed:
        raise Conflict(text("inzage.al_beslist"))
    unit.log(_entry("inzage.bevestigen" if akkoord else "inzage.afwijzen", id, found.identificatie))
    return _first(unit.connection, table.c.id == id)


def one(connection: Connection, person: Person, id: str) -> AccessRequest | None:
    """A request of one's own."""
    return _first(connection, and_(table.c.id == id, table.c.door == person.id))


def of_person(connection: Connection, person: Person) -> tuple[AccessRequest, ...]:
    """One's own requests, the newest first."""
    rows = connection.execute(select(table).where(table.c.door == person.id).order_by(table.c.op.desc(), table.c.id))
    return tuple(map(_request, rows))


def waiting(connection: Connection, person: Person) -> tuple[AccessRequest, ...]:
    """What waits for a second person in this person's gemeenten, and is not their own; the oldest first."""
    rows = connection.execute(
        select(table)
        .where(table.c.beslist.is_(None), table.c.gemeente.in_(person.gemeenten), table.c.door != person.id)
        .order_by(table.c.op, table.c.id)
    )
    return tuple(map(_request, rows))


def _entry(handeling: str, id: str, identificatie: str) -> Entry:
    return Entry(handeling=handeling, object_soort="inzageverzoek", object_id=id, adressen=(identificatie,))


def _first(connection: Connection, condition: ColumnElement[bool]) -> AccessRequest | None:
    row = connection.execute(select(table).where(condition)).first()
    return None if row is None else _request(row)


def _request(row: Row[Any]) -> AccessRequest:
    get = row._mapping
    return AccessRequest(
        id=get["id"],
        identificatie=get["adresseerbaarobject_identificatie"],
        gemeente=get["gemeente"],
        reden=get["reden"],
        door=get["door"],
        op=get["op"],
        tweede=get["tweede"],
        beslist=get["beslist"],
        akkoord=get["akkoord"],
    )


def _somebody(unit: Unit) -> Person:
    if unit.person is None:
        raise ValueError("A request for access without a person.")
    return unit.person


def _needed(found: AccessRequest | None) -> AccessRequest:
    if found is None:
        raise RuntimeError("a request that was just written is not there")
    return found
