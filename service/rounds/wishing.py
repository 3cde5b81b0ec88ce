"""What a planner does to a plan: pin, ban, move, give a window. Written down with who and when; solved after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import HTTPException
from sqlalchemy import Row, func, insert, select

from service import opaque
from service.db.database import Unit
from service.desk import Desk
from service.faults import Conflict, InputFault
from service.logs.entry import Entry, Trace
from service.people import Person
from service.rounds import asked as question
from service.rounds.keep import OBJECT, take
from service.rounds.read import CONCEPT, plan_row
from service.rounds.shifts import duties
from service.rounds.tables import plan_adressen, plan_wensen
from service.rounds.wishes import Soort
from service.web.teksten import text

NEEDS = frozenset({"twee_personen", "politie"})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One wish. adres: opaque id. dienst: with `vast` alone, "" = any. van, tot: with `venster`; neither = none."""

    soort: Soort
    adres: str
    dienst: str = ""
    van: datetime | None = None
    tot: datetime | None = None
    nodig: frozenset[str] = frozenset()


def wish(desk: Desk, person: Person, trace: Trace, plan_id: str, versie: int, wanted: Sequence[Wanted]) -> int:
    """Write the wishes down, all or none; the plan's versie afterwards. They count from the next solution on.

    Raises 404 for who does not plan there, Conflict on a stale versie or a plan that is fixed, InputFault on a wish
    about an address or a shift that is not in the plan, or a window that ends before it begins.
    """
    with desk.database.unit(person, trace) as unit:
        row = concept(unit, person, plan_id)
        names = _names(unit, desk, plan_id, wanted)
        _check(row, wanted)
        after = take(unit, plan_id, versie, {})
        last = unit.connection.execute(
            select(func.coalesce(func.max(plan_wensen.c.nr), 0)).where(plan_wensen.c.plan_id == plan_id)
        ).scalar_one()
        unit.connection.execute(
            insert(plan_wensen),
            [
                {
                    "plan_id": plan_id,
                    "nr": last + n,
                    "adresseerbaarobject_identificatie": names[one.adres],
                    "soort": one.soort.value,
                    "dienst": one.dienst,
                    "van": one.van,
                    "tot": one.tot,
                    "nodig": ",".join(sorted(one.nodig)),
                    "persoon": person.id,
                    "tijd": unit.now,
                }
                for n, one in enumerate(wanted, start=1)
            ],
        )
        unit.log(
            Entry(
                handeling="plan.wens",
                object_soort=OBJECT,
                object_id=plan_id,
                adressen=tuple(dict.fromkeys(names.values())),
                onbegrensd=True,  # they were read in the plan
                bijzonderheden=(("versie", str(after)), ("soorten", ",".join(sorted({w.soort for w in wanted})))),
            )
        )
        return after


def concept(unit: Unit, person: Person, plan_id: str) -> Row[Any]:
    """The plan, while it can be changed. Raises 404, Conflict."""
    row = plan_row(unit.connection, plan_id, person)
    if row is None:
        raise HTTPException(404)
    if row.toestand != CONCEPT:
        raise Conflict(text("plan_fout.niet_concept"))
    return row


def _names(unit: Unit, desk: Desk, plan_id: str, wanted: Sequence[Wanted]) -> dict[str, str]:
    """By opaque id: the identificaties of the addresses in the wishes."""
    key = desk.publications.shelf.keys.adres
    rows = unit.connection.execute(
        select(plan_adressen.c.adresseerbaarobject_identificatie).where(plan_adressen.c.plan_id == plan_id).distinct()
    ).scalars()
    asked = {one.adres for one in wanted}
    known = {id: name for name in rows if (id := opaque.opaque_id(key, name)) in asked}
    if asked - known.keys():
        raise InputFault("adres", text("plan_fout.adres"))
    return known


def _check(row: Row[Any], wanted: Sequence[Wanted]) -> None:
    there = {duty.id for duty in duties(question.read(row.instelling))}
    for one in wanted:
        if one.dienst and one.dienst not in there:
            raise InputFault("dienst", text("plan_fout.dienst"))
        if (one.van is None) != (one.tot is None):
            raise InputFault("van", text("plan_fout.venster"))
        if one.van is not None and one.tot is not None and one.tot <= one.van:
            raise InputFault("tot", text("plan_fout.venster"))
        if not one.nodig <= NEEDS:
            raise InputFault("nodig", text("plan_fout.nodig"))
