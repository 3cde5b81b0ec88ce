"""Server-side sessions: the cookie is a random number, everything else is here, and signing out ends it at once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from service.people import Person, Role
from service.signin.tables import personen, sessies

COOKIE = "__Host-schijnwerper"
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)  # how exact the idle clock is: not every request is a write


@dataclass(frozen=True, kw_only=True)
class Session:
    """An open session: who, and the token every form of theirs carries."""

    person: Person
    csrf: str
    hash: str
    seen: datetime


def hashed(cookie: str) -> str:
    """What is stored of a cookie."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def begin(connection: Connection, person: Person, now: datetime) -> str:
    """Store the person as signed in now and open a session; returns the cookie's value."""
    row = {
        "naam": person.naam,
        "rollen": ",".join(sorted(person.rollen)),
        "gemeenten": ",".join(sorted(person.gemeenten)),
        "teams": ",".join(sorted(person.teams)),
        "actief": True,
        "laatst": now,
    }
    known = connection.execute(update(personen).where(personen.c.id == person.id).values(row)).rowcount
    if not known:
        connection.execute(personen.insert(), {"id": person.id, **row})
    cookie = secrets.token_urlsafe(32)
    connection.execute(
        sessies.insert(),
        {
            "hash": hashed(cookie),
            "persoon_id": person.id,
            "csrf": secrets.token_urlsafe(32),
            "begonnen": now,
            "gezien": now,
        },
    )
    return cookie


def find(connection: Connection, cookie: str, now: datetime) -> Session | None:
    """The session of a cookie; None when there is none, or it sat idle or lasted too long."""
    row = connection.execute(
        select(sessies, personen)
        .join(personen, sessies.c.persoon_id == personen.c.id)
        .where(sessies.c.hash == hashed(cookie), personen.c.actief)
    ).first()
    if row is None or now - row.gezien > IDLE or now - row.begonnen > ABSOLUTE:
        return None
    return Session(person=person_of(row), csrf=row.csrf, hash=row.hash, seen=row.gezien)


def end(connection: Connection, cookie: str) -> None:
    """Sign out."""
    connection.execute(delete(sessies).where(sessies.c.hash == hashed(cookie)))


def person_of(row: object) -> Person:
    """A row of `personen`."""
    get = row._mapping  # type: ignore[attr-defined]
    return Person(
        id=get["id"],
        naam=get["naam"],
        rollen=frozenset(Role(name) for name in _split(get["rollen"])),
        gemeenten=frozenset(_split(get["gemeenten"])),
        teams=frozenset(_split(get["teams"])),
    )


def _split(text: str) -> list[str]:
    return [part for part in text.split(",") if part]
