"""The accountability pack of one model: every document from one set of facts."""

from __future__ import annotations

from collections.abc import Iterator

from models.accountability import words
from models.accountability.card_page import card_html
from models.accountability.facts import Facts
from models.accountability.features_list import features_csv, features_html
from models.accountability.letter import letter
from models.accountability.page import Numbers, render
from models.accountability.register_entry import entry
from models.accountability.unknowns import unknowns

CARD, ENTRY = "modelkaart.html", "algoritmeregister.json"


def documents(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """File name and content, of every document. Raises Refusal when the register's entry would not be valid."""
    for name, text in _texts(facts):
        yield name, text.encode()


def _texts(facts: Facts) -> Iterator[tuple[str, str]]:
    shared = {
        "f": facts,
        "n": Numbers(facts.numbers),
        "w": words,
        "open": unknowns(facts),
        "missend": facts.organisation.to_fill_in(),
        "personen": [feature.label for feature in facts.features if feature.persons],
        "leeftijd": [feature.label for feature in facts.features if feature.papers.age],
        "brief": letter(facts),
    }
    yield ENTRY, entry(facts).as_json()
    yield CARD, card_html(facts)
    yield "kenmerken.html", features_html(facts)
    yield "kenmerken.csv", features_csv(facts)
    for name in ("dpia.html", "iama.html", "brief.html", "index.html"):
        yield name, render(name, **shared)
    yield "brief.txt", letter(facts).text()
