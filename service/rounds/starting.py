"""Starting a round, on the day itself: each stop is held against the newest BRP and against its investigation.

A stop of which every door is solved stays in the round, off, with the reason. What could not be checked stays on: the
check never loses a plan (service/bewoning/day.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException
from sqlalchemy import select, update

from service.bewoning.day import Controle, check_round
from service.bewoning.records import Oordeel
from service.cases.clocks import local_day
from service.cases.codes import Toestand
from service.cases.tables import onderzoeken
from service.db.database import Unit
from service.desk import Desk
from service.faults import Conflict, Forbidden
from service.logs.entry import Entry, Trace
from service.people import Person
from service.permissions import Permission
from service.rounds.read import FIXED, identificaties, round_of
from service.rounds.records import Ronde
from service.rounds.tables import plan_adressen, plannen, ronde_stops, ronden, stop_adressen
from service.web.teksten import text

ROUND = "bezoekronde"


@dataclass(frozen=True, kw_only=True)
class Started:
    """ronde: as it is now. gecontroleerd: doors that were held against the BRP of today. niet_gecontroleerd: why the
    others were not, each reason once; empty when all were, or no check is configured.
    """

    ronde: Ronde
    gecontroleerd: int
    niet_gecontroleerd: tuple[str, ...]


def start(desk: Desk, person: Person, trace: Trace, id: str, versie: int) -> Started:
    """Start one's own round. The check of the day runs first, outside the unit of work: it may take its seconds.

    Raises 404, Forbidden for who is not in the team, Conflict when it is not for today, begun, or changed meanwhile.
    """
    with desk.database.looking() as read:
        found = round_of(read, id, person, desk.publications)
        registered = _registered(read, found.plan_id) if found else {}
    if found is None:
        raise HTTPException(404)
    if person.id not in found.leden:
        raise Forbidden(Permission.BEZOEKEN)
    _check(desk, found, versie)
    checked = _checked(desk, found, registered)
    with desk.database.unit(person, trace) as unit:
        _begin(unit, person, found, versie, checked)
        now = round_of(unit.connection, id, person, desk.publications)
        if now is None:
            raise HTTPException(404)
        unit.log(
            Entry(
                handeling="bezoekronde.starten",
                object_soort=ROUND,
                object_id=id,
                adressen=identificaties([now]),
                onbegrensd=True,
                bijzonderheden=(("vervallen", str(sum(bool(stop.vervallen) for stop in now.stops))),),
            )
        )
    missed = checked.niet_gecontroleerd if checked else ()
    told = tuple(dict.fromkeys(one.reden for one in missed))
    count = len(checked.uitspraken) - len(missed) if checked else 0
    return Started(ronde=now, gecontroleerd=count, niet_gecontroleerd=told)


def _check(desk: Desk, found: Ronde, versie: int) -> None:
    if found.begonnen is not None:
        raise Conflict(text("plan_fout.al_begonnen"))
    if found.dag != local_day(desk.database.clock()):
        raise Conflict(text("plan_fout.niet_vandaag", dag=found.dag.isoformat()))
    if found.versie != versie:
        raise Conflict(text("plan_fout.ronde_veranderd"))


def _checked(desk: Desk, found: Ronde, registered: dict[str, int | None]) -> Controle | None:
    """Against the BRP; None when no check is configured."""
    koppeling = desk.settings.bewoning
    if not koppeling.aan:
        return None
    return check_round(found, koppeling, local_day(desk.database.clock()), registered)


def _registered(read: Any, plan_id: str) -> dict[str, int | None]:
    rows = read.execute(
        select(plan_adressen.c.adresseerbaarobject_identificatie, plan_adressen.c.ingeschreven).where(
            plan_adressen.c.plan_id == plan_id
        )
    )
    return {row[0]: row[1] for row in rows}


def _begin(unit: Unit, person: Person, found: Ronde, versie: int, checked: Controle | None) -> None:
    """Write it down. Raises Conflict when somebody else was first, or the plan was taken back meanwhile."""
    fixed = select(plannen.c.id).where(plannen.c.id == found.plan_id, plannen.c.toestand == FIXED)
    changed = unit.connection.execute(
        update(ronden)
        .where(
            ronden.c.id == found.id,
            ronden.c.versie == versie,
            ronden.c.begonnen.is_(None),
            ronden.c.plan_id.in_(fixed),
        )
        .values(begonnen=unit.now, begonnen_door=person.id, versie=versie + 1)
    ).rowcount
    if changed != 1:
        raise Conflict(text("plan_fout.ronde_veranderd"))
    moved_on = _moved_on(unit, found)
    for stop in found.stops:
        reasons = []
        for nr, door in enumerate(stop.adressen, start=1):
            why = text("plan_fout.onderzoek_verder") if door.onderzoek_id in moved_on else ""
            if checked and not why:
                verdict = checked.of(stop)[nr - 1]
                why = verdict.reden if verdict.oordeel is Oordeel.OPGELOST else ""
            reasons.append(why)
            if why:
                unit.connection.execute(
                    update(stop_adressen)
                    .where(
                        stop_adressen.c.stop_id == stop.id,
                        stop_adressen.c.adresseerbaarobject_identificatie == door.identificatie,
                        stop_adressen.c.doel == door.doel.value,
                    )
                    .values(vervallen=why)
                )
        if reasons and all(reasons):
            told = " ".join(dict.fromkeys(reasons))
            unit.connection.execute(update(ronde_stops).where(ronde_stops.c.id == stop.id).values(vervallen=told))


def _moved_on(unit: Unit, found: Ronde) -> frozenset[str]:
    """The investigations of the round that ask for no visit any more."""
    cases = {door.onderzoek_id for stop in found.stops for door in stop.adressen if door.onderzoek_id}
    still = unit.connection.execute(
        select(onderzoeken.c.id).where(
            onderzoeken.c.id.in_(sorted(cases)),
            onderzoeken.c.toestand == Toestand.HUISBEZOEK.value,
        )
    ).scalars()
    return frozenset(cases - set(still))
