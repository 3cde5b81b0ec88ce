"""A visit as it lies in the store, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from service.field.codes import Botsing, Uitslag
from service.field.tables import veldbezoeken, veldfotos
from service.field.visit import FieldVisit, read


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One row. fotos: ids of the photos that came in. stap_nr: the step it became, None = none."""

    bezoek: FieldVisit
    identificatie: str
    persoon: str
    ontvangen: datetime
    vingerafdruk: str
    toestand: Uitslag
    botsing: Botsing | None
    versie_toen: int
    stap_nr: int | None
    besloten_door: str
    besloten: datetime | None
    besluit_reden: str
    fotos: tuple[str, ...]

    @property
    def id(self) -> str:
        """The number that the phone drew."""
        return self.bezoek.id


def one(connection: Connection, id: str) -> Kept | None:
    """The visit of that number; None when it never came in."""
    found = several(connection, select(veldbezoeken).where(veldbezoeken.c.id == id))
    return found[0] if found else None


def several(connection: Connection, asked: Select[Any]) -> tuple[Kept, ...]:
    """The visits that `asked` selects from the table, in its order."""
    rows = connection.execute(asked).all()
    ids = [row.id for row in rows]
    photos: dict[str, list[str]] = {}
    found = select(veldfotos.c.veldbezoek_id, veldfotos.c.id).where(veldfotos.c.veldbezoek_id.in_(ids))
    for owner, photo in connection.execute(found.order_by(veldfotos.c.id)) if ids else ():
        photos.setdefault(owner, []).append(photo)
    return tuple(_kept(row, tuple(photos.get(row.id, ()))) for row in rows)


def of_case(connection: Connection, onderzoek_id: str) -> tuple[Kept, ...]:
    """Everything that came in for one investigation, oldest visit first. Whether one may see it is for the caller."""
    asked = select(veldbezoeken).where(veldbezoeken.c.onderzoek_id == onderzoek_id)
    return several(connection, asked.order_by(veldbezoeken.c.moment, veldbezoeken.c.id))


def _kept(row: Any, photos: tuple[str, ...]) -> Kept:
    return Kept(
        bezoek=read(row.inhoud),
        identificatie=row.adresseerbaarobject_identificatie,
        persoon=row.persoon,
        ontvangen=row.ontvangen,
        vingerafdruk=row.vingerafdruk,
        toestand=Uitslag(row.toestand),
        botsing=Botsing(row.botsing) if row.botsing else None,
        versie_toen=row.versie_toen,
        stap_nr=row.stap_nr,
        besloten_door=row.besloten_door,
        besloten=row.besloten,
        besluit_reden=row.besluit_reden,
        fotos=photos,
    )
