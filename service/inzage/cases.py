"""The investigations of one address. Handlers are not named: who they are is no data of the person who asks."""

from __future__ import annotations

import json

from sqlalchemy import select

from service.cases.steps import Stap
from service.cases.tables import bezoeken, onderzoeken, stappen
from service.inzage.contract import Section, Subject, plain


def investigations(asked: Subject) -> Section:
    """Each with why it began and what was found. The blind draws behind it are no data of the address."""
    columns = ("doel", "aanleiding", "datum_start", "toestand", "datum_afgerond", "uitkomst")
    rows = asked.connection.execute(
        select(*(onderzoeken.c[name] for name in columns))
        .where(onderzoeken.c.adresseerbaarobject_identificatie == asked.identificatie)
        .order_by(onderzoeken.c.geopend)
    )
    return Section(naam="onderzoeken", kolommen=columns, rijen=tuple(tuple(map(plain, row)) for row in rows))


def steps(asked: Subject) -> Section:
    """Every step with its motivation, in order; not that somebody passed it on because of a tie."""
    columns = ("doel", "nr", "tijd", "stap", "motivering", "uitkomst")
    rows = asked.connection.execute(
        select(onderzoeken.c.doel, *(stappen.c[name] for name in columns[1:]))
        .join(stappen, stappen.c.onderzoek_id == onderzoeken.c.id)
        .where(onderzoeken.c.adresseerbaarobject_identificatie == asked.identificatie)
        .where(stappen.c.stap != Stap.WEL_BAND.value)
        .order_by(onderzoeken.c.geopend, stappen.c.nr)
    )
    return Section(naam="stappen", kolommen=columns, rijen=tuple(tuple(map(plain, row)) for row in rows))


def visits(asked: Subject) -> Section:
    """Every visit attempt with what was seen."""
    columns = ("moment", "getroffen", "gelegitimeerd", "toestemming", "binnen", "sporen", "bevinding")
    rows = asked.connection.execute(
        select(*(bezoeken.c[name] for name in columns))
        .join(onderzoeken, bezoeken.c.onderzoek_id == onderzoeken.c.id)
        .where(onderzoeken.c.adresseerbaarobject_identificatie == asked.identificatie)
        .order_by(bezoeken.c.moment)
    )
    return Section(naam="bezoeken", kolommen=columns, rijen=tuple(tuple(map(plain, row)) for row in rows))


def letters(asked: Subject) -> Section:
    """Which letter was made when. The letters themselves are not kept here: they go into the gemeente's archive."""
    rows = asked.connection.execute(
        select(stappen.c.tijd, stappen.c.gegevens)
        .join(onderzoeken, stappen.c.onderzoek_id == onderzoeken.c.id)
        .where(onderzoeken.c.adresseerbaarobject_identificatie == asked.identificatie)
        .order_by(stappen.c.tijd)
    )
    told = [(plain(row.tijd), json.loads(row.gegevens or "{}").get("brief")) for row in rows]
    return Section(naam="brieven", kolommen=("tijd", "brief"), rijen=tuple((when, kind) for when, kind in told if kind))
