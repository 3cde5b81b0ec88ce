"""From what a resident writes in a letter to one address: postcode and number, or the BAG number."""

from __future__ import annotations

import re

from service.dossier import address_of
from service.faults import InputFault
from service.finding import by_postcode, identificatie, letters
from service.people import Person
from service.publication import Publication
from service.web.teksten import text

BAG = re.compile(r"\d{16}")


def found(publication: Publication, person: Person, *, postcode: str, nummer: str, bag: str) -> tuple[str, str] | None:
    """(identificatie, gemeente) of one address in this person's gemeenten; None when there is none.

    nummer: with letter and addition, in whatever spelling. Raises InputFault when nothing usable was given, or when
    more than one address fits: then the BAG number has to tell.
    """
    if BAG.fullmatch(bag):
        about = address_of(publication, bag)
        return (bag, about.gemeente) if about is not None and about.gemeente in person.gemeenten else None
    if not postcode.strip() or not letters(nummer):
        raise InputFault("adres", text("inzage.geen_adres"))
    fitting = by_postcode(publication, person.gemeenten, postcode, nummer)
    if len(fitting) > 1:
        raise InputFault("adres", text("inzage.meer_adressen"))
    book = publication.book
    return (identificatie(book, fitting[0]), book.codes[fitting[0].gemeente]) if fitting else None
