"""Need to know: an investigation is seen by its own people and nobody else, and only in their own gemeenten."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, exists, select

from service.cases.codes import MAY, Deel
from service.cases.records import Case, load
from service.cases.tables import delen, onderzoeken
from service.people import Person
from service.permissions import may
from service.signin import roster


def own(person: Person) -> ColumnElement[bool]:
    """The condition on `onderzoeken` under which `person` may see a row: a running part, in one of their gemeenten."""
    part = exists().where(delen.c.onderzoek_id == onderzoeken.c.id, delen.c.persoon == person.id, delen.c.tot.is_(None))
    return part & onderzoeken.c.gemeente.in_(sorted(person.gemeenten))


def visible(connection: Connection, person: Person, id: str) -> Case | None:
    """The case, None when there is none or it is not theirs: the two look the same."""
    found = connection.execute(select(onderzoeken.c.id).where(onderzoeken.c.id == id, own(person))).first()
    return load(connection, id) if found else None


def roles(case: Case, person: Person) -> frozenset[Deel]:
    """The parts that this person has in the case and may (still) act in. The second person is who it lies with."""
    parts = {part.deel for part in case.parts_of(person.id)}
    if case.behandelaar != person.id:
        parts.discard(Deel.BEHANDELAAR)
    if case.tweede != person.id:
        parts.discard(Deel.GOEDKEURDER)
    return frozenset(deel for deel in parts if may(person, MAY[deel]))


def without_handler(connection: Connection, person: Person) -> tuple[Case, ...]:
    """Running cases that nobody handles, or somebody who does not work here any more, in the person's gemeenten.

    For who may approve: to have them assigned again, without seeing the address.
    """
    rows = connection.execute(
        select(onderzoeken.c.id, onderzoeken.c.behandelaar, onderzoeken.c.gemeente)
        .where(onderzoeken.c.afgerond.is_(None), onderzoeken.c.gemeente.in_(sorted(person.gemeenten)))
        .order_by(onderzoeken.c.geopend)
    ).all()
    there = {
        gemeente: {each.id for each in roster.active(connection, MAY[Deel.BEHANDELAAR], gemeente)}
        for gemeente in {row.gemeente for row in rows}
    }
    lost = [row.id for row in rows if row.behandelaar not in there[row.gemeente]]
    return tuple(case for case in (load(connection, id) for id in lost) if case is not None)
