"""Extracts from the audit log: its rows, and who has seen one address. What was served, to whom, when, from which run.

Object rights: the rows of people with whom the reader shares a gemeente, and those of nobody (failed sign-ins, the
service itself). Who saw an address is told whole to who may see that address.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, TextClause, func, or_, select, text

from service.logs.entry import SUBJECT_BYTES, Result
from service.logs.line import subject
from service.logs.tables import audit, ldv
from service.people import Person
from service.signin.tables import personen

MOST_VIEWS = 1_000  # of one address in one answer
RECENT = 50_000  # rows: a filter names what is done these days


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which rows; an empty value is no filter. van: from, tot: up to but not including."""

    van: datetime | None = None
    tot: datetime | None = None
    persoon: str = ""
    handeling: str = ""
    resultaat: Result | None = None


@dataclass(frozen=True, kw_only=True)
class Regel:
    """One row of the audit log. bijzonderheden: (name, short value); aantal: addresses in the answer."""

    nr: int
    tijd: datetime
    persoon: str
    rollen: tuple[str, ...]
    handeling: str
    object_soort: str
    object_id: str
    resultaat: Result
    herkomst: str
    trace_id: str
    bijzonderheden: tuple[tuple[str, str], ...]
    aantal: int
    hash: str

    def about(self, name: str) -> str:
        """One of `bijzonderheden`, "" when it is not there."""
        return dict(self.bijzonderheden).get(name, "")


def colleagues(connection: Connection, person: Person) -> dict[str, str]:
    """Id -> name of everybody who shares a gemeente with `person`; a name is never in a log, but here beside it."""
    rows = connection.execute(select(personen.c.id, personen.c.naam, personen.c.gemeenten))
    return {row.id: row.naam for row in rows if person.gemeenten & set(row.gemeenten.split(","))} | {
        person.id: person.naam
    }


def regels(
    connection: Connection, which: Filter, people: frozenset[str] | None, *, below: int | None, limit: int
) -> tuple[Regel, ...]:
    """Rows, the newest first. people: whose rows, None = everybody's. below: only numbers under this one."""
    query = _chosen(which, people).order_by(audit.c.nr.desc()).limit(limit)
    if below is not None:
        query = query.where(audit.c.nr < below)
    return tuple(regel(row) for row in connection.execute(query))


def stream(connection: Connection, which: Filter) -> Iterator[Regel]:
    """Every row, the oldest first, whatever their number."""
    chosen = connection.execution_options(yield_per=1_000)
    for row in chosen.execute(_chosen(which, None).order_by(audit.c.nr)):
        yield regel(row)


def handelingen(connection: Connection) -> tuple[str, ...]:
    """Every kind of deed among the newest RECENT rows, in order of the alphabet."""
    last = connection.execute(select(func.max(audit.c.nr))).scalar() or 0
    recent = select(audit.c.handeling).distinct().where(audit.c.nr > last - RECENT).order_by(audit.c.handeling)
    return tuple(connection.execute(recent).scalars())


def inzagen(
    connection: Connection, key: bytes, identificatie: str, *, van: datetime | None = None, tot: datetime | None = None
) -> tuple[Regel, ...]:
    """Who was given data of this address, the newest first, at most MOST_VIEWS. key: `Database.key`."""
    wanted = subject(key, identificatie)
    query = (
        select(audit, ldv.c.betrokkenen.label("subjects"))
        .join(ldv, ldv.c.nr == audit.c.nr)
        .where(_holds(connection, wanted))
        .order_by(audit.c.nr.desc())
        .limit(MOST_VIEWS)
    )
    if van is not None:
        query = query.where(ldv.c.start >= van)
    if tot is not None:
        query = query.where(ldv.c.start < tot)
    return tuple(regel(row) for row in connection.execute(query) if wanted in subjects(bytes(row.subjects)))


def subjects(packed: bytes) -> tuple[bytes, ...]:
    """The subjects of one LDV row."""
    return tuple(packed[start : start + SUBJECT_BYTES] for start in range(0, len(packed), SUBJECT_BYTES))


def _holds(connection: Connection, wanted: bytes) -> ColumnElement[bool] | TextClause:
    # The database finds the bytes anywhere; that they are one subject and not parts of two is checked afterwards.
    if connection.dialect.name == "postgresql":
        return text("position(:wanted in dataverwerkingen.betrokkenen) > 0").bindparams(wanted=wanted)
    return func.instr(ldv.c.betrokkenen, wanted) > 0


def _chosen(which: Filter, people: frozenset[str] | None) -> Select[Any]:
    query = select(audit)
    for condition in (
        audit.c.tijd >= which.van if which.van else None,
        audit.c.tijd < which.tot if which.tot else None,
        audit.c.persoon == which.persoon if which.persoon else None,
        audit.c.handeling == which.handeling if which.handeling else None,
        audit.c.resultaat == which.resultaat.value if which.resultaat else None,
        or_(audit.c.persoon == "", audit.c.persoon.in_(people)) if people is not None else None,
    ):
        if condition is not None:
            query = query.where(condition)
    return query


def regel(row: Any) -> Regel:
    """A row of the table, read."""
    return Regel(
        nr=row.nr,
        tijd=row.tijd,
        persoon=row.persoon,
        rollen=tuple(part for part in row.rollen.split(",") if part),
        handeling=row.handeling,
        object_soort=row.object_soort,
        object_id=row.object_id,
        resultaat=Result(row.resultaat),
        herkomst=row.herkomst,
        trace_id=row.trace_id,
        bijzonderheden=tuple(json.loads(row.bijzonderheden).items()),
        aantal=row.aantal,
        hash=bytes(row.hash).hex(),
    )
