"""Demo accounts: in demo mode alone, on this machine alone. Everything they can see is made up."""

from __future__ import annotations

from sqlalchemy import Connection, update

from service.people import Person, Role
from service.signin import roster
from service.signin.tables import personen

TEAM = "demo"
Account = tuple[str, str, tuple[Role, ...]]
MADE: tuple[Account, ...] = (
    ("anna", "Anna de Boer", (Role.BEOORDELAAR,)),
    ("bilal", "Bilal Yilmaz", (Role.BEOORDELAAR, Role.GOEDKEURDER)),
    ("carla", "Carla Visser", (Role.GOEDKEURDER,)),
    ("pieter", "Pieter Mulder", (Role.PLANNER,)),
    ("veerle", "Veerle Smit", (Role.VELD,)),
    ("daan", "Daan Bakker", (Role.DATATEAM,)),
    ("priya", "Priya Jansen", (Role.PRIVACY,)),
    ("otto", "Otto de Wit", (Role.AUDITOR,)),
    ("bea", "Bea Kuiper", (Role.BEHEER,)),
)  # two who judge and two who approve, so that there is always a second pair of eyes
GONE: tuple[Account, ...] = (
    ("fatma", "Fatma Kaya", (Role.BEOORDELAAR,)),
    ("gerrit", "Gerrit Vos", (Role.BEOORDELAAR,)),
    ("hilde", "Hilde Postma", (Role.BEOORDELAAR,)),
    ("ivo", "Ivo Hendriks", (Role.BEOORDELAAR,)),
    ("ko", "Ko Dijkstra", (Role.GOEDKEURDER,)),
)  # who worked here before: they cannot sign in, and what they did is still there


def accounts(gemeenten: frozenset[str]) -> tuple[Person, ...]:
    """The made-up people, all of them working for `gemeenten`."""
    return _people(MADE, gemeenten)


def former(gemeenten: frozenset[str]) -> tuple[Person, ...]:
    """Those who worked for `gemeenten` before."""
    return _people(GONE, gemeenten)


def enrol(connection: Connection, gemeenten: frozenset[str]) -> None:
    """Store them all as people who can be given work; a start outside demo mode had switched them off."""
    for person in accounts(gemeenten):
        roster.store(connection, person, demo=True)
    gone = [person.id for person in former(gemeenten)]
    connection.execute(update(personen).where(personen.c.demo, personen.c.id.not_in(gone)).values(actief=True))


def enrol_former(connection: Connection, gemeenten: frozenset[str]) -> None:
    """Store those who worked here before, switched off."""
    for person in former(gemeenten):
        roster.store(connection, person, demo=True)
        connection.execute(update(personen).where(personen.c.id == person.id).values(actief=False))


def _people(made: tuple[Account, ...], gemeenten: frozenset[str]) -> tuple[Person, ...]:
    return tuple(
        Person(id=f"demo-{name}", naam=naam, rollen=frozenset(rollen), gemeenten=gemeenten, teams=frozenset({TEAM}))
        for name, naam, rollen in made
    )
