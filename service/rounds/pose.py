"""From a stored plan to the solver's Problem, with what is known now: attempts since, wishes, who cannot go where."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Any

from sqlalchemy import Connection, Row, select

from features.columns import Doel
from service.cases.tables import delen
from service.planning.doors import Candidate, Pin, Visiting, Wish
from service.planning.hours import seconds
from service.planning.problem import Plan, Route, Visit
from service.planning.propose import Proposal, TravelTimes, propose
from service.planning.worth import PRIOR
from service.rounds import asked as question
from service.rounds.asked import Asked
from service.rounds.doors import attempts
from service.rounds.shifts import duties
from service.rounds.tables import plan_adressen, ronde_stops, ronden, stop_adressen
from service.rounds.wishes import Standing, standing
from service.worklist.codes import Aanleiding

# From the public road, without ringing, an answer is rarely had (doors.py: van_buiten), and it takes no talk.
SEEN_ONLY, MINUTES_TO_SEE = 0.85, 5.0
# Whoever is visited was found worth it at the desk, after which about two in five are confirmed (LAA: 41%, later 50%):
# that much is sure before the model says anything, and the model's chance says the rest.
AFTER_THE_DESK = 0.40
EVENING = 18  # from this hour on only where nobody was met before


def posed(connection: Connection, plan: Row[Any], travel: TravelTimes) -> Proposal:
    """The Problem of `plan` as it stands, on which every shift is closed to whom a member said to have a tie with."""
    asked, wishes = question.read(plan.instelling), standing(connection, plan.id)
    rows = connection.execute(
        select(plan_adressen)
        .where(plan_adressen.c.plan_id == plan.id, plan_adressen.c.uitgesloten == "")
        .order_by(plan_adressen.c.adresseerbaarobject_identificatie, plan_adressen.c.doel)
    ).all()
    tried = attempts(connection, [row.onderzoek_id for row in rows if row.onderzoek_id])
    doors = [_candidate(row, asked, wishes, tried.get(row.onderzoek_id, ())) for row in rows]
    made = propose(
        doors,
        duties(asked),
        travel,
        visiting(asked),
        pins=[Pin(identificatie=name, dienst=said.dienst) for name, said in wishes.items() if said.vast],
        bans=[name for name, said in wishes.items() if said.geweerd],
    )
    return _without_ties(connection, made)


def visiting(asked: Asked) -> Visiting:
    """How the gemeente visits, as this plan was asked."""
    return Visiting(
        minuten_eerste=asked.minuten_eerste,
        minuten_verder=asked.minuten_verder,
        avond=EVENING,
        zaterdag=asked.avond,
    )


def before(connection: Connection, plan: Row[Any], proposal: Proposal) -> Plan | None:
    """The last solution, for the solver to go on from; None when there is none. Only the order of its stops counts."""
    rows = connection.execute(
        select(ronden.c.dienst, ronden.c.vertrek, ronden.c.terug, ronde_stops, stop_adressen)
        .join(ronde_stops, ronde_stops.c.ronde_id == ronden.c.id)
        .join(stop_adressen, stop_adressen.c.stop_id == ronde_stops.c.id)
        .where(ronden.c.plan_id == plan.id)
        .order_by(ronden.c.dienst, ronde_stops.c.nr, stop_adressen.c.nr)
    ).all()
    of_door = {door.identificatie: stop for stop, doors in proposal.doors.items() for door in doors}
    routes: dict[str, dict[str, Row[Any]]] = {}
    for row in rows:
        stop = of_door.get(row.adresseerbaarobject_identificatie)
        if stop is not None and not any(stop in known for known in routes.values()):
            routes.setdefault(row.dienst, {})[stop] = row
    if not routes:
        return None
    return Plan(routes=tuple(_route(d, stops, proposal) for d, stops in routes.items()), left_out=(), prize=0.0)


def _route(dienst: str, stops: dict[str, Row[Any]], proposal: Proposal) -> Route:
    visits = tuple(
        Visit(
            stop=stop,
            arrival=seconds(row.aankomst, proposal.begin),
            begin=seconds(row.begin, proposal.begin),
            end=seconds(row.einde, proposal.begin),
        )
        for stop, row in stops.items()
    )
    first = next(iter(stops.values()))
    return Route(
        shift=dienst,
        visits=visits,
        departure=seconds(first.vertrek, proposal.begin),
        back=seconds(first.terug, proposal.begin),
    )


def _candidate(row: Row[Any], asked: Asked, wishes: dict[str, Standing], tried: tuple[Any, ...]) -> Candidate:
    said = wishes.get(row.adresseerbaarobject_identificatie, Standing())
    postcode, _, number = row.nummer.partition(" ")
    window = (Wish(van=said.van, tot=said.tot),) if said.van is not None and said.tot is not None else ()
    always = frozenset({"twee_personen"}) if asked.met_twee and row.onderzoek_id else frozenset[str]()
    return Candidate(
        identificatie=row.adresseerbaarobject_identificatie,
        gemeente=asked.gemeente,
        doel=Doel(row.doel),
        x=row.x,
        y=row.y,
        kans=_chance(row),
        band=row.band,
        stroom=Aanleiding(row.stroom),
        selectiekans=row.selectiekans,
        gekozen=row.gekozen,
        pogingen=tried,
        nodig=said.nodig | always,
        windows=window,
        onderzoek_id=row.onderzoek_id,
        postcode=postcode,
        huisnummer=int(number or 0),
        buitengebied=row.buiten,
        bekend=0.0 if row.onderzoek_id else SEEN_ONLY,
        minuten=None if row.onderzoek_id else MINUTES_TO_SEE,
        rang=row.rang or 0,
    )


def _chance(row: Row[Any]) -> float:
    """0-1; NaN where the band must speak."""
    model = float("nan") if row.kans is None else float(row.kans)
    if not row.onderzoek_id:
        return model
    return AFTER_THE_DESK + (1 - AFTER_THE_DESK) * (PRIOR[row.band] if isnan(model) else model)


def _without_ties(connection: Connection, made: Proposal) -> Proposal:
    """Shifts of which a member has a tie with a door of a stop are closed to that stop."""
    tied = ties(connection, [door.onderzoek_id for doors in made.doors.values() for door in doors])
    if not tied:
        return made
    names = frozenset(shift.id for shift in made.problem.shifts)
    stops = []
    for stop in made.problem.stops:
        people = frozenset[str]().union(*(tied.get(door.onderzoek_id, frozenset()) for door in made.doors[stop.id]))
        shut = {name for name in names if people & set(made.duties[name].team.leden)}
        left = (stop.shifts or names) - shut
        stops.append(replace(stop, shifts=left or frozenset({""})) if shut else stop)  # "": a shift that is not there
    return replace(made, problem=replace(made.problem, stops=tuple(stops)))


def ties(connection: Connection, cases: list[str]) -> dict[str, frozenset[str]]:
    """By investigation: who said to have a tie with the address or its people. Nobody is told."""
    asked = {case for case in cases if case}
    rows = connection.execute(select(delen.c.onderzoek_id, delen.c.persoon).where(delen.c.band))
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.onderzoek_id in asked:
            found[row.onderzoek_id] = found.get(row.onderzoek_id, frozenset()) | {row.persoon}
    return found
