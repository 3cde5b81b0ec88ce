"""Demo accounts: in demo mode alone, on this machine alone. Everything they can see is made up."""

from __future__ import annotations

from service.people import Person, Role

GEMEENTE = "0175"


def accounts(gemeenten: frozenset[str]) -> tuple[Person, ...]:
    """One person per role; two who judge, so that there is a second pair of eyes."""
    made = (
        ("anna", "Anna de Boer", {Role.BEOORDELAAR}),
        ("bilal", "Bilal Yilmaz", {Role.BEOORDELAAR, Role.GOEDKEURDER}),
        ("carla", "Carla Visser", {Role.GOEDKEURDER}),
        ("pieter", "Pieter Mulder", {Role.PLANNER}),
        ("veerle", "Veerle Smit", {Role.VELD}),
        ("daan", "Daan Bakker", {Role.DATATEAM}),
        ("priya", "Priya Jansen", {Role.PRIVACY}),
        ("otto", "Otto de Wit", {Role.AUDITOR}),
        ("bea", "Bea Kuiper", {Role.BEHEER}),
    )
    return tuple(
        Person(id=f"demo-{name}", naam=naam, rollen=frozenset(rollen), gemeenten=gemeenten, teams=frozenset({"demo"}))
        for name, naam, rollen in made
    )
