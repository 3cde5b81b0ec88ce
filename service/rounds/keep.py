"""A solution into the store: whole, in the place of the one before, or not at all (law 7)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select, update

from service.db.database import Unit
from service.faults import Conflict
from service.logs.entry import Entry
from service.planning.in_order import by_rank
from service.planning.planned import PlannedRound, PlannedStop, doors, expected, hours, left_out, rounds
from service.planning.problem import Plan, Why
from service.planning.propose import Fault, Proposal
from service.rounds.records import Vergelijking
from service.rounds.tables import plan_adressen, plan_over, plannen, ronde_leden, ronde_stops, ronden, stop_adressen
from service.rounds.wishes import standing
from service.web.teksten import text

OBJECT = "plan"
LIST = "lijst"
_FAULTS = {  # what propose.py refuses, in the words of the solver: told as a reason beside the address
    Fault.TIJDEN_STRIJDIG: Why.GEEN_TIJD,
    Fault.DIENST_ONBEKEND: Why.GEEN_TEAM,
    Fault.PLAATS_ONBEKEND: "geen_ligging",
}


def take(unit: Unit, plan_id: str, versie: int, values: dict[str, Any]) -> int:
    """Take hold of the plan as it was seen, and change it; its versie afterwards. Raises Conflict on a stale one.

    The first write of every deed: on PostgreSQL the row is the lock, on SQLite the transaction is.
    """
    changed = unit.connection.execute(
        update(plannen)
        .where(plannen.c.id == plan_id, plannen.c.versie == versie)
        .values({**values, "versie": versie + 1})
    ).rowcount
    if changed != 1:
        raise Conflict(text("plan_fout.veranderd"))
    return versie + 1


def keep(unit: Unit, plan_id: str, versie: int, proposal: Proposal, plan: Plan, values: dict[str, Any]) -> int:
    """Put the solution in the place of the last; the plan's versie afterwards. Raises Conflict on a stale one.

    values: what else changes of the plan: `reis`, `vergelijking` (from `compared`), whether somebody still computes.
    """
    after = take(unit, plan_id, versie, {"berekend": unit.now, **values})
    gemeente = unit.connection.execute(select(plannen.c.gemeente).where(plannen.c.id == plan_id)).scalar_one()
    _clear(unit, plan_id)
    for one in rounds(proposal, plan):
        _keep_round(unit, plan_id, gemeente, one)
    _keep_left(unit, plan_id, proposal, plan)
    where = sorted({d.identificatie for one in rounds(proposal, plan) for stop in one.stops for d in stop.deuren})
    unit.log(
        Entry(
            handeling="plan.berekenen",
            object_soort=OBJECT,
            object_id=plan_id,
            adressen=tuple(where),
            onbegrensd=True,  # nobody reads them now
            bijzonderheden=(("versie", str(after)),),
        )
    )
    return after


def compared(proposal: Proposal, plan: Plan, before: str = "[]") -> str:
    """The plan beside the top of the list in the order of its ranks, on the same hours: as canonical JSON.

    before: the last one; of the list it is taken over when it is there: walking down a long list takes seconds, and a
    wish about one address does not change what the list gives. Not to be called in a unit of work.
    """
    known = [Vergelijking(**one) for one in json.loads(before) if one["naam"] == LIST]
    listed = known or [_figures(LIST, proposal, by_rank(proposal))]
    return json.dumps([asdict(one) for one in (_figures("plan", proposal, plan), *listed)], sort_keys=True)


def _figures(name: str, proposal: Proposal, plan: Plan) -> Vergelijking:
    return Vergelijking(
        naam=name,
        vondsten=round(expected(proposal, plan), 3),
        uren=round(hours(plan), 2),
        adressen=doors(proposal, plan),
    )


def round_id(plan_id: str, dienst: str) -> str:
    """The same after every solution, so that a link to a round lasts."""
    return hashlib.sha256(f"{plan_id}|{dienst}".encode()).hexdigest()[:32]


def _clear(unit: Unit, plan_id: str) -> None:
    mine = select(ronden.c.id).where(ronden.c.plan_id == plan_id)
    stops = select(ronde_stops.c.id).where(ronde_stops.c.ronde_id.in_(mine))
    unit.connection.execute(delete(stop_adressen).where(stop_adressen.c.stop_id.in_(stops)))
    unit.connection.execute(delete(ronde_stops).where(ronde_stops.c.ronde_id.in_(mine)))
    unit.connection.execute(delete(ronde_leden).where(ronde_leden.c.ronde_id.in_(mine)))
    unit.connection.execute(delete(ronden).where(ronden.c.plan_id == plan_id))
    unit.connection.execute(delete(plan_over).where(plan_over.c.plan_id == plan_id))


def _keep_round(unit: Unit, plan_id: str, gemeente: str, found: PlannedRound) -> None:
    team, id = found.dienst.team, round_id(plan_id, found.dienst.id)
    unit.connection.execute(
        insert(ronden),
        {
            "id": id,
            "plan_id": plan_id,
            "gemeente": gemeente,
            "dienst": found.dienst.id,
            "dag": found.dienst.dag,
            "team": team.naam,
            "start_x": team.start_x,
            "start_y": team.start_y,
            "vertrek": found.vertrek,
            "terug": found.terug,
            "begonnen": None,
            "begonnen_door": "",
            "versie": 1,
        },
    )
    unit.connection.execute(insert(ronde_leden), [{"ronde_id": id, "persoon": who} for who in sorted(set(team.leden))])
    unit.connection.execute(insert(ronde_stops), [_stop(plan_id, id, stop) for stop in found.stops])
    unit.connection.execute(
        insert(stop_adressen),
        [
            {
                "stop_id": _stop_id(plan_id, stop),
                "nr": nr,
                "adresseerbaarobject_identificatie": door.identificatie,
                "doel": door.doel.value,
                "onderzoek_id": door.onderzoek_id,
                "vervallen": "",
            }
            for stop in found.stops
            for nr, door in enumerate(stop.deuren, start=1)
        ],
    )


def _stop(plan_id: str, ronde_id: str, stop: PlannedStop) -> dict[str, Any]:
    return {
        "id": _stop_id(plan_id, stop),
        "ronde_id": ronde_id,
        "nr": stop.nr,
        "x": stop.deuren[0].x,
        "y": stop.deuren[0].y,
        "aankomst": stop.aankomst,
        "begin": stop.begin,
        "einde": stop.einde,
        "vast": stop.vast,
        "vervallen": "",
    }


def _stop_id(plan_id: str, stop: PlannedStop) -> str:
    return hashlib.sha256(f"{plan_id}|stop|{stop.stop}".encode()).hexdigest()[:32]


def _keep_left(unit: Unit, plan_id: str, proposal: Proposal, plan: Plan) -> None:
    """Every address of the plan that is in no round, with why: the solver's reason, ours, or the planner's own."""
    told: dict[tuple[str, str], tuple[str, str]] = {}
    for left in left_out(proposal, plan):
        told[left.deur.identificatie, left.deur.doel.value] = (left.gezegd.value, left.waarom.value)
    faults = {one.over: str(_FAULTS[one.fout]) for one in proposal.complaints if one.fout in _FAULTS}
    banned = {about for about, said in standing(unit.connection, plan_id).items() if said.geweerd}
    planned = {
        (door.identificatie, door.doel.value)
        for route in plan.routes
        for visit in route.visits
        for door in proposal.doors[visit.stop]
    }
    rows = unit.connection.execute(
        select(
            plan_adressen.c.adresseerbaarobject_identificatie, plan_adressen.c.doel, plan_adressen.c.uitgesloten
        ).where(plan_adressen.c.plan_id == plan_id)
    ).all()
    for name, doel, out in rows:
        if (name, doel) in planned:
            continue
        if name in banned:
            told[name, doel] = ("geweerd", "geweerd")
        elif out:
            told[name, doel] = (out, out)
        elif (name, doel) not in told:
            why = faults.get(name, Why.GEEN_TIJD.value)
            told[name, doel] = (why, why)
    if told:
        unit.connection.execute(
            insert(plan_over),
            [
                {
                    "plan_id": plan_id,
                    "adresseerbaarobject_identificatie": name,
                    "doel": doel,
                    "waarom": said,
                    "eigenlijk": why,
                }
                for (name, doel), (said, why) in sorted(told.items())
            ],
        )
