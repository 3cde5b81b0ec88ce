"""One investigation as it stands in the store: frozen rows, and nothing that decides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from features.columns import Doel
from service.cases.codes import ENDS, TOLD, Deel, Toestand, Wacht
from service.cases.tables import bezoeken, delen, onderzoeken, stappen


@dataclass(frozen=True, kw_only=True)
class Part:
    """Somebody's part. verklaard: when they declared to have no tie. tot: when it ended; None = it runs."""

    persoon: str
    deel: Deel
    verklaard: datetime | None
    tot: datetime | None
    band: bool


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step that was taken. persoon: "" = the service itself. gegevens: codes, never free text."""

    nr: int
    stap: str
    van: Toestand
    naar: Toestand
    persoon: str
    tijd: datetime
    motivering: str
    uitkomst: str
    gegevens: dict[str, Any]
    sleutel: str


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One attempt to visit. metgezel: "" = alone."""

    nr: int
    moment: datetime
    bezoeker: str
    metgezel: str
    getroffen: str
    gelegitimeerd: bool
    toestemming: str
    binnen: bool
    sporen: bool
    bevinding: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """One investigation with everything that happened in it. aanleiding, selectiekans, bron, band and herhaling_van are
    for the export and the figures: nobody who works the case is shown them.
    """

    id: str
    identificatie: str
    gemeente: str
    doel: Doel
    aanleiding: str
    selectiekans: float | None
    bron: str
    band: str
    alleen_bureau: bool
    herhaling_van: str | None
    geopend: datetime
    datum_start: date
    toestand: Toestand
    wacht_op: Wacht | None
    voorstel: str
    behandelaar: str
    tweede: str
    gestart: datetime | None
    melder_ingelicht: datetime | None
    afgerond: datetime | None
    datum_afgerond: date | None
    uitkomst: str | None
    correctie: int
    versie: int
    delen: tuple[Part, ...] = ()
    stappen: tuple[Step, ...] = ()
    bezoeken: tuple[Visit, ...] = ()

    @property
    def loopt(self) -> bool:
        """Whether it is not over."""
        return self.toestand not in ENDS

    @property
    def melder_wacht(self) -> bool:
        """Whether somebody waits for an answer and did not get one."""
        return self.aanleiding in TOLD and self.melder_ingelicht is None

    def parts_of(self, person: str) -> tuple[Part, ...]:
        """The running parts of one person."""
        return tuple(part for part in self.delen if part.persoon == person and part.tot is None)

    def declared(self, person: str) -> bool:
        """Whether this person has part and declared to have no tie, in every part."""
        parts = self.parts_of(person)
        return bool(parts) and all(part.verklaard for part in parts)

    def people(self, deel: Deel) -> tuple[str, ...]:
        """Who has that part now."""
        return tuple(part.persoon for part in self.delen if part.deel is deel and part.tot is None)


def case_of(row: Any) -> Case:
    """A row of `onderzoeken`, without what hangs under it."""
    about = dict(row._mapping)
    about["identificatie"] = about.pop("adresseerbaarobject_identificatie")
    about["doel"] = Doel(about["doel"])
    about["toestand"] = Toestand(about["toestand"])
    about["wacht_op"] = Wacht(about["wacht_op"]) if about["wacht_op"] else None
    return Case(**about)


def load(connection: Connection, id: str) -> Case | None:
    """The whole case, whoever asks: `visible` in reach.py is for answers."""
    row = connection.execute(select(onderzoeken).where(onderzoeken.c.id == id)).first()
    if row is None:
        return None
    bare = case_of(row)
    return Case(
        **{
            **vars(bare),
            "delen": _parts(connection, id),
            "stappen": _steps(connection, id),
            "bezoeken": _visits(connection, id),
        }
    )


def _parts(connection: Connection, id: str) -> tuple[Part, ...]:
    rows = connection.execute(
        select(delen).where(delen.c.onderzoek_id == id).order_by(delen.c.sinds, delen.c.deel, delen.c.persoon)
    )
    return tuple(
        Part(persoon=r.persoon, deel=Deel(r.deel), verklaard=r.verklaard, tot=r.tot, band=r.band) for r in rows
    )


def _steps(connection: Connection, id: str) -> tuple[Step, ...]:
    rows = connection.execute(select(stappen).where(stappen.c.onderzoek_id == id).order_by(stappen.c.nr))
    return tuple(
        Step(
            nr=r.nr,
            stap=r.stap,
            van=Toestand(r.van),
            naar=Toestand(r.naar),
            persoon=r.persoon,
            tijd=r.tijd,
            motivering=r.motivering,
            uitkomst=r.uitkomst,
            gegevens=json.loads(r.gegevens),
            sleutel=r.sleutel,
        )
        for r in rows
    )


def _visits(connection: Connection, id: str) -> tuple[Visit, ...]:
    rows = connection.execute(select(bezoeken).where(bezoeken.c.onderzoek_id == id).order_by(bezoeken.c.nr))
    return tuple(Visit(**{name: value for name, value in r._mapping.items() if name != "onderzoek_id"}) for r in rows)
