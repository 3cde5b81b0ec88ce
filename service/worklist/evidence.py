"""What somebody sees before she judges: the address, and what speaks for and against, in an order that says nothing.

The order is that of the register of features, the same for every address. Of a reason only its sentence is shown: no
weight, no length, no value beside it. Registrations and monthly energy are published for the bands A-C alone, so that
showing them here would tell the band: they come with the model's answer. An item has this shape whatever brought it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from models.scores import REST
from service import opaque
from service.desk import Desk
from service.dossier import dossier
from service.faults import PublicationGone
from service.manifest import Manifest
from service.publication import Publication
from service.records import Address, Dossier, Reason, Standing
from service.web import kenmerken
from service.worklist import items
from service.worklist.items import Item, Signal


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The evidence of one item. gestopt: the model is stopped, so there are facts and no reasons."""

    adres: Address
    ervoor: tuple[str, ...]
    ertegen: tuple[str, ...]
    signalen: tuple[Signal, ...]
    manifest: Manifest
    gestopt: bool

    @property
    def peildatum(self) -> date:
        """Of the registers behind it."""
        return self.manifest.peildatum

    @property
    def digest(self) -> str:
        """SHA-256 of all that is shown of the address: kept with the judgement."""
        facts = {name: value for name, value in vars(self.adres).items() if name != "id"}
        told = [(one.bron, one.soort, one.ontvangen.isoformat()) for one in self.signalen]
        return hashed([facts, self.ervoor, self.ertegen, told, self.manifest.run_id, self.gestopt])


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the model says, for after the judgement. stand None: the model is stopped, or does not rank the address."""

    dossier: Dossier
    stand: Standing | None
    redenen: tuple[Reason, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of it."""
        stand = None if self.stand is None else vars(self.stand)
        return hashed([stand, [vars(reason) for reason in self.redenen]])


def hashed(what: object) -> str:
    """SHA-256 of the canonical JSON of plain values."""
    return hashlib.sha256(json.dumps(what, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def look(desk: Desk, connection: Connection, item: Item) -> tuple[Shown, Answer]:
    """What is shown of an item, before and after. Both are read for every item, so that the time tells nothing.

    Raises PublicationGone when the address is in no publication that may be shown.
    """
    publication, found = _found(desk, item)
    reasons = found.redenen_voor(item.doel)
    speaks_for, speaks_against = for_and_against(reasons)
    shown = Shown(
        adres=found.adres,
        ervoor=speaks_for,
        ertegen=speaks_against,
        signalen=items.signals(connection, item.identificatie),
        manifest=publication.manifest,
        gestopt=publication.gestopt,
    )
    return shown, Answer(dossier=found, stand=found.stand(item.doel), redenen=reasons)


def for_and_against(reasons: Sequence[Reason]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences of either side, in the order that says nothing."""
    return (
        _sentences([reason for reason in reasons if reason.bijdrage > 0]),
        _sentences([reason for reason in reasons if reason.bijdrage < 0]),
    )


def _found(desk: Desk, item: Item) -> tuple[Publication, Dossier]:
    """From the publication of the round; when that may not be shown any more, from the current one."""
    id = opaque.opaque_id(opaque.subkey(desk.settings.sleutel, "adres"), item.identificatie)
    try:
        publication = desk.publications.run(item.run_id)
    except PublicationGone:
        publication = desk.publications.current()
    found = dossier(publication, id)
    if found is None:
        raise PublicationGone(item.run_id)
    return publication, found


def _sentences(reasons: Sequence[Reason]) -> tuple[str, ...]:
    ordered = sorted(reasons, key=lambda reason: kenmerken.order(reason.kenmerk))
    return tuple(reason.zin for reason in ordered if reason.kenmerk != REST)
