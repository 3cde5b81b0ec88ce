"""From an address, or a postcode and a number, to the addresses that fit, in the gemeenten of who asks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.intake.layout import OF_ADDRESS
from service.publication import Publication
from service.reading.book import Book, Spot

MOST = 20  # addresses in an answer: who finds more has to say more


def by_postcode(publication: Publication, gemeenten: frozenset[str], postcode: str, nummer: str) -> list[Spot]:
    """Those with this postcode, and with this number, letter and addition in whatever spelling; "" = any number."""
    code, wanted = postcode.replace(" ", "").upper(), letters(nummer)
    found = _lines(publication.book, gemeenten, f"\n{code}|") if code else iter(())
    return [spot for spot, line in found if not wanted or house_number(line) == wanted][:MOST]


def by_text(publication: Publication, gemeenten: frozenset[str], text: str) -> list[Spot]:
    """Those in whose address or postcode every word of `text` occurs; a number as a whole one, so 1 is not in 12."""
    words = sorted(re.sub(r"[\n|]", " ", text.upper()).split(), key=len, reverse=True)
    numbers = [re.compile(rf"(?<!\d){word}(?!\d)") for word in words if word.isdecimal()]
    found: list[Spot] = []
    for spot, line in _lines(publication.book, gemeenten, words[0]) if words else ():
        if all(word in line for word in words) and all(number.search(line) for number in numbers):
            found.append(spot)
            if len(found) == MOST:
                break
    return found


def identificatie(book: Book, spot: Spot) -> str:
    """Of the address there."""
    return f"{int(book.column(spot.gemeente, OF_ADDRESS, 'identificatie')[spot.adres]):016d}"


def house_number(adres: str) -> str:
    """The house number with its letter and addition: all that follows the last street word."""
    match = re.search(r"\d[\w\s-]*$", adres)
    return letters(match[0]) if match else ""


def letters(text: str) -> str:
    """Letters and digits alone, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _lines(book: Book, gemeenten: frozenset[str], needle: str) -> Iterator[tuple[Spot, str]]:
    """Every line with `needle` in it, once, and whose it is. Every line of the text has its "\\n" before it."""
    for nr in sorted(book.numbers[code] for code in gemeenten if code in book.numbers):
        text = book.text(nr)
        line, counted = -1, 0  # breaks up to `counted`
        at = text.find(needle)
        while at >= 0:
            begin = text.rfind("\n", 0, at + 1)
            end = text.find("\n", begin + 1)
            end = len(text) if end < 0 else end
            line += text.count("\n", counted, begin + 1)
            counted = begin + 1
            yield Spot(gemeente=nr, adres=line), text[begin + 1 : end]
            at = text.find(needle, end)
