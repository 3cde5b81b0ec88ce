"""Writing steps and parts: always a step with its change of the case, in the unit of work of the caller."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from service.cases.codes import Deel, Toestand
from service.cases.draw import Draw
from service.cases.records import Case
from service.cases.steps import Stap
from service.cases.tables import delen, onderzoeken, stappen
from service.db.database import Unit
from service.faults import Conflict
from service.logs.entry import Entry
from service.web.teksten import text

OBJECT = "onderzoek"


def change(unit: Unit, case: Case, steps: int, values: Mapping[str, Any]) -> None:
    """Take hold of the case and move it `steps` steps on. Raises Conflict when somebody else was first.

    The first write of every deed: on PostgreSQL the row is the lock, on SQLite the transaction is.
    """
    changed = unit.connection.execute(
        update(onderzoeken)
        .where(onderzoeken.c.id == case.id, onderzoeken.c.versie == case.versie)
        .values({**values, "versie": case.versie + steps})
    ).rowcount
    if changed != 1:
        raise Conflict(text("onderzoek_fout.ander_was_eerst"))


def step(
    unit: Unit,
    id: str,
    nr: int,
    stap: Stap,
    van: Toestand,
    naar: Toestand,
    *,
    persoon: str = "",
    motivering: str = "",
    uitkomst: str = "",
    gegevens: Mapping[str, Any] | None = None,
    sleutel: str = "",
) -> None:
    """Append step `nr`. Raises Conflict when there is one of that number or that key of a form already."""
    row = {
        "onderzoek_id": id,
        "nr": nr,
        "stap": stap.value,
        "van": van.value,
        "naar": naar.value,
        "persoon": persoon,
        "tijd": unit.now,
        "motivering": motivering,
        "uitkomst": uitkomst,
        "gegevens": json.dumps(dict(gegevens or {}), ensure_ascii=False, sort_keys=True),
        "sleutel": sleutel or f"dienst-{secrets.token_hex(12)}",
    }
    try:
        unit.connection.execute(insert(stappen), row)
    except IntegrityError as fault:
        raise Conflict(text("onderzoek_fout.ander_was_eerst")) from fault


def drawn(unit: Unit, id: str, nr: int, toestand: Toestand, deel: Deel, lot: Draw) -> None:
    """The step in which the service assigned a part by lot, with all that is needed to draw it again."""
    told = {
        "deel": deel.value,
        "zaad": lot.zaad,
        "kandidaten": [list(one) for one in lot.kandidaten],
        "gekozen": lot.gekozen,
    }
    step(unit, id, nr, Stap.TOEWIJZEN, toestand, toestand, gegevens=told)


def join(unit: Unit, id: str, person: str, deel: Deel) -> None:
    """Give somebody a part, or give it back; who was in it before under the same part declares anew."""
    where = (delen.c.onderzoek_id == id, delen.c.persoon == person, delen.c.deel == deel.value)
    fresh = {"sinds": unit.now, "verklaard": None, "tot": None}
    if not unit.connection.execute(update(delen).where(*where, delen.c.tot.is_not(None)).values(fresh)).rowcount:
        known = unit.connection.execute(update(delen).where(*where).values(sinds=unit.now)).rowcount
        if not known:
            row = {"onderzoek_id": id, "persoon": person, "deel": deel.value, "band": False, **fresh}
            unit.connection.execute(insert(delen), row)


def leave(unit: Unit, id: str, person: str, deel: Deel | None = None, *, tie: bool = False) -> None:
    """End somebody's part, or all of them; with a tie they are never drawn for this case again."""
    where = [delen.c.onderzoek_id == id, delen.c.persoon == person]
    if deel is not None:
        where.append(delen.c.deel == deel.value)
    values: dict[str, Any] = {"tot": unit.now}
    if tie:
        values["band"] = True
    unit.connection.execute(update(delen).where(*where).values(values))


def declare(unit: Unit, id: str, person: str) -> None:
    """Write down that this person has no tie with address or people."""
    where = (delen.c.onderzoek_id == id, delen.c.persoon == person, delen.c.tot.is_(None))
    unit.connection.execute(update(delen).where(*where).values(verklaard=unit.now))


def entry(case_id: str, identificatie: str, stap: Stap, nr: int) -> Entry:
    """What both logs tell of a step: which, and on what address; never why."""
    return Entry(
        handeling=f"onderzoek.{stap.value}",
        object_soort=OBJECT,
        object_id=case_id,
        adressen=(identificatie,),
        bijzonderheden=(("stap", str(nr)),),
    )
