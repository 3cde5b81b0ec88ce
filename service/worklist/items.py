"""What lies with whom: the list of one person, and one item of it.

This is all that an answer to who judges is made of. It does not read why an address was drawn, with what chance, or its
band: what is not read cannot leak, and takes no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, exists, select

from features.columns import Doel
from service.people import Person
from service.worklist.codes import Oordeel, Stand
from service.worklist.dealt import dealt_on
from service.worklist.tables import oordelen, signalen, toewijzingen, werkitems

RECENT = 50  # judged items that a list shows
SHOWN = (
    werkitems.c.id,
    werkitems.c.adresseerbaarobject_identificatie,
    werkitems.c.gemeente,
    werkitems.c.doel,
    werkitems.c.run_id,
    werkitems.c.uiterlijk,
    werkitems.c.stand,
    werkitems.c.versie,
    werkitems.c.oordeel,
    werkitems.c.onderzoek_id,
)


@dataclass(frozen=True, kw_only=True)
class Item:
    """An address to judge, or judged. oordeel None, onderzoek_id "": not there (yet). versie: number of judgements."""

    id: str
    identificatie: str
    gemeente: str
    doel: Doel
    run_id: str
    uiterlijk: date
    versie: int
    oordeel: Oordeel | None
    onderzoek_id: str

    @property
    def open(self) -> bool:
        """It waits for its first judgement."""
        return self.versie == 0


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One judgement as it was given. nr 1: before the model's answer was shown."""

    nr: int
    persoon: str
    tijd: datetime
    oordeel: Oordeel
    motivering: str


@dataclass(frozen=True, kw_only=True)
class Signal:
    """What somebody told us about an address. afgehandeld None: not yet."""

    bron: str
    soort: str
    ontvangen: date
    afgehandeld: date | None


def waiting(connection: Connection, person: Person) -> tuple[Item, ...]:
    """What `person` has to judge, in the order of work: that of the keyed ids."""
    return _items(connection, person, Stand.OPEN)


def judged(connection: Connection, person: Person) -> tuple[Item, ...]:
    """What `person` judged, the latest first, at most RECENT."""
    last = (
        select(oordelen.c.tijd).where(oordelen.c.item_id == werkitems.c.id, oordelen.c.nr == werkitems.c.versie)
    ).scalar_subquery()
    rows = connection.execute(
        select(*SHOWN).where(*_of(person), werkitems.c.stand == Stand.BEOORDEELD).order_by(last.desc()).limit(RECENT)
    )
    return tuple(map(_item, rows))


def one(connection: Connection, person: Person, id: str) -> Item | None:
    """An item of one's own; None for any other."""
    row = connection.execute(select(*SHOWN).where(*_of(person), werkitems.c.id == id)).first()
    return None if row is None else _item(row)


def had(connection: Connection, person: Person, id: str) -> bool:
    """Whether `person` once had this item."""
    query = select(exists().where(toewijzingen.c.item_id == id, toewijzingen.c.persoon == person.id))
    return bool(connection.execute(query).scalar())


def judgements(connection: Connection, id: str) -> tuple[Judgement, ...]:
    """Those of an item, the first first."""
    rows = connection.execute(select(oordelen).where(oordelen.c.item_id == id).order_by(oordelen.c.nr))
    return tuple(
        Judgement(
            nr=row.nr, persoon=row.persoon, tijd=row.tijd, oordeel=Oordeel(row.oordeel), motivering=row.motivering
        )
        for row in rows
    )


def signals(connection: Connection, identificatie: str) -> tuple[Signal, ...]:
    """Those about an address, whichever way it came on the list; the latest first."""
    rows = connection.execute(
        select(signalen.c.bron, signalen.c.soort, signalen.c.ontvangen, dealt_on().label("afgehandeld"))
        .where(signalen.c.adresseerbaarobject_identificatie == identificatie)
        .order_by(signalen.c.ontvangen.desc(), signalen.c.signaal_id)
    )
    return tuple(Signal(**row._mapping) for row in rows)


def _items(connection: Connection, person: Person, stand: Stand) -> tuple[Item, ...]:
    rows = connection.execute(select(*SHOWN).where(*_of(person), werkitems.c.stand == stand).order_by(werkitems.c.id))
    return tuple(map(_item, rows))


def _of(person: Person) -> tuple[Any, ...]:
    return (werkitems.c.behandelaar == person.id, werkitems.c.gemeente.in_(person.gemeenten))


def _item(row: Any) -> Item:
    return Item(
        id=row.id,
        identificatie=row.adresseerbaarobject_identificatie,
        gemeente=row.gemeente,
        doel=Doel(row.doel),
        run_id=row.run_id,
        uiterlijk=row.uiterlijk,
        versie=row.versie,
        oordeel=Oordeel(row.oordeel) if row.oordeel else None,
        onderzoek_id=row.onderzoek_id,
    )
