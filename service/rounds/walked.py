"""Rounds as they lie in the store, with their stops and doors. Who may see them is asked before (read.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from features.columns import Doel
from service.cases.clocks import WALL
from service.rounds.doors import Key, Told, told
from service.rounds.records import Adres, Ronde, Stop
from service.rounds.tables import plan_adressen, ronde_leden, ronde_stops, stop_adressen
from service.rounds.wishes import Standing, standing
from service.store import Publications


def rounds_in(connection: Connection, rows: Sequence[Row[Any]], publications: Publications) -> tuple[Ronde, ...]:
    """The rounds of these rows of one plan or one person, with all that is in them."""
    ids = [row.id for row in rows]
    stops = connection.execute(
        select(ronde_stops).where(ronde_stops.c.ronde_id.in_(ids)).order_by(ronde_stops.c.nr)
    ).all()
    people: dict[str, list[str]] = {id: [] for id in ids}
    for one in connection.execute(
        select(ronde_leden).where(ronde_leden.c.ronde_id.in_(ids)).order_by(ronde_leden.c.persoon)
    ):
        people[one.ronde_id].append(one.persoon)
    doors: dict[str, tuple[Adres, ...]] = {}
    for row in rows:
        doors |= _doors(connection, row, publications)
    return tuple(
        Ronde(
            id=row.id,
            plan_id=row.plan_id,
            gemeente=row.gemeente,
            dag=row.dag,
            team=row.team,
            leden=tuple(people[row.id]),
            start_x=row.start_x,
            start_y=row.start_y,
            vertrek=_wall(row.vertrek),
            terug=_wall(row.terug),
            stops=tuple(_stop(one, doors[one.id]) for one in stops if one.ronde_id == row.id),
            begonnen=row.begonnen,
            versie=row.versie,
        )
        for row in rows
    )


def _stop(row: Row[Any], doors: tuple[Adres, ...]) -> Stop:
    return Stop(
        id=row.id,
        nr=row.nr,
        adressen=doors,
        x=row.x,
        y=row.y,
        aankomst=_wall(row.aankomst),
        begin=_wall(row.begin),
        einde=_wall(row.einde),
        vast=row.vast,
        vervallen=row.vervallen,
    )


def _doors(connection: Connection, ronde: Row[Any], publications: Publications) -> dict[str, tuple[Adres, ...]]:
    """By stop of one round."""
    rows = connection.execute(
        select(stop_adressen, plan_adressen.c.x, plan_adressen.c.y)
        .join(ronde_stops, ronde_stops.c.id == stop_adressen.c.stop_id)
        .join(
            plan_adressen,
            (plan_adressen.c.plan_id == ronde.plan_id)
            & (plan_adressen.c.adresseerbaarobject_identificatie == stop_adressen.c.adresseerbaarobject_identificatie)
            & (plan_adressen.c.doel == stop_adressen.c.doel),
        )
        .where(ronde_stops.c.ronde_id == ronde.id)
        .order_by(stop_adressen.c.nr)
    ).all()
    how = told_how(ronde.gemeente, rows, standing(connection, ronde.plan_id))
    made = told(connection, publications, [key_of(row) for row in rows], how)
    found: dict[str, tuple[Adres, ...]] = {}
    for row in rows:
        found[row.stop_id] = (*found.get(row.stop_id, ()), made[key_of(row)])
    return found


def told_how(gemeente: str, rows: Iterable[Row[Any]], wishes: dict[str, Standing]) -> Told:
    """What doors.py needs to tell the doors of these rows."""
    return Told(
        gemeente=gemeente,
        places={row.adresseerbaarobject_identificatie: (row.x, row.y) for row in rows},
        nodig={about: said.nodig for about, said in wishes.items() if said.nodig},
    )


def key_of(row: Row[Any]) -> Key:
    """Of a row with address, target and investigation."""
    return Key(identificatie=row.adresseerbaarobject_identificatie, doel=Doel(row.doel), onderzoek_id=row.onderzoek_id)


def _wall(moment: datetime) -> datetime:
    """As the clock on the wall says it."""
    return moment.astimezone(WALL)
