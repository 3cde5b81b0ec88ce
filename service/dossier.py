"""One address out of one publication, found by its opaque id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from features.columns import Doel
from service.publication import Publication
from service.ranking import ADDRESS_COLUMNS, REASON_COLUMNS, STANDING_COLUMNS, address, reason, standing
from service.records import Address, Dossier, MonthOfUse, Reason, Stay

_BY_ID = "where adresseerbaarobject_identificatie = ?"


def dossier(publication: Publication, opaque_id: str) -> Dossier | None:
    """Everything published of the address, None when this publication has no such id."""
    found = publication.rows(
        f"select {ADDRESS_COLUMNS} from sleutels k "
        "join adressen a using (adresseerbaarobject_identificatie) where k.id = ?",
        [opaque_id],
    )
    if not found:
        return None
    about = address(found[0])
    of_address = [about.identificatie]
    standings = publication.rows(f"select {STANDING_COLUMNS} from scores s {_BY_ID} order by doel desc", of_address)
    stays = publication.rows(
        f"select persoon, functie, van, tot, einde_reden from tijdlijn {_BY_ID} order by persoon, van nulls first",
        of_address,
    )
    months = publication.rows(
        f"select product, maand, verbruik, laag, midden, hoog from energie {_BY_ID} order by product, maand", of_address
    )
    return Dossier(
        adres=about,
        standen=() if publication.gestopt else tuple(map(standing, standings)),
        redenen=_reasons(publication, about.identificatie),
        tijdlijn=() if about.afgeschermd else tuple(map(_stay, stays)),
        energie=tuple(map(_month, months)),
    )


def addresses(publication: Publication, identificaties: Sequence[str]) -> dict[str, Address]:
    """The addresses of these identificaties, by identificatie; one that this publication has not is not in it."""
    if not identificaties:
        return {}
    rows = publication.rows(
        f"select {ADDRESS_COLUMNS} from sleutels k join adressen a using (adresseerbaarobject_identificatie) "
        "where list_contains(?, adresseerbaarobject_identificatie)",
        [list(identificaties)],
    )
    return {found.identificatie: found for found in map(address, rows)}


def _reasons(publication: Publication, identificatie: str) -> tuple[tuple[Doel, tuple[Reason, ...]], ...]:
    rows = publication.rows(
        f"select doel, {REASON_COLUMNS} from redenen {_BY_ID} order by doel, volgorde", [identificatie]
    )
    return tuple((Doel(doel), tuple(reason(r[1:]) for r in group)) for doel, group in groupby(rows, key=lambda r: r[0]))


def _stay(row: tuple[Any, ...]) -> Stay:
    return Stay(persoon=row[0], functie=row[1] or "", van=_day(row[2]), tot=_day(row[3]), einde_reden=row[4] or "")


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _month(row: tuple[Any, ...]) -> MonthOfUse:
    return MonthOfUse(product=row[0], maand=row[1], verbruik=row[2], laag=row[3], midden=row[4], hoog=row[5])
