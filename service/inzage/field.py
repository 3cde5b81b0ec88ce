"""What was written down at the door of one address, on a phone. Who visited is no data of the person who asks."""

from __future__ import annotations

from sqlalchemy import select

from service.field.kept import several
from service.field.tables import veldbezoeken
from service.inzage.contract import Section, Subject, plain


def field_visits(asked: Subject) -> Section:
    """Every visit as it came in, with the number of its photos: those are given by hand, after a look at who is on."""
    columns = ("moment", "ontvangen", "toestand", "getroffen", "gezien", "bevinding", "voorstel", "motivering", "fotos")
    query = select(veldbezoeken).where(veldbezoeken.c.adresseerbaarobject_identificatie == asked.identificatie)
    rows = []
    for kept in several(asked.connection, query.order_by(veldbezoeken.c.moment, veldbezoeken.c.id)):
        visit = kept.bezoek
        seen = ", ".join(visit.waarnemingen)
        told = (visit.moment, kept.ontvangen, kept.toestand.value, visit.getroffen.value, seen, visit.bevinding)
        rows.append(tuple(map(plain, (*told, visit.voorstel, visit.motivering, len(kept.fotos)))))
    return Section(naam="veldbezoeken", kolommen=columns, rijen=tuple(rows))
