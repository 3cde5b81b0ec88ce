"""What the logs hold of a look at a list or an address: run and target, so that the score can be found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import HTTPException

from features.columns import Doel
from service.desk import Desk
from service.faults import Conflict
from service.logs.entry import Entry
from service.people import Person
from service.permissions import Permission
from service.publication import Publication
from service.records import Address, Filters
from service.web.teksten import text
from service.worklist.hidden import hidden_now
from service.worklist.veil import veiled


def allowed(person: Person, gemeente: str | None) -> None:
    """Raises 404 for a gemeente that is not this person's: elsewhere does not exist for them."""
    if gemeente is not None and gemeente not in person.gemeenten:
        raise HTTPException(HTTPStatus.NOT_FOUND)


@dataclass(frozen=True, kw_only=True)
class Look:
    """An address that somebody may look at. blind: they investigate it, so without what the model says of it."""

    adres: Address
    blind: bool


def look_at(desk: Desk, publication: Publication, person: Person, address: Address | None) -> Look:
    """How `person` may see `address` of the current publication. Raises 404 for one of elsewhere, Conflict for one that
    is left out of their ranglijst: who has yet to judge may not see what the model says.
    """
    if address is None or address.gemeente not in person.gemeenten:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    hidden = hidden_now(desk.database, person)
    one = address.identificatie
    if one in hidden.wacht:
        raise Conflict(text("adres.in_werkvoorraad"))
    if one in hidden.onderzocht:
        return Look(adres=address, blind=True)
    if one not in hidden.ronde and one in veiled(desk, publication, hidden):
        raise Conflict(text("adres.in_werkvoorraad"))
    return Look(adres=address, blind=False)


def full_look(desk: Desk, publication: Publication, person: Person, address: Address | None) -> Address:
    """As `look_at`, for an answer that holds the score whatever: raises Conflict where it would be blind too."""
    look = look_at(desk, publication, person, address)
    if look.blind:
        raise Conflict(text("adres.in_onderzoek"))
    return look.adres


def list_entry(publication: Publication, doel: Doel, filters: Filters, betrokkenen: bytes) -> Entry:
    """One page of a list. A woonplaats is not told: of a hamlet it would name the addresses."""
    return Entry(
        handeling=Permission.RANGLIJST_LEZEN,
        object_soort="ranglijst",
        object_id=doel,
        betrokkenen=betrokkenen,
        bijzonderheden=(
            ("run", publication.manifest.run_id),
            ("doel", doel),
            ("gemeente", filters.gemeente or ""),
            ("banden", "".join(filters.banden)),
            ("kenmerkgroepen", ",".join(filters.kenmerkgroepen)),
            ("gestopt", "ja" if publication.gestopt else "nee"),
        ),
    )


def address_entry(publication: Publication, address: Address, doelen: Sequence[Doel]) -> Entry:
    """One address, and for which targets its standing was shown."""
    return Entry(
        handeling=Permission.ADRES_LEZEN,
        object_soort="adres",
        object_id=address.id,
        adressen=(address.identificatie,),
        bijzonderheden=(
            ("run", publication.manifest.run_id),
            ("doel", ",".join(doelen)),
        ),
    )


def history_entry(publication: Publication, address: Address, runs: Sequence[str]) -> Entry:
    """One address, and where it stood in every publication that is kept."""
    return Entry(
        handeling=Permission.ADRES_LEZEN,
        object_soort="adres",
        object_id=address.id,
        adressen=(address.identificatie,),
        bijzonderheden=(
            ("run", publication.manifest.run_id),
            ("doel", ",".join(Doel)),
            ("runs", ",".join(runs)),
        ),
    )


def found_entry(publication: Publication, found: Sequence[Address]) -> Entry:
    """The addresses that fit what somebody looked for. What was looked for is not told: it is an address."""
    return Entry(
        handeling="adres.zoeken",
        object_soort="adres",
        adressen=tuple(address.identificatie for address in found),
        bijzonderheden=(("run", publication.manifest.run_id),),
    )
