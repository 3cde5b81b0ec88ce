"""Making a plan: what was asked and who could be visited is written down whole, before any route is made (law 8)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from math import isnan
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select

from service import opaque
from service.cases.clocks import local_day
from service.db.database import Unit
from service.desk import Desk
from service.faults import Conflict, InputFault
from service.logs.entry import Entry, Trace
from service.people import Person
from service.permissions import Permission
from service.planning.calendar import FIRST_HOUR, LAST_HOUR
from service.rounds import asked as question
from service.rounds.area import shape
from service.rounds.asked import MOST_DAYS, Asked, Team
from service.rounds.gather import Found, gather
from service.rounds.keep import OBJECT
from service.rounds.lot import Lot, chosen
from service.rounds.policy import Planning
from service.rounds.read import CONCEPT, plans_here
from service.rounds.tables import plan_adressen, plan_wensen, plannen
from service.rounds.wishes import Soort
from service.signin import roster
from service.web.teksten import text

NETHERLANDS = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)  # RD, metres: west, south, east, north
AT_ONCE = 3  # plans that are being computed, per gemeente
LEASE = timedelta(minutes=5)  # nobody computes longer


def make(desk: Desk, person: Person, trace: Trace, asked: Asked, *, vast: tuple[str, ...] = ()) -> str:
    """Write down the question and its candidates; the id of the plan, which is still to be computed (work.py).

    vast: opaque ids of addresses that must be in it. Raises InputFault on what cannot be meant, Conflict while too many
    are being computed, NothingPublished, StoreUnavailable.
    """
    if not plans_here(person, asked.gemeente):
        raise InputFault("gemeente", text("plan_fout.gemeente"))
    publication = desk.publications.current()
    now, policy, planning = desk.database.clock(), desk.settings.werkvoorraad, planning_of(desk)
    with desk.database.looking() as read:
        allowed = {one.id for one in roster.active(read, Permission.BEZOEKEN, asked.gemeente)}
        check(asked, local_day(now), allowed)
        found = gather(read, publication, asked, now, policy)
        run = publication.manifest.run_id
        lot = chosen(read, asked, found, desk.settings.sleutel, run, now, policy, planning.verwacht_rijden)
    key = publication.key
    known = {opaque.opaque_id(key, one.deur.identificatie): one.deur.identificatie for one in lot.found}
    if any(id not in known for id in vast):
        raise InputFault("vast", text("plan_fout.adres"))
    with desk.database.unit(person, trace) as unit:
        _check_turn(unit, asked.gemeente)
        return _write(unit, person, asked, lot, publication.manifest.run_id, tuple(known[id] for id in vast))


def check(asked: Asked, today: Any, allowed: set[str]) -> None:
    """Raises InputFault on the first thing that cannot be meant. allowed: who may visit in this gemeente."""
    days = (asked.laatste_dag - asked.eerste_dag).days
    if not 0 <= days < MOST_DAYS or asked.eerste_dag < today:
        raise InputFault("eersteDag", text("plan_fout.dagen", meest=MOST_DAYS))
    if len({team.naam for team in asked.teams}) < len(asked.teams):
        raise InputFault("teams", text("plan_fout.team_naam"))
    for team in asked.teams:
        _check_team(asked, team, allowed)
    for n, team in enumerate(asked.teams):
        for other in asked.teams[:n]:
            if set(team.leden) & set(other.leden) and _meet(asked, team, other):
                raise InputFault("teams", text("plan_fout.team_dubbel", team=other.naam, ander=team.naam))
    if asked.gebied.vlak:
        shape(asked.gebied)


def _check_team(asked: Asked, team: Team, allowed: set[str]) -> None:
    west, south, east, north = NETHERLANDS
    if not team.leden:
        raise InputFault("teams", text("plan_fout.team_leeg", team=team.naam))
    if not set(team.leden) <= allowed:
        raise InputFault("teams", text("plan_fout.team_leden", team=team.naam))
    if team.einde < team.begin:
        raise InputFault("teams", text("plan_fout.team_uren", team=team.naam))
    if team.begin.hour < FIRST_HOUR or (team.einde.hour, team.einde.minute) > (LAST_HOUR, 0):
        raise InputFault("teams", text("plan_fout.bezoek_uren", team=team.naam))
    if not (west <= team.start_x <= east and south <= team.start_y <= north):
        raise InputFault("teams", text("plan_fout.team_start", team=team.naam))
    if not team.dagen <= set(asked.dagen):
        raise InputFault("teams", text("plan_fout.team_dag", team=team.naam))


def _meet(asked: Asked, one: Team, other: Team) -> bool:
    days = (one.dagen or set(asked.dagen)) & (other.dagen or set(asked.dagen))
    return bool(days) and one.begin < other.einde and other.begin < one.einde


def planning_of(desk: Desk) -> Planning:
    """How long is searched."""
    return desk.settings.planning


def _check_turn(unit: Unit, gemeente: str) -> None:
    """Raises Conflict while as many plans as there may be are being computed for this gemeente."""
    busy = unit.connection.execute(
        select(func.count()).where(plannen.c.gemeente == gemeente, plannen.c.bezig_tot >= unit.now)
    ).scalar_one()
    if busy >= AT_ONCE:
        raise Conflict(text("plan_fout.te_veel_bezig"))


def _write(unit: Unit, person: Person, asked: Asked, lot: Lot, run_id: str, vast: tuple[str, ...]) -> str:
    id = secrets.token_hex(16)
    unit.connection.execute(
        insert(plannen),
        {
            "id": id,
            "gemeente": asked.gemeente,
            "eerste_dag": asked.eerste_dag,
            "laatste_dag": asked.laatste_dag,
            "toestand": CONCEPT,
            "versie": 1,
            "run_id": run_id,
            "instelling": question.told(asked),
            "zaad": lot.zaad,
            "gemaakt": unit.now,
            "door": person.id,
            "loting": lot.loting,
            "fout": "",
            "bezig_tot": unit.now + LEASE,
            "berekend": None,
            "reis": "",
            "vergelijking": "[]",
            "vastgesteld": None,
            "vastgesteld_door": "",
        },
    )
    if lot.found:
        unit.connection.execute(insert(plan_adressen), [_row(id, one) for one in lot.found])
    wishes = [
        {
            "plan_id": id,
            "nr": nr,
            "adresseerbaarobject_identificatie": name,
            "soort": Soort.VAST.value,
            "dienst": "",
            "van": None,
            "tot": None,
            "nodig": "",
            "persoon": person.id,
            "tijd": unit.now,
        }
        for nr, name in enumerate(dict.fromkeys(vast), start=1)
    ]
    if wishes:
        unit.connection.execute(insert(plan_wensen), wishes)
    where = tuple(sorted({one.deur.identificatie for one in lot.found}))
    unit.log(
        Entry(
            handeling="plan.maken",
            object_soort=OBJECT,
            object_id=id,
            adressen=where,
            onbegrensd=True,  # nobody reads them now; being a candidate is processing all the same
            bijzonderheden=(("gemeente", asked.gemeente), ("run", run_id), ("kandidaten", str(len(where)))),
        )
    )
    return id


def _row(plan_id: str, one: Found) -> dict[str, Any]:
    door = one.deur
    placed = bool(np.isfinite([door.x, door.y]).all())
    return {
        "plan_id": plan_id,
        "adresseerbaarobject_identificatie": door.identificatie,
        "doel": door.doel.value,
        "onderzoek_id": door.onderzoek_id,
        "x": door.x if placed else 0.0,
        "y": door.y if placed else 0.0,
        "nummer": f"{door.postcode.replace(' ', '')} {door.huisnummer}" if door.huisnummer else "",
        "buiten": door.buitengebied,
        "ingeschreven": one.ingeschreven,
        "uitgesloten": one.uitgesloten,
        "stroom": door.stroom.value,
        "selectiekans": door.selectiekans,
        "gekozen": door.gekozen,
        "kans": None if isnan(door.kans) else door.kans,
        "band": door.band,
        "rang": door.rang or None,
    }
