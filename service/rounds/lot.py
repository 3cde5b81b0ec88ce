"""What the lot puts in a plan, before there is any route: exact over the periods of a gemeente together (law 8).

The seed follows from the installation's key, the gemeente, the period and the list, so asking again gives no other lot.
What the desk drew by chance or to explore, and what an earlier plan drew and nobody visited, is in first: whoever lets
travel time decide which of the sample are visited has no sample any more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from features.columns import Doel
from service.planning.doors import CHOSEN, Candidate
from service.planning.shares import Portions, drawn, settled
from service.rounds.asked import Asked
from service.rounds.gather import Found
from service.rounds.shifts import duties
from service.rounds.tables import plan_adressen, plannen
from service.worklist import lot
from service.worklist.free import seen
from service.worklist.policy import Werkvoorraad
from service.worklist.shares import Rest, Shares


@dataclass(frozen=True, kw_only=True)
class Lot:
    """found: everybody, those chosen by lot marked. loting: canonical JSON of what was drawn, for the plan's row."""

    found: tuple[Found, ...]
    loting: str
    zaad: str


def chosen(
    connection: Connection,
    asked: Asked,
    found: Sequence[Found],
    key: bytes,
    run_id: str,
    now: datetime,
    policy: Werkvoorraad,
    driving: float,
) -> Lot:
    """Draw. driving: expected minutes between two stops."""
    number = connection.execute(
        select(func.count()).where(plannen.c.gemeente == asked.gemeente, plannen.c.vastgesteld.is_not(None))
    ).scalar_one()
    seed = lot.seed(key, "plan", asked.gemeente, asked.eerste_dag.isoformat(), str(number), run_id)
    portions = Portions(verkenning=asked.aandeel_verkenning, steekproef=asked.aandeel_steekproef)
    earlier, rests = _earlier(connection, asked.gemeente), last_rest(connection, asked.gemeente)
    out = {(one.deur.identificatie, one.deur.doel): one for one in found}
    told: dict[str, Any] = {}
    for doel in Doel:
        free = [one.deur for one in found if one.deur.doel is doel and not one.uitgesloten]
        waiting = [_again(one, earlier) for one in free if one.stroom in CHOSEN or one.identificatie in earlier]
        names = sorted(one.identificatie for one in waiting)
        before = rests.get(doel.value, Rest())
        period = drawn(
            free,
            _doors(asked, driving, len(free), len(found)),
            lot.keyed(seed, "doel", doel) * 2,
            portions=portions,
            before=before,
            seen=seen(connection, asked.gemeente, doel, now, policy),
            carried=waiting,
        )
        for one in period.candidates:
            out[one.identificatie, doel] = replace(out[one.identificatie, doel], deur=one)
        told[doel.value] = {"getrokken": _plain(period.numbers), "vorige": vars(before), "gewacht": names}
    return Lot(found=tuple(out.values()), loting=json.dumps(told, sort_keys=True, separators=(",", ":")), zaad=seed)


def settle(loting: str, asked: Asked, planned: Mapping[str, int]) -> str:
    """`loting` with what goes on to the next period. planned: doors in rounds per target, without those that waited."""
    told = json.loads(loting)
    portions = Portions(verkenning=asked.aandeel_verkenning, steekproef=asked.aandeel_steekproef)
    for doel, about in told.items():
        given = about["getrokken"]
        numbers = Shares(
            risico=given["risico"], verkenning=given["verkenning"], steekproef=given["steekproef"], rest=Rest()
        )
        about["rest"] = vars(settled(portions, numbers, planned.get(doel, 0), Rest(**about["vorige"])))
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def last_rest(connection: Connection, gemeente: str) -> dict[str, Rest]:
    """Per target what the last plan that was fixed left over."""
    row = connection.execute(
        select(plannen.c.loting)
        .where(plannen.c.gemeente == gemeente, plannen.c.vastgesteld.is_not(None))
        .order_by(plannen.c.vastgesteld.desc(), plannen.c.id)
        .limit(1)
    ).scalar()
    if row is None:
        return {}
    return {doel: Rest(**about["rest"]) for doel, about in json.loads(row).items() if "rest" in about}


def _earlier(connection: Connection, gemeente: str) -> dict[str, tuple[str, float | None]]:
    """Who was drawn by the lot of a fixed plan: stream and chance, by identificatie; who is visited is no candidate."""
    rows = connection.execute(
        select(plan_adressen.c.adresseerbaarobject_identificatie, plan_adressen.c.stroom, plan_adressen.c.selectiekans)
        .join(plannen, plannen.c.id == plan_adressen.c.plan_id)
        .where(plannen.c.gemeente == gemeente, plannen.c.vastgesteld.is_not(None), plan_adressen.c.gekozen)
        .order_by(plannen.c.vastgesteld.desc())
    )
    found: dict[str, tuple[str, float | None]] = {}
    for row in rows:
        found[row.adresseerbaarobject_identificatie] = (row.stroom, row.selectiekans)
    return found


def _again(one: Candidate, earlier: Mapping[str, tuple[str, float | None]]) -> Candidate:
    """With the stream and the chance with which it was drawn first."""
    if one.stroom in CHOSEN or one.identificatie not in earlier:
        return one
    stroom, kans = earlier[one.identificatie]
    return replace(one, stroom=type(one.stroom)(stroom), selectiekans=kans)


def _doors(asked: Asked, driving: float, free: int, everybody: int) -> int:
    """How many doors of one target are expected to be visited in the period."""
    minutes = sum(
        max((duty.einde.hour - duty.begin.hour) * 60 + duty.einde.minute - duty.begin.minute, 0)
        for duty in duties(asked)
    )
    stops = int(minutes // (asked.minuten_eerste + driving))
    return min(free, round(stops * free / max(everybody, 1)))


def _plain(numbers: Shares) -> dict[str, int]:
    return {"risico": numbers.risico, "verkenning": numbers.verkenning, "steekproef": numbers.steekproef}
