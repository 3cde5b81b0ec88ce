"""Plans and rounds as JSON, and what a planner asks from JSON."""

from __future__ import annotations

from datetime import time
from functools import cache

from pyproj import Transformer

from service.api.geometry import point
from service.faults import InputFault
from service.rounds.asked import Area, Asked, Team
from service.rounds.records import Adres, Plangegevens, Ronde, Stop
from service.schemas import Crs
from service.schemas_plannen import (
    ComparedOut,
    DoorOut,
    DutyOut,
    LeftCountOut,
    LeftOutOut,
    PlanIn,
    PlanOut,
    RoundOut,
    RoundStopOut,
    WishOut,
)
from service.web.teksten import text

UNITS = 10_000  # shares are in whole ten-thousandths


def asked(wanted: PlanIn) -> Asked:
    """The question. Raises InputFault on a place that is nowhere on earth."""
    return Asked(
        gemeente=wanted.gemeente,
        eerste_dag=wanted.eerste_dag,
        laatste_dag=wanted.laatste_dag,
        teams=tuple(
            Team(
                naam=team.naam.strip(),
                leden=tuple(dict.fromkeys(team.leden)),
                start_x=x,
                start_y=y,
                begin=time.fromisoformat(team.begin),
                einde=time.fromisoformat(team.einde),
                kan=frozenset(team.kan),
                dagen=frozenset(team.dagen),
            )
            for team in wanted.teams
            for x, y in (_rd(team.start.coordinates, wanted.crs),)
        ),
        gebied=Area(
            buitengebied=wanted.gebied.buitengebied,
            woonplaatsen=tuple(sorted(set(wanted.gebied.woonplaatsen))),
            vlak=tuple(tuple(_rd(spot, wanted.crs) for spot in ring) for ring in wanted.gebied.vlak.coordinates)
            if wanted.gebied.vlak
            else (),
        ),
        minuten_eerste=wanted.minuten_eerste,
        minuten_verder=wanted.minuten_verder,
        aandeel_verkenning=round(wanted.aandeel_verkenning * UNITS) / UNITS,
        aandeel_steekproef=round(wanted.aandeel_steekproef * UNITS) / UNITS,
        gevelschouw=wanted.gevelschouw,
        met_twee=wanted.met_twee,
        avond=wanted.avond,
    )


def plan_out(plan: Plangegevens, crs: Crs) -> PlanOut:
    """The whole plan."""
    names = {"id", "gemeente", "eerste_dag", "laatste_dag", "toestand", "versie", "bezig", "voortgang", "mislukt"}
    return PlanOut(
        **{name: getattr(plan, name) for name in names | {"fout", "berekend", "reis"}},
        rondes=[round_out(one, crs) for one in plan.ronden],
        over=[
            LeftOutOut(adres=door_out(one.adres, crs), waarom=one.waarom, uitleg=text(f"plan_waarom.{one.waarom}"))
            for one in plan.over
        ],
        over_aantallen=[
            LeftCountOut(waarom=why, uitleg=text(f"plan_waarom.{why}"), aantal=number)
            for why, number in plan.over_aantallen
        ],
        vergelijking=[ComparedOut(**vars(one)) for one in plan.vergelijkingen],
        diensten=[
            DutyOut(id=one.id, dag=one.dag, team=one.team, begin=one.begin, einde=one.einde) for one in plan.diensten
        ],
        wensen=[WishOut(**{**vars(one), "nodig": sorted(one.nodig)}) for one in plan.wensen],
    )


def round_out(ronde: Ronde, crs: Crs) -> RoundOut:
    """One round."""
    plain = ("id", "plan_id", "gemeente", "dag", "team", "vertrek", "terug", "begonnen", "versie")
    return RoundOut(
        **{name: getattr(ronde, name) for name in plain},
        leden=list(ronde.leden),
        start=point(ronde.start_x, ronde.start_y, crs),
        stops=[_stop_out(stop, crs) for stop in ronde.stops],
    )


def _stop_out(stop: Stop, crs: Crs) -> RoundStopOut:
    plain = ("id", "nr", "aankomst", "begin", "einde", "vast", "vervallen")
    return RoundStopOut(
        **{name: getattr(stop, name) for name in plain},
        geometrie=point(stop.x, stop.y, crs),
        adressen=[door_out(door, crs) for door in stop.adressen],
    )


def door_out(door: Adres, crs: Crs) -> DoorOut:
    """One door."""
    plain = ("id", "adres", "postcode", "woonplaats", "doel", "afgeschermd")
    return DoorOut(
        **{name: getattr(door, name) for name in plain},
        onderzoek_id=door.onderzoek_id or None,
        geometrie=point(door.x, door.y, crs),
        redenen=list(door.redenen),
        nodig=sorted(door.nodig),
        pogingen=list(door.pogingen),
    )


def _rd(spot: tuple[float, float], crs: Crs) -> tuple[float, float]:
    if crs is Crs.RD:
        return spot
    if not (-180 <= spot[0] <= 180 and -90 <= spot[1] <= 90):
        raise InputFault("coordinates", text("plan_fout.graden"))
    x, y = _to_rd().transform(*spot)
    return (float(x), float(y))


@cache
def _to_rd() -> Transformer:
    return Transformer.from_crs("OGC:CRS84", "EPSG:28992", always_xy=True)
