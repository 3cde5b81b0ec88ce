"""The menu: what this person may open, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass

from service.people import Person
from service.permissions import Permission, may


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry. begin: the paths that belong to it start so."""

    naam: str  # in the catalogue, under [menu]
    pad: str
    begin: str
    permission: Permission


ITEMS = (
    Item(naam="werkvoorraad", pad="/werkvoorraad", begin="/werkvoorraad", permission=Permission.WERKVOORRAAD_LEZEN),
    Item(
        naam="ranglijst",
        pad="/ranglijsten/spookbewoning",
        begin="/ranglijsten",
        permission=Permission.RANGLIJST_LEZEN,
    ),
    Item(naam="onderzoeken", pad="/onderzoeken", begin="/onderzoeken", permission=Permission.ONDERZOEK_LEZEN),
    Item(naam="patronen", pad="/patronen", begin="/patronen", permission=Permission.PATROON_LEZEN),
    Item(naam="logboek", pad="/logboek", begin="/logboek", permission=Permission.LOGBOEK_LEZEN),
    Item(
        naam="verantwoording",
        pad="/verantwoording",
        begin="/verantwoording",
        permission=Permission.VERANTWOORDING_LEZEN,
    ),
    Item(naam="beheer", pad="/beheer", begin="/beheer", permission=Permission.BEHEREN),
    Item(naam="over", pad="/over", begin="/over", permission=Permission.OPENBAAR),
)


def menu(person: Person | None) -> tuple[Item, ...]:
    """The entries that `person` may open; of nobody the public ones."""
    return tuple(
        item
        for item in ITEMS
        if item.permission is Permission.OPENBAAR or (person is not None and may(person, item.permission))
    )
