"""What the werkvoorraad holds of one address: when it was asked to be judged, the judgements, and the signals.

Why it was chosen is told once it was judged: until then not even this answer may give it away.
"""

from __future__ import annotations

from sqlalchemy import case, select

from service.inzage.contract import Section, Subject, plain
from service.worklist.codes import Stand
from service.worklist.tables import oordelen, signalen, werkitems


def asked_to_judge(asked: Subject) -> Section:
    """Each time it stood in a work list."""
    why = case((werkitems.c.stand == Stand.OPEN.value, None), else_=werkitems.c.aanleiding)
    rows = asked.connection.execute(
        select(werkitems.c.doel, werkitems.c.run_id, werkitems.c.begonnen, werkitems.c.stand, why)
        .where(werkitems.c.adresseerbaarobject_identificatie == asked.identificatie)
        .order_by(werkitems.c.begonnen, werkitems.c.id)
    )
    columns = ("doel", "publicatie", "begonnen", "stand", "aanleiding")
    return Section(naam="werkvoorraad", kolommen=columns, rijen=tuple(tuple(map(plain, row)) for row in rows))


def judgements(asked: Subject) -> Section:
    """Each judgement with its motivation. By whom is no data of the person who asks."""
    columns = ("doel", "nr", "tijd", "oordeel", "motivering")
    rows = asked.connection.execute(
        select(werkitems.c.doel, *(oordelen.c[name] for name in columns[1:]))
        .join(oordelen, oordelen.c.item_id == werkitems.c.id)
        .where(werkitems.c.adresseerbaarobject_identificatie == asked.identificatie)
        .order_by(oordelen.c.tijd, oordelen.c.nr)
    )
    return Section(naam="oordelen", kolommen=columns, rijen=tuple(tuple(map(plain, row)) for row in rows))


def signals(asked: Subject) -> Section:
    """Kind, source and dates of each signal; who gave it is never taken in."""
    columns = ("bron", "soort", "ontvangen", "afgehandeld")
    rows = asked.connection.execute(
        select(*(signalen.c[name] for name in columns))
        .where(signalen.c.adresseerbaarobject_identificatie == asked.identificatie)
        .order_by(signalen.c.ontvangen, signalen.c.signaal_id)
    )
    return Section(naam="signalen", kolommen=columns, rijen=tuple(tuple(map(plain, row)) for row in rows))
