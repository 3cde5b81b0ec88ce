"""Who is free for a part in a case, and drawing one of them."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from service.cases.codes import MAY, Deel, Toestand
from service.cases.draw import Draw, draw
from service.cases.tables import delen, onderzoeken
from service.signin import roster


def free(connection: Connection, id: str, gemeente: str, deel: Deel, without: frozenset[str]) -> dict[str, int]:
    """Everybody who may have the part, with how much lies on them: person -> running cases in that part.

    Left out: `without`, who declared a tie in this case, and, when it is a second look at an address, everybody who had
    part in the first. A second person who had is there when nobody else is: a look without one would show what it is.
    """
    out = without | _tied(connection, id)
    able = [person.id for person in roster.active(connection, MAY[deel], gemeente) if person.id not in out]
    before = _before(connection, id)
    fresh = [person for person in able if person not in before]
    load = _load(connection, deel)
    return {person: load.get(person, 0) for person in (fresh or (able if deel is Deel.GOEDKEURDER else []))}


def assign(connection: Connection, id: str, gemeente: str, deel: Deel, without: frozenset[str]) -> Draw:
    """Draw somebody for the part; `gekozen` is "" when nobody is free. Nothing is written."""
    return draw(free(connection, id, gemeente, deel, without))


def handlers_ever(connection: Connection, id: str) -> frozenset[str]:
    """Who handles the case or ever did: never its second person."""
    rows = connection.execute(
        select(delen.c.persoon).where(delen.c.onderzoek_id == id, delen.c.deel == Deel.BEHANDELAAR.value)
    )
    return frozenset(rows.scalars())


def _tied(connection: Connection, id: str) -> frozenset[str]:
    return frozenset(
        connection.execute(select(delen.c.persoon).where(delen.c.onderzoek_id == id, delen.c.band)).scalars()
    )


def _before(connection: Connection, id: str) -> frozenset[str]:
    first = select(onderzoeken.c.herhaling_van).where(onderzoeken.c.id == id).scalar_subquery()
    return frozenset(connection.execute(select(delen.c.persoon).where(delen.c.onderzoek_id == first)).scalars())


def _load(connection: Connection, deel: Deel) -> dict[str, int]:
    if deel is Deel.BEZOEKER:
        who = delen.c.persoon
        rows = (
            select(who, func.count())
            .join(onderzoeken, onderzoeken.c.id == delen.c.onderzoek_id)
            .where(
                delen.c.deel == deel.value,
                delen.c.tot.is_(None),
                onderzoeken.c.toestand == Toestand.HUISBEZOEK.value,
            )
        )
    elif deel is Deel.BEHANDELAAR:
        who = onderzoeken.c.behandelaar
        rows = select(who, func.count()).where(onderzoeken.c.afgerond.is_(None))
    else:
        who = onderzoeken.c.tweede
        rows = select(who, func.count()).where(onderzoeken.c.wacht_op != "")
    return {row[0]: int(row[1]) for row in connection.execute(rows.group_by(who))}
