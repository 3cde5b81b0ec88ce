"""Where rounds come from: service/rounds, of the one who asks."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from service.people import Person
from service.rounds import read
from service.rounds.records import Ronde
from service.store import Publications


def one_round(connection: Connection, id: str, person: Person, publications: Publications) -> Ronde | None:
    """A round in which this person goes along; None when there is none, also for planners who do not go."""
    found = read.round_of(connection, id, person, publications)
    return found if found is not None and person.id in found.leden else None


def rounds_of_day(connection: Connection, person: Person, day: date, publications: Publications) -> tuple[Ronde, ...]:
    """The person's own rounds of that day."""
    return read.rounds_of(connection, person, day, publications)
