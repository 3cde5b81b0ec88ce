"""What somebody who judges may not look up elsewhere: the addresses that wait for a judgement in their gemeenten.

Not only their own: an address may be passed on to them tomorrow, and colleagues talk. Once it is judged it is in the
ranglijst again.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from service.db.database import Database
from service.people import Person
from service.permissions import Permission, may
from service.worklist.codes import Stand
from service.worklist.tables import werkitems


def hidden(connection: Connection, person: Person) -> frozenset[str]:
    """The identificaties that are left out of every answer with a rank, band or score for `person`."""
    if not may(person, Permission.OORDELEN) or not person.gemeenten:
        return frozenset()
    rows = connection.execute(
        select(werkitems.c.adresseerbaarobject_identificatie).where(
            werkitems.c.gemeente.in_(person.gemeenten), werkitems.c.stand == Stand.OPEN
        )
    )
    return frozenset(rows.scalars())


def hidden_now(database: Database, person: Person) -> frozenset[str]:
    """As `hidden`, outside a transaction: for the lists, which are asked for by the thousand."""
    if not may(person, Permission.OORDELEN) or not person.gemeenten:
        return frozenset()
    marks = ", ".join("?" * len(person.gemeenten))
    rows = database.glance(
        f"select adresseerbaarobject_identificatie from {werkitems.name} where gemeente in ({marks}) and stand = ?",
        (*person.gemeenten, Stand.OPEN.value),
    )
    return frozenset([row[0] for row in rows])
