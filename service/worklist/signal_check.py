"""A file of signals that was uploaded: first a check that is shown, then the taking in, by the same person.

Of the file only what is read of it is kept (no name, no number of a person), until it was taken in, thrown away or a
day old.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from service.db.database import Unit
from service.desk import Desk
from service.faults import Conflict
from service.logs.entry import Entry
from service.people import Person
from service.web.teksten import text
from service.worklist.signal_file import Rejected, SignalFile, SignalRow
from service.worklist.signals import TakenIn, take_in
from service.worklist.tables import signaalkeuringen as table

KEPT = timedelta(days=1)
OBJECT = "signaalkeuring"


@dataclass(frozen=True, kw_only=True)
class Check:
    """bestand: as read, None once it was taken in. gedaan: what became of it then."""

    id: str
    op: datetime
    bestand: SignalFile | None
    gedaan: TakenIn | None


def keep(unit: Unit, file: SignalFile) -> str:
    """Keep what was read of a file for its check; the id. What lies there for longer than a day goes."""
    unit.connection.execute(delete(table).where(table.c.ingenomen.is_(None), table.c.op < unit.now - KEPT))
    row = {"id": secrets.token_hex(16), "door": _by(unit), "op": unit.now, "inhoud": _packed(file), "uitkomst": ""}
    unit.connection.execute(insert(table), row)
    told = (("gelezen", str(len(file.rijen) + len(file.afgekeurd))), ("afgekeurd", str(len(file.afgekeurd))))
    id = str(row["id"])
    unit.log(Entry(handeling="signalen.keuren", object_soort=OBJECT, object_id=id, bijzonderheden=told))
    return id


def one(connection: Connection, person: Person, id: str, now: datetime) -> Check | None:
    """One's own check; None when there is none (any more)."""
    row = connection.execute(select(table).where(table.c.id == id, table.c.door == person.id)).first()
    if row is None or (not row.uitkomst and row.op < now - KEPT):
        return None
    return Check(
        id=row.id,
        op=row.op,
        bestand=_unpacked(row.inhoud) if row.inhoud else None,
        gedaan=_told(row.uitkomst) if row.uitkomst else None,
    )


def take(unit: Unit, desk: Desk, person: Person, id: str) -> TakenIn | None:
    """Take the checked file in; None when it is not there for this person. Raises Conflict when it was taken in."""
    found = one(unit.connection, person, id, unit.now)
    if found is None:
        return None
    free = update(table).where(table.c.id == id, table.c.ingenomen.is_(None)).values(ingenomen=unit.now, inhoud="")
    if found.bestand is None or not unit.connection.execute(free).rowcount:
        raise Conflict(text("signaal.al_ingenomen"))
    done = take_in(unit, desk, found.bestand, person.gemeenten)
    unit.connection.execute(update(table).where(table.c.id == id).values(uitkomst=_summed(done)))
    return done


def throw_away(unit: Unit, person: Person, id: str) -> bool:
    """Throw away what was not taken in; whether there was any."""
    mine = (table.c.id == id, table.c.door == person.id, table.c.ingenomen.is_(None))
    gone = bool(unit.connection.execute(delete(table).where(*mine)).rowcount)
    if gone:
        unit.log(Entry(handeling="signalen.weggooien", object_soort=OBJECT, object_id=id))
    return gone


def _by(unit: Unit) -> str:
    if unit.person is None:
        raise ValueError("A check without a person.")
    return unit.person.id


def _packed(file: SignalFile) -> str:
    rows = [
        [r.rij, r.signaal_id, r.bron, r.soort, r.identificatie, r.ontvangen.isoformat(), _day(r.afgehandeld)]
        for r in file.rijen
    ]
    return json.dumps({"rijen": rows, "afgekeurd": _rows(file.afgekeurd)})


def _unpacked(packed: str) -> SignalFile:
    told = json.loads(packed)
    return SignalFile(
        rijen=tuple(
            SignalRow(
                rij=rij,
                signaal_id=id,
                bron=bron,
                soort=soort,
                identificatie=where,
                ontvangen=date.fromisoformat(came),
                afgehandeld=date.fromisoformat(done) if done else None,
            )
            for rij, id, bron, soort, where, came, done in told["rijen"]
        ),
        afgekeurd=_rejected(told["afgekeurd"]),
    )


def _summed(done: TakenIn) -> str:
    return json.dumps({**vars(done), "afgekeurd": _rows(done.afgekeurd)})


def _told(packed: str) -> TakenIn:
    told = json.loads(packed)
    sources = tuple((bron, number) for bron, number in told.pop("per_bron"))
    return TakenIn(**{**told, "afgekeurd": _rejected(told["afgekeurd"])}, per_bron=sources)


def _rows(rejected: Iterable[Rejected]) -> list[tuple[int, str, str]]:
    return [(one.rij, one.kolom, one.reden) for one in rejected]


def _rejected(rows: Iterable[tuple[int, str, str]]) -> tuple[Rejected, ...]:
    return tuple(Rejected(rij=rij, kolom=kolom, reden=reden) for rij, kolom, reden in rows)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
