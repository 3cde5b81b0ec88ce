"""The chain worked out again, the slow plain way: from the words at the top of service/logs/line.py alone."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import text

from service.db.database import Database
from service.logs.entry import Entry, Trace
from service.logs.verify import Chain, verify
from service.people import Person, Role
from tests.service.serving import someone

ADDRESSES = tuple(f"0175010000{n:06d}" for n in range(200))
READER = someone(Role.BEOORDELAAR, name="lezer")


def holds_by_hand(database: Database, before: bytes = bytes(32), first: int = 1) -> bool:
    """Whether every row of the audit log has the number and the hash that it should have."""
    with database.looking() as read:
        rows = read.execute(text("select * from auditlogboek order by nr")).all()
    for expected, (*told, found) in enumerate(rows, start=first):
        words = json.dumps(list(told), ensure_ascii=False, separators=(",", ":"))
        before = hashlib.sha256(before + words.encode()).digest()
        if told[0] != expected or bytes(found) != before:
            return False
    return bool(rows)


def checked(database: Database) -> Chain:
    with database.looking() as read:
        return verify(read)


def entry(*adressen: str, doel: str = "spookbewoning") -> Entry:
    return Entry(
        handeling="ranglijst.lezen",
        object_soort="ranglijst",
        object_id=doel,
        adressen=adressen,
        bijzonderheden=(("run", "2026-11"), ("doel", doel)),
    )


def read(database: Database, *adressen: str, person: Person = READER) -> None:
    """Somebody is shown these addresses."""
    with database.reading(person, Trace(herkomst="10.0.0.7")) as unit:
        unit.log(entry(*adressen))


def closed(database: Database, log: str) -> None:
    """Make a log read-only, as a table can be."""
    with database.engine.begin() as connection:
        if database.engine.dialect.name == "sqlite":
            connection.execute(
                text(f"create trigger dicht before insert on {log} begin select raise(abort, 'alleen lezen'); end")
            )
            return
        connection.execute(
            text(
                "create function dicht() returns trigger language plpgsql as "
                "$$ begin raise exception 'alleen lezen'; end $$"
            )
        )
        connection.execute(text(f"create trigger dicht before insert on {log} execute function dicht()"))
