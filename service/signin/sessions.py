"""Server-side sessions: the cookie is a random number, everything else is here, and signing out ends it at once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select, update

from service.faults import SignInRefused
from service.people import Person
from service.signin import roster
from service.signin.tables import personen, sessies

COOKIE = "__Host-schijnwerper"
DEMO_COOKIE = "schijnwerper-demo"  # of a made-up person, on this machine: read in demo mode and nowhere else
SEEN_EVERY = timedelta(minutes=1)  # how exact the idle clock is: not every request is a write


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """[sessies] of dienst.toml. stil: how long one may do nothing; geheel: how long a session lasts at most."""

    stil: timedelta = timedelta(minutes=30)
    geheel: timedelta = timedelta(hours=10)

    def alive(self, begun: datetime, seen: datetime, now: datetime) -> bool:
        """Whether a session is still good."""
        return now - seen <= self.stil and now - begun <= self.geheel


DEFAULT = Sessions()


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


def begin(
    connection: Connection, person: Person, now: datetime, *, demo: bool = False, rules: Sessions = DEFAULT
) -> str:
    """Store the person as signed in now and open a session, always a new one; returns the cookie's value.

    Raises SignInRefused for somebody whom beheer switched off. Sessions of anybody that are past their time go.
    """
    if not roster.store(connection, person, demo=demo, signed_in=now):
        raise SignInRefused("uitgezet", wie=person.id)
    over = or_(sessies.c.gezien < now - rules.stil, sessies.c.begonnen < now - rules.geheel)
    connection.execute(delete(sessies).where(over))
    cookie = secrets.token_urlsafe(32)
    row = {"hash": hashed(cookie), "persoon_id": person.id, "csrf": secrets.token_urlsafe(32)}
    connection.execute(sessies.insert(), {**row, "begonnen": now, "gezien": now})
    return cookie


def find(connection: Connection, cookie: str, now: datetime, *, rules: Sessions = DEFAULT) -> Session | None:
    """The session of a cookie; None when there is none, it is over, or its person is switched off."""
    row = connection.execute(
        select(sessies, personen)
        .join(personen, sessies.c.persoon_id == personen.c.id)
        .where(sessies.c.hash == hashed(cookie), personen.c.actief)
    ).first()
    if row is None or not rules.alive(row.begonnen, row.gezien, now):
        return None
    return Session(person=roster.person_of(row._mapping), csrf=row.csrf, hash=row.hash, seen=row.gezien)


def touch(connection: Connection, session: Session, now: datetime) -> None:
    """Note that its person is at work. No log entry: nothing is done, and the request that is done has its own."""
    connection.execute(update(sessies).where(sessies.c.hash == session.hash).values(gezien=now))


def end(connection: Connection, hash: str) -> None:
    """Sign out: the session of this hash is gone."""
    connection.execute(delete(sessies).where(sessies.c.hash == hash))


def end_demo(connection: Connection) -> int:
    """End what was begun in demo mode and switch its people off; how many were active. For a start outside it."""
    made_up = select(personen.c.id).where(personen.c.demo)
    connection.execute(delete(sessies).where(sessies.c.persoon_id.in_(made_up)))
    found = connection.execute(update(personen).where(personen.c.demo, personen.c.actief).values(actief=False))
    return found.rowcount
