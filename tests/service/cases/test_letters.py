"""Every letter, opened again: the words are there, filled in, and nothing of anybody."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from features.sources.onderzoeken import UITKOMSTEN
from service.cases.letters.letter import Brief, Facts, letter, words
from service.cases.letters.make import make, possible
from service.cases.records import Case
from service.cases.rules import Act
from service.cases.steps import Stap
from service.faults import Conflict
from service.logs.entry import Trace
from service.records import Address
from tests.service.cases.working import ADDRESS, Work

FACTS = Facts(
    adres="Dorpsstraat 12a",
    postcode="7730AB",
    woonplaats="Oosterveen",
    datum=date(2026, 11, 25),
    reageer_voor=date(2026, 12, 9),
    contact="team Burgerzaken, telefoon 14 0524",
    gemeente="gemeente Oosterveen",
    kenmerk="0123456789abcdef",
    uitkomst="in_orde",
)
PLACE = Address(
    id="a" * 32, identificatie=ADDRESS, gemeente="0175", adres="Dorpsstraat 12a", postcode="7730AB",
    woonplaats="Oosterveen", x=None, y=None, buitengebied=False, soort="verblijfsobject", gebruiksdoel="woonfunctie",
    oppervlakte=None, bouwjaar=None, ingeschrevenen=None, afgeschermd=False,
)  # fmt: skip


def read(document: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(document)).paragraphs)


@pytest.mark.parametrize("brief", list(Brief))
def test_a_letter_is_filled_in_and_can_be_walked_by_its_headings(brief: Brief) -> None:
    document = Document(io.BytesIO(letter(brief, FACTS)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "{" not in said and "25 november 2026" in said and FACTS.kenmerk in said and FACTS.contact in said
    assert [p.style.name for p in document.paragraphs].count("Heading 1") == 1
    assert document.core_properties.title and document.core_properties.author == "gemeente Oosterveen"
    if brief is Brief.BERICHT_MELDER:  # who reported hears neither where nor what
        assert "Dorpsstraat" not in said and words()["uitkomst"]["in_orde"] not in said
    else:
        assert "Aan de bewoner(s) van dit adres" in said and "Dorpsstraat 12a" in said


def test_every_outcome_has_its_words_and_none_tells_who_is_registered() -> None:
    assert set(words()["uitkomst"]) == {*UITKOMSTEN, "afgeschermd"}
    told = read(letter(Brief.BESLUIT, replace(FACTS, uitkomst="vertrokken_onbekend_waarheen")))
    assert "een eigen brief" in told and "uitschrijven" not in told and "vertrokken" not in told
    assert "zes weken" in told


def made(work: Work, case: Case, brief: Brief, key: str, place: Address | None = PLACE) -> bytes:
    now, person = work.case(case.id), work.people[case.behandelaar]
    asked = Act(stap=Stap.BRIEF, versie=now.versie, sleutel=key)
    with work.database.unit(person, Trace()) as unit:
        return make(unit, person, case.id, asked, brief, place, now, work.policy).inhoud


def test_a_letter_is_a_step_and_made_only_where_it_belongs(work: Work) -> None:
    case = work.take(work.started(), Stap.AANSCHRIJVEN)
    assert possible(case) == (Brief.AANSCHRIJVING,)
    said = read(made(work, case, Brief.AANSCHRIJVING, "sleutel-1"))
    assert "vóór 9 december 2026" in said
    after = work.case(case.id)
    assert (after.stappen[-1].stap, after.stappen[-1].gegevens) == (Stap.BRIEF, {"brief": "aanschrijving"})
    made(work, case, Brief.AANSCHRIJVING, "sleutel-1")  # the same form again: the letter, and no second step
    assert work.case(case.id).versie == after.versie
    with pytest.raises(Conflict, match="hoort niet"):
        made(work, case, Brief.BESLUIT, "sleutel-2")
    with pytest.raises(Conflict, match="publicatie"):
        made(work, case, Brief.AANSCHRIJVING, "sleutel-3", place=None)
