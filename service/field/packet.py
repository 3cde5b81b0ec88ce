"""What a phone takes along of one round: its stops and doors in words, how each investigation stands, and who may go
along. No score, band, rank or stream: they are not in a Ronde, and nothing is added here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from service.api.geometry import point
from service.cases.records import Case, load
from service.field.advice import advice
from service.field.clash import clash
from service.people import Person
from service.rounds.records import Adres, Ronde, Stop
from service.schemas import Crs
from service.signin import roster
from service.workdays import free


@dataclass(frozen=True, kw_only=True)
class Door:
    """One door. versie: last step of its investigation, 0 = none. kan: a visit can become a step as things stand.

    advies: when to come back when nobody is met, in words.
    """

    adres: Adres
    versie: int
    kan: bool
    advies: str
    breedte: float | None
    lengte: float | None


@dataclass(frozen=True, kw_only=True)
class Halt:
    """One stop with its doors."""

    stop: Stop
    deuren: tuple[Door, ...]


@dataclass(frozen=True, kw_only=True)
class Packet:
    """One round. leden: of the round, by id, with their names. werkdag: no weekend or holiday, so that a visit needs no
    reason. tot: when the phone must have erased it.
    """

    ronde: Ronde
    leden: Mapping[str, str]
    haltes: tuple[Halt, ...]
    werkdag: bool
    tot: datetime


def packet(
    connection: Connection, round_: Ronde, person: Person, now: datetime, hours: int, equal: Collection[date] = ()
) -> Packet:
    """Gather it. equal: days made equal to a holiday. Reads only; who asks has to log the addresses."""
    people = {id: roster.by_id(connection, id) for id in round_.leden}
    return Packet(
        ronde=round_,
        leden={id: found.naam if found else id for id, found in people.items()},
        haltes=tuple(
            Halt(stop=stop, deuren=tuple(_door(connection, door, stop, person) for door in stop.adressen))
            for stop in round_.stops
        ),
        werkdag=not free(round_.dag, equal),
        tot=now + timedelta(hours=hours),
    )


def _door(connection: Connection, door: Adres, stop: Stop, person: Person) -> Door:
    case = load(connection, door.onderzoek_id) if door.onderzoek_id else None
    place = point(door.x, door.y, Crs.CRS84)
    longitude, latitude = place.coordinates if place is not None else (None, None)
    return Door(
        adres=door,
        versie=case.versie if case else 0,
        kan=_possible(case, person) if door.onderzoek_id else True,
        advies=advice((*door.pogingen, stop.begin), stop.begin),
        breedte=latitude,
        lengte=longitude,
    )


def _possible(case: Case | None, person: Person) -> bool:
    return case is not None and clash(case, case.versie, person.id) is None
