"""Plans and rounds as their readers may see them: planners of the gemeente, and of a fixed round its own people.

Who asks has to log the addresses of the answer (law 9): `identificaties` gives them. Streams, chances and bands are
not read here, so that no answer can hold them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, select

from service import opaque
from service.cases.tables import delen
from service.people import Person
from service.permissions import Permission, may
from service.planning.calendar import at
from service.rounds import asked as question
from service.rounds.doors import told
from service.rounds.progress import progress
from service.rounds.records import Dienst, Over, Plangegevens, Planregel, Ronde, Stop, Vergelijking, Wens
from service.rounds.shifts import duties
from service.rounds.tables import (
    plan_adressen,
    plan_over,
    plannen,
    ronde_leden,
    ronde_stops,
    ronden,
)
from service.rounds.walked import key_of, rounds_in, told_how
from service.rounds.wishes import Standing, standing
from service.store import Publications

CONCEPT, FIXED, REPLACED = "concept", "vastgesteld", "vervangen"
MOST_PLANS = 100


def round_of(connection: Connection, id: str, person: Person, publications: Publications) -> Ronde | None:
    """The round of that id, None when there is none or it is not for this person: the two look the same."""
    query = select(ronden).join(plannen, plannen.c.id == ronden.c.plan_id).where(ronden.c.id == id, _may_see(person))
    row = connection.execute(query).first()
    if row is None:
        return None
    found = rounds_in(connection, [row], publications)[0]
    return found if plans_here(person, row.gemeente) else _without_ties(connection, found, person)


def rounds_of(connection: Connection, person: Person, day: date, publications: Publications) -> tuple[Ronde, ...]:
    """The person's own rounds of that day, from fixed plans, the earliest first."""
    query = (
        select(ronden)
        .join(plannen, plannen.c.id == ronden.c.plan_id)
        .where(ronden.c.dag == day, _own(person))
        .order_by(ronden.c.vertrek, ronden.c.id)
    )
    found = rounds_in(connection, connection.execute(query).all(), publications)
    return tuple(_without_ties(connection, each, person) for each in found)


def plan(
    connection: Connection, id: str, person: Person, publications: Publications, now: datetime
) -> Plangegevens | None:
    """The whole plan for a planner of its gemeente; None for anybody else."""
    row = plan_row(connection, id, person)
    if row is None:
        return None
    asked, wishes = question.read(row.instelling), standing(connection, id)
    rows = connection.execute(
        select(ronden).where(ronden.c.plan_id == id).order_by(ronden.c.dag, ronden.c.dienst)
    ).all()
    left, counts = _left(connection, row, wishes, publications)
    key = publications.shelf.keys.adres
    how_far = progress(row, now)
    return Plangegevens(
        id=id,
        gemeente=row.gemeente,
        eerste_dag=row.eerste_dag,
        laatste_dag=row.laatste_dag,
        toestand=row.toestand,
        versie=row.versie,
        ronden=rounds_in(connection, rows, publications),
        over=left,
        over_aantallen=counts,
        vergelijkingen=tuple(Vergelijking(**one) for one in json.loads(row.vergelijking)),
        diensten=tuple(
            Dienst(
                id=d.id,
                dag=d.dag,
                team=d.team.naam,
                leden=d.team.leden,
                begin=at(d.dag, d.begin),
                einde=at(d.dag, d.einde),
            )
            for d in duties(asked)
        ),
        wensen=tuple(wish for about, said in wishes.items() for wish in _wishes(opaque.opaque_id(key, about), said)),
        bezig=how_far.bezig,
        voortgang=how_far.voortgang,
        mislukt=how_far.mislukt,
        fout=row.fout,
        berekend=row.berekend,
        reis=row.reis,
    )


def plans(connection: Connection, person: Person, now: datetime) -> tuple[Planregel, ...]:
    """The plans of the planner's gemeenten, the newest first; no address."""
    if not may(person, Permission.PLANNEN):
        return ()
    counted = (
        select(func.count())
        .select_from(ronde_stops.join(ronden, ronden.c.id == ronde_stops.c.ronde_id))
        .where(ronden.c.plan_id == plannen.c.id)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(plannen, counted.label("stops"))
        .where(plannen.c.gemeente.in_(sorted(person.gemeenten)))
        .order_by(plannen.c.gemaakt.desc(), plannen.c.id)
        .limit(MOST_PLANS)
    )
    return tuple(
        Planregel(
            **{name: getattr(row, name) for name in PLAIN},
            stops=row.stops,
            teams=len(question.read(row.instelling).teams),
            bezig=progress(row, now).bezig,
        )
        for row in rows
    )


PLAIN = ("id", "gemeente", "eerste_dag", "laatste_dag", "toestand", "versie", "gemaakt", "door")


def plan_row(connection: Connection, id: str, person: Person) -> Row[Any] | None:
    """The row of a plan in one of the planner's gemeenten."""
    row = connection.execute(select(plannen).where(plannen.c.id == id)).first()
    return row if row is not None and plans_here(person, row.gemeente) else None


def plans_here(person: Person, gemeente: str) -> bool:
    """Whether this person plans there."""
    return may(person, Permission.PLANNEN) and gemeente in person.gemeenten


def identificaties(found: Iterable[Ronde], over: Iterable[Over] = ()) -> tuple[str, ...]:
    """The addresses in an answer, for its log."""
    doors = [door.identificatie for each in found for stop in each.stops for door in stop.adressen]
    return tuple(dict.fromkeys([*doors, *(one.adres.identificatie for one in over)]))


def _own(person: Person) -> ColumnElement[bool]:
    """A fixed round of this person, in one of their gemeenten."""
    mine = exists().where(ronde_leden.c.ronde_id == ronden.c.id, ronde_leden.c.persoon == person.id)
    return mine & (plannen.c.toestand == FIXED) & ronden.c.gemeente.in_(sorted(person.gemeenten))


def _may_see(person: Person) -> ColumnElement[bool]:
    if not may(person, Permission.PLANNEN):
        return _own(person)
    return _own(person) | ronden.c.gemeente.in_(sorted(person.gemeenten))


def _left(
    connection: Connection, plan: Row[Any], wishes: dict[str, Standing], publications: Publications
) -> tuple[tuple[Over, ...], tuple[tuple[str, int], ...]]:
    """Who is left out and may be told one by one, and how many of the others there are by reason."""
    where = (
        (plan_adressen.c.plan_id == plan_over.c.plan_id)
        & (plan_adressen.c.adresseerbaarobject_identificatie == plan_over.c.adresseerbaarobject_identificatie)
        & (plan_adressen.c.doel == plan_over.c.doel)
    )
    rows = connection.execute(
        select(plan_over, plan_adressen.c.onderzoek_id, plan_adressen.c.x, plan_adressen.c.y)
        .join(plan_adressen, where)
        .where(plan_over.c.plan_id == plan.id)
        .order_by(plan_over.c.adresseerbaarobject_identificatie, plan_over.c.doel)
    ).all()
    spoken = {about for about, said in wishes.items() if said.spoken}
    one_by_one = [row for row in rows if row.onderzoek_id or row.adresseerbaarobject_identificatie in spoken]
    how = told_how(plan.gemeente, one_by_one, wishes)
    made = told(connection, publications, [key_of(row) for row in one_by_one], how, reasons=False)
    counts = Counter(row.waarom for row in rows) - Counter(row.waarom for row in one_by_one)
    return tuple(Over(adres=made[key_of(row)], waarom=row.waarom) for row in one_by_one), tuple(sorted(counts.items()))


def _wishes(adres: str, said: Standing) -> Iterable[Wens]:
    if said.vast or said.geweerd:
        yield Wens(adres=adres, soort="vast" if said.vast else "weren", dienst=said.dienst)
    if said.van is not None or said.tot is not None:
        yield Wens(adres=adres, soort="venster", van=said.van, tot=said.tot)
    if said.nodig:
        yield Wens(adres=adres, soort="nodig", nodig=said.nodig)


def _without_ties(connection: Connection, found: Ronde, person: Person) -> Ronde:
    """Without the doors to which this person said to have a tie: they do not go there, and nobody asks why."""
    cases = [door.onderzoek_id for stop in found.stops for door in stop.adressen if door.onderzoek_id]
    tied = frozenset(
        connection.execute(
            select(delen.c.onderzoek_id).where(
                delen.c.persoon == person.id, delen.c.band, delen.c.onderzoek_id.in_(cases)
            )
        ).scalars()
    )
    if not tied:
        return found
    stops = [
        Stop(**{**vars(stop), "adressen": tuple(d for d in stop.adressen if d.onderzoek_id not in tied)})
        for stop in found.stops
    ]
    return Ronde(**{**vars(found), "stops": tuple(stop for stop in stops if stop.adressen)})
