"""A desk on a database of the test's own, people who work there, and a clock that can be set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from features.columns import Doel
from service.db.database import Database
from service.desk import Desk
from service.logs.entry import Entry, Trace
from service.people import Person, Role
from service.settings import Settings
from service.signin import roster
from service.store import Publications
from service.worklist.policy import Werkvoorraad
from service.worklist.rounds import Round, draw_round
from service.worklist.tables import werkitems
from tests.service.serving import GEMEENTE, KEY, someone

ANNA, BILAL = someone(Role.BEOORDELAAR, name="anna"), someone(Role.BEOORDELAAR, name="bilal")
PIETER = someone(Role.PLANNER, name="pieter")
ELSEWHERE = someone(Role.BEOORDELAAR, name="elders", gemeenten=frozenset({"0999"}))
SPOOK, SCHIJN = Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


def desk_on(database: Database, publicaties: Path, policy: Werkvoorraad | None = None) -> Desk:
    own = f"sqlite:///{publicaties / 'dienst' / 'niet-gebruikt.db'}"  # publications lie beside it
    settings = Settings(publicaties=publicaties, sleutel=KEY, database=own, werkvoorraad=policy or Werkvoorraad())
    return Desk(settings=settings, database=database, publications=Publications(settings))


def enrol(database: Database, people: Iterable[Person]) -> None:
    with database.unit(None, Trace()) as unit:
        for person in people:
            roster.store(unit.connection, person)
        unit.log(Entry(handeling="personen", object_soort="persoon"))


def drawn(desk: Desk, doel: Doel = SPOOK, gemeente: str = GEMEENTE) -> Round:
    with desk.database.unit(PIETER, Trace()) as unit:
        return draw_round(unit, desk, gemeente, doel)


def rows_of(desk: Desk, ronde: Round | None = None) -> list[object]:
    query = select(werkitems).order_by(werkitems.c.id)
    if ronde is not None:
        query = query.where(werkitems.c.ronde_id == ronde.id)
    with desk.database.looking() as read:
        return list(read.execute(query))
