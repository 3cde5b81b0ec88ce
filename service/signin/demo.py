"""Demo accounts: in demo mode alone, on this machine alone. Everything they can see is made up."""

from __future__ import annotations

from sqlalchemy import Connection, update

from service.people import Person, Role
from service.signin import roster
from service.signin.tables import personen

TEAM = "demo"
MADE = (
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


def accounts(gemeenten: frozenset[str]) -> tuple[Person, ...]:
    """The made-up people, all of them working for `gemeenten`."""
    return tuple(
        Person(id=f"demo-{name}", naam=naam, rollen=frozenset(rollen), gemeenten=gemeenten, teams=frozenset({TEAM}))
        for name, naam, rollen in MADE
    )


def enrol(connection: Connection, gemeenten: frozenset[str]) -> None:
    """Store them all as people who can be given work; a start outside demo mode had switched them off."""
    for person in accounts(gemeenten):
        roster.store(connection, person, demo=True)
    connection.execute(update(personen).where(personen.c.demo).values(actief=True))
