"""The plans in which one address stood. Who planned or went, and the lot behind it, are no data of who asks."""

from __future__ import annotations

from sqlalchemy import and_, select

from service.inzage.contract import Section, Subject, plain
from service.rounds.tables import plan_adressen, plan_over, plan_wensen, plannen, ronde_stops, ronden, stop_adressen

_ONE = "adresseerbaarobject_identificatie"


def planned(asked: Subject) -> Section:
    """Per plan and target: when a visit was planned, or in words why it was not, and what the model said then."""
    of, stop, over = plan_adressen.c, stop_adressen.c, plan_over.c
    at = (
        select(ronden.c.plan_id, stop[_ONE], stop.doel, ronde_stops.c.begin)
        .join(ronde_stops, ronde_stops.c.ronde_id == ronden.c.id)
        .join(stop_adressen, stop.stop_id == ronde_stops.c.id)
        .subquery()
    )
    same_stop = and_(at.c.plan_id == of.plan_id, at.c[_ONE] == of[_ONE], at.c.doel == of.doel)
    same_over = and_(over.plan_id == of.plan_id, over[_ONE] == of[_ONE], over.doel == of.doel)
    rows = asked.connection.execute(
        select(
            *(plannen.c[name] for name in ("eerste_dag", "laatste_dag", "toestand")),
            *(of.doel, at.c.begin, over.waarom, of.kans, of.band, of.rang),
        )
        .join(plan_adressen, of.plan_id == plannen.c.id)
        .outerjoin(at, same_stop)
        .outerjoin(plan_over, same_over)
        .where(of[_ONE] == asked.identificatie)
        .order_by(plannen.c.gemaakt, of.doel)
    )
    columns = ("van", "tot", "toestand", "doel", "gepland", "waarom", "kans", "band", "rang")
    told = [tuple(map(plain, (*row[:6], *((None,) * 3 if asked.withheld else row[6:])))) for row in rows]
    return Section(naam="plannen", kolommen=columns, rijen=tuple(told))


def wishes(asked: Subject) -> Section:
    """What planners wished for a visit here."""
    columns = ("tijd", "soort", "van", "tot", "nodig")
    rows = asked.connection.execute(
        select(*(plan_wensen.c[name] for name in columns))
        .where(plan_wensen.c[_ONE] == asked.identificatie)
        .order_by(plan_wensen.c.tijd, plan_wensen.c.nr)
    )
    return Section(naam="planwensen", kolommen=columns, rijen=tuple(tuple(map(plain, row)) for row in rows))
