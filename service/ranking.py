"""The ranked list out of one publication: filter, order, page.

Order: rang, then gemeente. A rank is unique within a gemeente and target, so the order is total and a page can continue
after its last row or at a page number. While the model is stopped a neutral number stands for the rang, and rows have
no standing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from features.columns import Doel
from service.intake.layout import UNKNOWN
from service.intake.texts import NOTHING_SAID, SAID
from service.publication import Publication
from service.reading.book import Book, Rows, number_of
from service.reading.selection import At
from service.records import Address, Filters, Page, Ranked, Reason, Standing

_NEXT = b']},{"adres":'  # where a row of a list ends and the next begins, after _ENDED bytes
_ENDED = len(b"]},")


@dataclass(frozen=True, kw_only=True)
class After:
    """Continue after this row."""

    rang: int
    gemeente: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """Consecutive rows of a list as the API gives them. places: of each; totaal: rows in all; meer: there are more."""

    rows: Rows
    places: list[At]
    totaal: int
    meer: bool


def cut(
    publication: Publication, doel: Doel, filters: Filters, *, limit: int, offset: int = 0, after: After | None = None
) -> Cut:
    """`limit` rows of the ranking of `doel` under `filters`, from `offset` or after a row. First = most urgent."""
    book = publication.book
    chosen = publication.selector.select(doel, filters, neutral=publication.gestopt)
    begin = offset if after is None else chosen.after(after.rang, book.numbers.get(after.gemeente, -1))
    places = chosen.rows(begin, begin + limit)
    return Cut(
        rows=_rows(publication, number_of(doel), places),
        places=places,
        totaal=len(chosen),
        meer=begin + limit < len(chosen),
    )


def page(
    publication: Publication, doel: Doel, filters: Filters, *, limit: int, offset: int = 0, after: After | None = None
) -> Page:
    """As `cut`, in records."""
    found = cut(publication, doel, filters, limit=limit, offset=offset, after=after)
    number = number_of(doel)
    rows = zip(found.rows.split(), found.places, strict=True)
    return Page(
        rijen=tuple(_ranked(publication.book, number, row, at) for row, at in rows),
        totaal=found.totaal,
        meer=found.meer,
        betrokkenen=found.rows.marks,
    )


def without_model(rows: bytes) -> bytes:
    """Rows of a list without what the model said."""
    parts = rows.split(SAID)
    kept = [parts[0], *(part[part.index(_NEXT) + _ENDED :] for part in parts[1:-1])]
    return b"".join(part + NOTHING_SAID for part in kept) if len(parts) > 1 else rows


def address(about: dict[str, Any], x: float | None, y: float | None) -> Address:
    """The member `adres` of a row. x, y: RD, metres."""
    return Address(
        id=about["id"],
        identificatie=about["adresseerbaarobjectIdentificatie"],
        gemeente=about["gemeente"],
        adres=about["adres"],
        postcode=about["postcode"],
        woonplaats=about["woonplaats"],
        x=x,
        y=y,
        buitengebied=about["buitengebied"],
        soort=about["soort"],
        gebruiksdoel=about["gebruiksdoel"],
        oppervlakte=about["oppervlakte"],
        bouwjaar=about["bouwjaar"],
        ingeschrevenen=about["ingeschrevenen"],
        afgeschermd=about["afgeschermd"],
    )


def standing(about: dict[str, Any] | None) -> Standing | None:
    """The member `stand` of a row."""
    if about is None:
        return None
    return Standing(
        doel=Doel(about["doel"]),
        rang=about["rang"],
        band=about["band"],
        score=about["score"],
        kans=about["kans"],
        afwijking=about["afwijking"],
    )


def rd(book: Book, gemeente: int, doel: int, plek: int) -> tuple[float | None, float | None]:
    """Where the address of a row lies, in RD metres."""
    x, y = (int(book.column(gemeente, doel, name)[plek]) for name in ("x", "y"))
    return (None, None) if UNKNOWN in (x, y) else (x / 10, y / 10)


def size(publication: Publication, doel: Doel, gemeente: str) -> int:
    """How many addresses of `gemeente` are ranked for `doel`."""
    number = publication.book.numbers.get(gemeente)
    return 0 if number is None else publication.book.ranked[number, number_of(doel)]


def _rows(publication: Publication, doel: int, places: list[At]) -> Rows:
    if not places:
        return Rows(text=b"", marks=b"")
    book = publication.book
    (_, first, begin), (_, last, end) = places[0], places[-1]
    if first == last and end - begin == len(places) - 1 and not publication.gestopt:
        return book.run(first, doel, begin, end + 1)
    found = book.rows((gemeente, doel, plek) for _, gemeente, plek in places)
    return Rows(text=without_model(found.text), marks=found.marks) if publication.gestopt else found


def _ranked(book: Book, doel: int, told: dict[str, Any], at: At) -> Ranked:
    plaats, gemeente, plek = at
    return Ranked(
        adres=address(told["adres"], *rd(book, gemeente, doel, plek)),
        plaats=plaats,
        stand=standing(told["stand"]),
        redenen=tuple(Reason(**reason) for reason in told["redenen"]),
    )
