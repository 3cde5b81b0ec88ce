"""Fixing a plan: from then on its rounds are seen by who walks them, and its addresses are in no other plan.

Who walks a round gets part in its investigations (to visit, nothing else), declares there to have no tie, and loses the
part when the plan is taken back. Written in one unit of work: a fixed plan whose people see half of it cannot be.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import Row, select

from service.cases.codes import Deel, Toestand
from service.cases.steps import Stap
from service.cases.tables import delen, onderzoeken, stappen
from service.cases.write import join, leave
from service.db.database import Unit
from service.desk import Desk
from service.faults import Conflict
from service.logs.entry import Entry, Trace
from service.people import Person
from service.rounds import asked as question
from service.rounds.gather import planned
from service.rounds.keep import OBJECT, take
from service.rounds.lot import settle
from service.rounds.pose import ties
from service.rounds.read import FIXED, REPLACED, plan_row
from service.rounds.tables import plannen, ronde_leden, ronde_stops, ronden, stop_adressen
from service.rounds.wishing import concept
from service.web.teksten import text


def fix(desk: Desk, person: Person, trace: Trace, plan_id: str, versie: int) -> int:
    """Fix the plan as it was seen; its versie afterwards.

    Raises 404, Conflict when it is stale, fixed already or still being computed, when an address is in another plan or
    needs no visit any more, when somebody has another round that day, or cannot go to an address of their round.
    """
    with desk.database.unit(person, trace) as unit:
        row = concept(unit, person, plan_id)
        if row.bezig_tot is not None and row.bezig_tot >= unit.now:
            raise Conflict(text("plan_fout.bezig"))
        if row.berekend is None:
            raise Conflict(text("plan_fout.niet_berekend"))
        doors = _doors(unit, plan_id)
        _check_doors(unit, row, doors)
        _check_people(unit, plan_id)
        settled = settle(row.loting, question.read(row.instelling), _counted(row, doors))
        values = {
            "toestand": FIXED,
            "vastgesteld": unit.now,
            "vastgesteld_door": person.id,
            "bezig_tot": None,
            "loting": settled,
        }
        after = take(unit, plan_id, versie, values)
        for ronde_id, case in {(door.ronde_id, door.onderzoek_id) for door in doors if door.onderzoek_id}:
            for who in _people(unit, ronde_id):
                if not _has_part(unit, case, who):
                    join(unit, case, who, Deel.BEZOEKER)
        _log(unit, "plan.vaststellen", plan_id, doors)
        return after


def withdraw(desk: Desk, person: Person, trace: Trace, plan_id: str, versie: int) -> int:
    """Take a plan back, so that its addresses are free again; its versie afterwards. It stays as `vervangen`.

    Raises 404, Conflict when it is stale, or one of its rounds was started.
    """
    with desk.database.unit(person, trace) as unit:
        row = plan_row(unit.connection, plan_id, person)
        if row is None:
            concept(unit, person, plan_id)  # 404
        elif row.toestand == REPLACED:
            raise Conflict(text("plan_fout.niet_vastgesteld"))
        begun = unit.connection.execute(
            select(ronden.c.id).where(ronden.c.plan_id == plan_id, ronden.c.begonnen.is_not(None)).limit(1)
        ).first()
        if begun is not None:
            raise Conflict(text("plan_fout.begonnen"))
        doors = _doors(unit, plan_id)
        after = take(unit, plan_id, versie, {"toestand": REPLACED, "bezig_tot": None})
        if row is not None and row.toestand == FIXED:
            _end_parts(unit, doors)
        _log(unit, "plan.intrekken", plan_id, doors)
        return after


def _doors(unit: Unit, plan_id: str) -> list[Row[Any]]:
    query = (
        select(stop_adressen, ronde_stops.c.ronde_id)
        .join(ronde_stops, ronde_stops.c.id == stop_adressen.c.stop_id)
        .join(ronden, ronden.c.id == ronde_stops.c.ronde_id)
        .where(ronden.c.plan_id == plan_id)
        .order_by(ronde_stops.c.ronde_id, ronde_stops.c.nr, stop_adressen.c.nr)
    )
    return list(unit.connection.execute(query))


def _check_doors(unit: Unit, plan: Row[Any], doors: list[Row[Any]]) -> None:
    elsewhere = planned(unit.connection, plan.gemeente, unit.now, without=plan.id)
    taken = [door for door in doors if (door.adresseerbaarobject_identificatie, door.doel) in elsewhere]
    if taken:
        raise Conflict(text("plan_fout.intussen_gepland", aantal=len(taken)))
    still = frozenset(
        unit.connection.execute(
            select(onderzoeken.c.id).where(
                onderzoeken.c.gemeente == plan.gemeente,
                onderzoeken.c.toestand == Toestand.HUISBEZOEK.value,
                onderzoeken.c.wacht_op == "",
            )
        ).scalars()
    )
    gone = [door for door in doors if door.onderzoek_id and door.onderzoek_id not in still]
    if gone:
        raise Conflict(text("plan_fout.intussen_weg", aantal=len(gone)))


def _check_people(unit: Unit, plan_id: str) -> None:
    """Nobody is in two places, and nobody goes where they said to have a tie (they are not told which address)."""
    mine = unit.connection.execute(select(ronden).where(ronden.c.plan_id == plan_id)).all()
    for row in mine:
        people = _people(unit, row.id)
        other = unit.connection.execute(
            select(ronden.c.id)
            .join(plannen, plannen.c.id == ronden.c.plan_id)
            .join(ronde_leden, ronde_leden.c.ronde_id == ronden.c.id)
            .where(
                plannen.c.toestand == FIXED,
                ronden.c.plan_id != plan_id,
                ronden.c.vertrek < row.terug,
                ronden.c.terug > row.vertrek,
                ronde_leden.c.persoon.in_(people),
            )
            .limit(1)
        ).first()
        if other is not None:
            raise Conflict(text("plan_fout.mens_bezet", team=row.team, dag=row.dag.isoformat()))
    tied = ties(unit.connection, [door.onderzoek_id for door in _doors(unit, plan_id)])
    for row in mine:
        here = {door.onderzoek_id for door in _doors(unit, plan_id) if door.ronde_id == row.id}
        if any(set(_people(unit, row.id)) & tied.get(case, frozenset()) for case in here):
            raise Conflict(text("plan_fout.past_niet_bij_team", team=row.team))


def _people(unit: Unit, ronde_id: str) -> list[str]:
    query = select(ronde_leden.c.persoon).where(ronde_leden.c.ronde_id == ronde_id).order_by(ronde_leden.c.persoon)
    return list(unit.connection.execute(query).scalars())


def _has_part(unit: Unit, case: str, person: str) -> bool:
    """Whether they handle or visit it already: then they declared, or will, under that part."""
    found = unit.connection.execute(
        select(delen.c.persoon).where(
            delen.c.onderzoek_id == case,
            delen.c.persoon == person,
            delen.c.tot.is_(None),
            delen.c.deel.in_([Deel.BEHANDELAAR.value, Deel.BEZOEKER.value]),
        )
    )
    return found.first() is not None


def _end_parts(unit: Unit, doors: list[Row[Any]]) -> None:
    """Who had part in an investigation for this plan alone has none any more; the one drawn by lot keeps theirs."""
    for ronde_id, case in {(door.ronde_id, door.onderzoek_id) for door in doors if door.onderzoek_id}:
        drawn = _drawn(unit, case)
        for who in _people(unit, ronde_id):
            if who not in drawn:
                leave(unit, case, who, Deel.BEZOEKER)


def _drawn(unit: Unit, case: str) -> frozenset[str]:
    """Who the service itself drew to visit, from the steps of the investigation."""
    rows = unit.connection.execute(
        select(stappen.c.gegevens).where(stappen.c.onderzoek_id == case, stappen.c.stap == Stap.TOEWIJZEN.value)
    ).scalars()
    told = [json.loads(row) for row in rows]
    return frozenset(one["gekozen"] for one in told if one.get("deel") == Deel.BEZOEKER.value)


def _counted(plan: Row[Any], doors: list[Row[Any]]) -> dict[str, int]:
    """Doors in rounds per target, without those that were counted when they were drawn first."""
    waited = {doel: set(about["gewacht"]) for doel, about in json.loads(plan.loting).items()}
    return dict(
        Counter(
            door.doel for door in doors if door.adresseerbaarobject_identificatie not in waited.get(door.doel, set())
        )
    )


def _log(unit: Unit, what: str, plan_id: str, doors: list[Row[Any]]) -> None:
    unit.log(
        Entry(
            handeling=what,
            object_soort=OBJECT,
            object_id=plan_id,
            adressen=tuple(dict.fromkeys(door.adresseerbaarobject_identificatie for door in doors)),
            onbegrensd=True,  # they were read in the plan
        )
    )
