"""From what a resident writes in a letter to one address: postcode and number, or the BAG number."""

from __future__ import annotations

import re

from service.faults import InputFault
from service.people import Person
from service.publication import Publication
from service.web.teksten import text

BAG = re.compile(r"\d{16}")
_FIND = """
    select adresseerbaarobject_identificatie, gemeente, adres from adressen
    where upper(replace(postcode, ' ', '')) = ? or adresseerbaarobject_identificatie = ?
"""


def found(publication: Publication, person: Person, *, postcode: str, nummer: str, bag: str) -> tuple[str, str] | None:
    """(identificatie, gemeente) of one address in this person's gemeenten; None when there is none.

    nummer: with letter and addition, in whatever spelling. Raises InputFault when nothing usable was given, or when
    more than one address fits: then the BAG number has to tell.
    """
    code = postcode.replace(" ", "").upper()
    if not BAG.fullmatch(bag) and not (code and _letters(nummer)):
        raise InputFault("adres", text("inzage.geen_adres"))
    rows = publication.rows(_FIND, [code, bag])
    fitting = {
        (str(identificatie), str(gemeente))
        for identificatie, gemeente, adres in rows
        if gemeente in person.gemeenten and (identificatie == bag or (not bag and _number(adres) == _letters(nummer)))
    }
    if len(fitting) > 1:
        raise InputFault("adres", text("inzage.meer_adressen"))
    return fitting.pop() if fitting else None


def _number(adres: str) -> str:
    """The house number with its letter and addition: all that follows the last street word."""
    match = re.search(r"\d[\w\s-]*$", adres)
    return _letters(match[0]) if match else ""


def _letters(text_: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text_.upper())
