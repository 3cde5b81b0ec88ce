"""One address out of one publication, found by its opaque id or its identificatie."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import isnan
from typing import Any

from features.columns import Doel
from service import opaque
from service.intake.layout import DOELEN, UNKNOWN
from service.publication import Publication
from service.ranking import address, rd, standing
from service.reading.book import Book, Spot
from service.records import Address, Dossier, MonthOfUse, Reason, Standing, Stay

EPOCH = date(1970, 1, 1)


def dossier(publication: Publication, opaque_id: str) -> Dossier | None:
    """Everything published of the address, None when this publication has no such id."""
    book = publication.book
    spot = book.spot(opaque_id)
    if spot is None:
        return None
    about, standings = _about(book, spot)
    if publication.gestopt:
        return Dossier(adres=about, standen=(), redenen=(), tijdlijn=(), energie=())
    return Dossier(
        adres=about,
        standen=standings,
        redenen=_reasons(book, spot),
        tijdlijn=() if about.afgeschermd else tuple(_stay(book, row) for row in book.pack("tijdlijn", spot)),
        energie=tuple(_month(book, row) for row in book.pack("energie", spot)),
    )


def standings(publication: Publication, opaque_id: str) -> tuple[Standing, ...]:
    """Where the address stands in each ranking; nothing while the model is stopped or when it is not there."""
    spot = None if publication.gestopt else publication.book.spot(opaque_id)
    return () if spot is None else _about(publication.book, spot)[1]


def addresses(publication: Publication, identificaties: Iterable[str]) -> dict[str, Address]:
    """The addresses of these identificaties, by identificatie; one that this publication has not is not in it."""
    found = ((identificatie, address_of(publication, identificatie)) for identificatie in identificaties)
    return {identificatie: about for identificatie, about in found if about is not None}


def address_of(publication: Publication, identificatie: str) -> Address | None:
    """The address of an identificatie, None when this publication has it not."""
    spot = publication.book.spot(opaque.opaque_id(publication.key, identificatie))
    return None if spot is None else _about(publication.book, spot)[0]


def at(publication: Publication, spot: Spot) -> Address:
    """The address there."""
    return _about(publication.book, spot)[0]


def _about(book: Book, spot: Spot) -> tuple[Address, tuple[Standing, ...]]:
    """The address and its standings, from its row in each list."""
    places = [(doel, place) for doel in range(len(DOELEN)) if (place := book.place(spot, doel)) is not None]
    rows = book.rows((spot.gemeente, doel, place) for doel, place in places).split()
    found = address(rows[0]["adres"], *rd(book, spot.gemeente, *places[0]))
    return found, tuple(told for row in rows if (told := standing(row["stand"])) is not None)


def _reasons(book: Book, spot: Spot) -> tuple[tuple[Doel, tuple[Reason, ...]], ...]:
    told: dict[Doel, list[Reason]] = {}
    for doel, volgorde, kenmerk, zin, waarde, vergelijking, bijdrage in book.pack("redenen", spot):
        told.setdefault(DOELEN[doel], []).append(
            Reason(
                volgorde=volgorde,
                kenmerk=book.word(kenmerk),
                waarde=_known(waarde),
                vergelijking=_known(vergelijking),
                bijdrage=bijdrage,
                zin=book.word(zin),
            )
        )
    return tuple((doel, tuple(rows)) for doel, rows in told.items())


def _stay(book: Book, row: tuple[Any, ...]) -> Stay:
    persoon, functie, van, tot, reden = row
    return Stay(persoon=persoon, functie=book.word(functie), van=_day(van), tot=_day(tot), einde_reden=book.word(reden))


def _month(book: Book, row: tuple[Any, ...]) -> MonthOfUse:
    product, maand, verbruik, laag, midden, hoog = row
    return MonthOfUse(
        product=book.word(product),
        maand=book.word(maand),
        verbruik=_known(verbruik),
        laag=_known(laag),
        midden=_known(midden),
        hoog=_known(hoog),
    )


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _day(days: int) -> date | None:
    return None if days == UNKNOWN else EPOCH + timedelta(days=days)
