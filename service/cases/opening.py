"""Opening an investigation, and which addresses have one running."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from features.sources.onderzoeken import AANLEIDINGEN
from service.cases import again
from service.cases.assigning import assign
from service.cases.clocks import local_day
from service.cases.codes import Deel, Toestand
from service.cases.contract import NewCase
from service.cases.steps import Stap
from service.cases.tables import onderzoeken
from service.cases.write import drawn, entry, join, step
from service.db.database import Unit
from service.faults import Conflict, InputFault
from service.web.teksten import text

OPEN = Toestand.VOORONDERZOEK


def open_case(unit: Unit, new: NewCase) -> str:
    """Open an investigation and assign it by lot among who is free; its id. It logs itself in `unit`.

    Raises Conflict when one runs for this address and target, InputFault on an unknown aanleiding. With nobody free it
    opens all the same and waits for a handler. Second looks that are due are opened along with it, so that they come in
    among the others.
    """
    if new.aanleiding not in AANLEIDINGEN:
        raise InputFault("aanleiding", text("onderzoek_fout.aanleiding"))
    if runs(unit.connection, new.identificatie, new.doel.value):
        raise Conflict(text("onderzoek_fout.loopt_al"))
    made = _open(unit, new, None)
    for due in again.due(unit.connection, new.gemeente, local_day(unit.now)):
        if not runs(unit.connection, due.nieuw.identificatie, due.nieuw.doel.value) and again.somebody(
            unit.connection, due
        ):
            again.opened(unit, due, _open(unit, due.nieuw, due.eerste))
    return made


def running(connection: Connection, gemeente: str) -> frozenset[str]:
    """The identificaties of the addresses in `gemeente` with a running investigation, for whichever target."""
    rows = connection.execute(
        select(onderzoeken.c.adresseerbaarobject_identificatie).where(
            onderzoeken.c.gemeente == gemeente, onderzoeken.c.afgerond.is_(None)
        )
    )
    return frozenset(rows.scalars())


def runs(connection: Connection, identificatie: str, doel: str) -> bool:
    """Whether an investigation runs for this address and target."""
    found = connection.execute(
        select(onderzoeken.c.id).where(
            onderzoeken.c.adresseerbaarobject_identificatie == identificatie,
            onderzoeken.c.doel == doel,
            onderzoeken.c.afgerond.is_(None),
        )
    )
    return found.first() is not None


def _open(unit: Unit, new: NewCase, repeats: str | None) -> str:
    id = secrets.token_hex(8)
    try:
        unit.connection.execute(insert(onderzoeken), _row(unit, id, new, repeats))
    except IntegrityError as fault:
        raise Conflict(text("onderzoek_fout.loopt_al")) from fault
    lot = assign(unit.connection, id, new.gemeente, Deel.BEHANDELAAR, frozenset())
    step(unit, id, 1, Stap.OPENEN, OPEN, OPEN)
    drawn(unit, id, 2, OPEN, Deel.BEHANDELAAR, lot)
    if lot.gekozen:
        join(unit, id, lot.gekozen, Deel.BEHANDELAAR)
        unit.connection.execute(onderzoeken.update().where(onderzoeken.c.id == id).values(behandelaar=lot.gekozen))
    unit.log(entry(id, new.identificatie, Stap.OPENEN, 2))
    return id


def _row(unit: Unit, id: str, new: NewCase, repeats: str | None) -> dict[str, Any]:
    return {
        "id": id,
        "adresseerbaarobject_identificatie": new.identificatie,
        "gemeente": new.gemeente,
        "doel": new.doel.value,
        "aanleiding": new.aanleiding,
        "selectiekans": new.selectiekans,
        "bron": new.bron,
        "band": new.band,
        "alleen_bureau": new.alleen_bureau,
        "herhaling_van": repeats,
        "geopend": unit.now,
        "datum_start": local_day(unit.now),
        "toestand": OPEN.value,
        "wacht_op": "",
        "voorstel": "",
        "behandelaar": "",
        "tweede": "",
        "correctie": 0,
        "versie": 2,
    }
