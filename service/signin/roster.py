"""Who works here: everybody who ever signed in (or has a demo account), with roles as at their last sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from service.faults import Conflict
from service.people import Person, Role
from service.permissions import Permission, may
from service.signin.tables import personen, sessies
from service.web.teksten import text


@dataclass(frozen=True, kw_only=True)
class Known:
    """A person as the page of beheer shows them. laatst: the last sign-in; None = never."""

    persoon: Person
    actief: bool
    laatst: datetime | None
    sessies: int  # open ones


def active(connection: Connection, permission: Permission, gemeente: str) -> tuple[Person, ...]:
    """The people who may do `permission` in `gemeente` and are not switched off, in the order of their ids."""
    rows = connection.execute(select(personen).where(personen.c.actief).order_by(personen.c.id))
    people = (person_of(row._mapping) for row in rows)
    return tuple(person for person in people if gemeente in person.gemeenten and may(person, permission))


def by_id(connection: Connection, id: str) -> Person | None:
    """The person of that id, switched off or not; None when nobody has it."""
    row = connection.execute(select(personen).where(personen.c.id == id)).first()
    return person_of(row._mapping) if row else None


def everybody(connection: Connection) -> tuple[Known, ...]:
    """All, by name."""
    counts = connection.execute(select(sessies.c.persoon_id, func.count()).group_by(sessies.c.persoon_id))
    open_ones: dict[str, int] = {row[0]: row[1] for row in counts}
    rows = connection.execute(select(personen).order_by(personen.c.naam, personen.c.id))
    return tuple(
        Known(persoon=person_of(row._mapping), actief=row.actief, laatst=row.laatst, sessies=open_ones.get(row.id, 0))
        for row in rows
    )


def store(connection: Connection, person: Person, *, demo: bool = False, signed_in: datetime | None = None) -> bool:
    """Write down `person` as they are now; whether they are active. Somebody who was switched off stays so."""
    row: dict[str, object] = {
        "naam": person.naam,
        "rollen": ",".join(sorted(person.rollen)),
        "gemeenten": ",".join(sorted(person.gemeenten)),
        "teams": ",".join(sorted(person.teams)),
        "demo": demo,
    }
    if signed_in is not None:
        row["laatst"] = signed_in
    if connection.execute(update(personen).where(personen.c.id == person.id).values(row)).rowcount:
        return bool(connection.execute(select(personen.c.actief).where(personen.c.id == person.id)).scalar_one())
    connection.execute(personen.insert(), {"laatst": None, **row, "id": person.id, "actief": True})
    return True


def switch(connection: Connection, id: str, *, actief: bool, by: Person) -> bool:
    """Switch a person off, which ends their sessions, or on again; False when nobody has this id.

    Raises Conflict when people would switch themselves off: somebody must be left to undo it.
    """
    if id == by.id and not actief:
        raise Conflict(text("beheer.niet_uzelf"))
    changed = connection.execute(update(personen).where(personen.c.id == id).values(actief=actief)).rowcount
    if not actief:
        connection.execute(delete(sessies).where(sessies.c.persoon_id == id))
    return bool(changed)


def person_of(row: Mapping[Any, Any]) -> Person:
    """A row of `personen`."""
    return made(row["id"], row["naam"], row["rollen"], row["gemeenten"], row["teams"])


@lru_cache(maxsize=4096)
def made(id: str, naam: str, rollen: str, gemeenten: str, teams: str) -> Person:
    """The Person of the stored texts. Remembered, because every request asks; equal texts give an equal person."""
    return Person(
        id=id,
        naam=naam,
        rollen=frozenset(Role(name) for name in _split(rollen)),
        gemeenten=frozenset(_split(gemeenten)),
        teams=frozenset(_split(teams)),
    )


def _split(text: str) -> list[str]:
    return [part for part in text.split(",") if part]
