"""The menu: what this person may open, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass

from service.people import Person
from service.permissions import Permission, may


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry. begin: the paths that belong to it start so. behalve: who may do that gets there from elsewhere."""

    naam: str  # in the catalogue, under [menu]
    pad: str
    begin: str
    permission: Permission
    behalve: Permission | None = None


ITEMS = (
    Item(naam="werkvoorraad", pad="/werkvoorraad", begin="/werkvoorraad", permission=Permission.WERKVOORRAAD_LEZEN),
    Item(
        naam="ranglijst",
        pad="/ranglijsten/spookbewoning",
        begin="/ranglijsten",
        permission=Permission.RANGLIJST_LEZEN,
    ),
    Item(naam="veld", pad="/veld", begin="/veld", permission=Permission.BEZOEKEN),
    Item(naam="onderzoeken", pad="/onderzoeken", begin="/onderzoeken", permission=Permission.ONDERZOEK_LEZEN),
    Item(naam="plannen", pad="/plannen", begin="/plannen", permission=Permission.PLANNEN),
    Item(naam="signalen", pad="/signalen", begin="/signalen", permission=Permission.SIGNALEN_INNEMEN),
    Item(naam="patronen", pad="/patronen", begin="/patronen", permission=Permission.PATROON_LEZEN),
    Item(naam="inzage", pad="/inzage", begin="/inzage", permission=Permission.INZAGE_GEVEN),
    Item(
        naam="inzage_bevestigen",
        pad="/inzage/te-bevestigen",
        begin="/inzage/te-bevestigen",
        permission=Permission.UITVOEREN,
    ),
    Item(naam="uitleveringen", pad="/uitleveringen", begin="/uitleveringen", permission=Permission.UITVOEREN),
    Item(naam="logboek", pad="/logboek", begin="/logboek", permission=Permission.LOGBOEK_LEZEN),
    Item(naam="beheer", pad="/beheer", begin="/beheer", permission=Permission.BEHEREN),
    Item(
        naam="voortgang",
        pad="/werkvoorraad/overzicht",
        begin="/werkvoorraad/overzicht",
        permission=Permission.AANTALLEN_LEZEN,
        behalve=Permission.WERKVOORRAAD_LEZEN,
    ),
    Item(
        naam="verantwoording",
        pad="/verantwoording",
        begin="/verantwoording",
        permission=Permission.VERANTWOORDING_LEZEN,
    ),
    Item(naam="over", pad="/over", begin="/over", permission=Permission.OPENBAAR),
)


def first(person: Person) -> str:
    """The path of the first entry that `person` may open: where their day begins."""
    return menu(person)[0].pad


def menu(person: Person | None) -> tuple[Item, ...]:
    """The entries that `person` may open; of nobody the public ones."""
    return tuple(
        item
        for item in ITEMS
        if item.permission is Permission.OPENBAAR or (person is not None and _offered(item, person))
    )


def _offered(item: Item, person: Person) -> bool:
    return may(person, item.permission) and not (item.behalve and may(person, item.behalve))


def current(items: tuple[Item, ...], path: str) -> Item | None:
    """The entry to which the page at `path` belongs: the one with the longest beginning in common; None of none."""
    under = [item for item in items if path == item.begin or path.startswith(item.begin + "/")]
    return max(under, key=lambda item: len(item.begin), default=None)
