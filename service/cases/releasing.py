"""Two people give outcomes out: one asks with a reason, another who is signed in agrees, then a file is made once.

The yes holds for a day: what it was given for is at hand then. Both must still work here, and may give out in every
gemeente of the request, at the moment that the file is made. The reason is not in the logs: it may name somebody.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from service.cases.tables import uitleververzoeken as table
from service.db.database import Unit
from service.faults import Conflict, InputFault
from service.logs.entry import Entry
from service.people import Person
from service.permissions import Permission
from service.signin import roster
from service.web.teksten import text

VALID = timedelta(days=1)  # after the yes
LEAST, MOST = 10, 1000  # characters of a reason
OBJECT = "uitleververzoek"


class Stand(StrEnum):
    """Where a request stands."""

    WACHT = "wacht"
    AFGEWEZEN = "afgewezen"
    BEVESTIGD = "bevestigd"
    GEMAAKT = "gemaakt"
    VERLOPEN = "verlopen"


@dataclass(frozen=True, kw_only=True)
class ReleaseRequest:
    """door, tweede: pseudonyms, "" = nobody yet. gemaakt: when its file was made."""

    id: str
    gemeenten: tuple[str, ...]
    reden: str
    door: str
    op: datetime
    tweede: str
    beslist: datetime | None
    akkoord: bool | None
    gemaakt: datetime | None

    @property
    def tot(self) -> datetime | None:
        """The end of the day in which the file can be made; None without a yes."""
        return self.beslist + VALID if self.beslist and self.akkoord else None

    def stand(self, now: datetime) -> Stand:
        """Where it stands at `now`."""
        if self.akkoord is None:
            return Stand.WACHT
        if self.tot is None:
            return Stand.AFGEWEZEN
        if self.gemaakt:
            return Stand.GEMAAKT
        return Stand.BEVESTIGD if now <= self.tot else Stand.VERLOPEN


def ask(unit: Unit, gemeenten: frozenset[str], reden: str) -> ReleaseRequest:
    """The first step, by `unit.person`. Raises InputFault on a reason of no words or a gemeente that is not theirs."""
    person = _somebody(unit)
    if not LEAST <= len(reden.strip()) <= MOST:
        raise InputFault("reden", text("uitlevering.geen_reden"))
    if not gemeenten or not gemeenten <= person.gemeenten:
        raise InputFault("gemeenten", text("uitlevering.geen_gemeente"))
    row = {
        "id": secrets.token_hex(16),
        "gemeenten": ",".join(sorted(gemeenten)),
        "reden": reden.strip(),
        "door": person.id,
        "op": unit.now,
        "tweede": "",
        "uitlevering_id": "",
    }
    unit.connection.execute(insert(table), row)
    unit.log(Entry(handeling="uitlevering.vragen", object_soort=OBJECT, object_id=str(row["id"])))
    return needed(unit.connection, str(row["id"]))


def decide(unit: Unit, id: str, *, akkoord: bool) -> ReleaseRequest | None:
    """The second step, by somebody else; None where there is no such request for them.

    Raises Conflict for who asked, and where it was decided already.
    """
    person = _somebody(unit)
    found = one(unit.connection, id)
    if found is None or not set(found.gemeenten) <= person.gemeenten:
        return None
    if found.door == person.id:
        raise Conflict(text("uitlevering.zelf"))
    changed = unit.connection.execute(
        update(table)
        .where(table.c.id == id, table.c.beslist.is_(None))
        .values(tweede=person.id, beslist=unit.now, akkoord=akkoord)
    ).rowcount
    if not changed:
        raise Conflict(text("uitlevering.al_beslist"))
    doing = "uitlevering.bevestigen" if akkoord else "uitlevering.afwijzen"
    unit.log(Entry(handeling=doing, object_soort=OBJECT, object_id=id))
    return needed(unit.connection, id)


def use(unit: Unit, id: str, uitlevering: str) -> ReleaseRequest:
    """Use the yes up, for the file that is made in this unit of work.

    Raises Conflict when there is no yes (any more), or one of the two may not give out (any more).
    """
    found = one(unit.connection, id)
    if found is None or found.stand(unit.now) is not Stand.BEVESTIGD:
        raise Conflict(text("uitlevering.niet_open"))
    for gemeente in found.gemeenten:
        able = {person.id for person in roster.active(unit.connection, Permission.UITVOEREN, gemeente)}
        if not {found.door, found.tweede} <= able:
            raise Conflict(text("uitlevering.niet_meer"))
    taken = update(table).where(table.c.id == id, table.c.gemaakt.is_(None))
    if not unit.connection.execute(taken.values(gemaakt=unit.now, uitlevering_id=uitlevering)).rowcount:
        raise Conflict(text("uitlevering.niet_open"))
    return found


def of_person(connection: Connection, person: Person) -> tuple[ReleaseRequest, ...]:
    """One's own requests, the newest first."""
    return _all(connection, table.c.door == person.id, newest=True)


def waiting(connection: Connection, person: Person) -> tuple[ReleaseRequest, ...]:
    """What waits for a second person and `person` may decide on; the oldest first."""
    rows = _all(connection, table.c.beslist.is_(None) & (table.c.door != person.id), newest=False)
    return tuple(row for row in rows if set(row.gemeenten) <= person.gemeenten)


def one(connection: Connection, id: str) -> ReleaseRequest | None:
    """The request, whoever asks; None when there is none."""
    return next(iter(_all(connection, table.c.id == id, newest=True)), None)


def needed(connection: Connection, id: str) -> ReleaseRequest:
    """The request that must be there. Raises RuntimeError when it is not."""
    found = one(connection, id)
    if found is None:
        raise RuntimeError("a request that was just written is not there")
    return found


def _all(connection: Connection, which: ColumnElement[bool], *, newest: bool) -> tuple[ReleaseRequest, ...]:
    order = table.c.op.desc() if newest else table.c.op
    return tuple(_request(row._mapping) for row in connection.execute(select(table).where(which).order_by(order)))


def _request(row: Any) -> ReleaseRequest:
    about = {name: value for name, value in row.items() if name not in ("gemeenten", "uitlevering_id")}
    return ReleaseRequest(**about, gemeenten=tuple(row["gemeenten"].split(",")))


def _somebody(unit: Unit) -> Person:
    if unit.person is None:
        raise ValueError("A request to give out without a person.")
    return unit.person
