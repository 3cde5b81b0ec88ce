"""A letter as a Word document: the words of brieven.toml, filled in, in a document that a screen reader can walk."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

WORDS = Path(__file__).parent / "brieven.toml"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


class Brief(StrEnum):
    """The letters."""

    AANSCHRIJVING = "aanschrijving"
    NADERE_INLICHTINGEN = "nadere_inlichtingen"
    VOORNEMEN = "voornemen"
    BESLUIT = "besluit"
    BERICHT_MELDER = "bericht_melder"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is filled in. No name of anybody: we have none. uitkomst: an outcome of FORMATS 6 or
    `afgeschermd`, "" where none is told.
    """

    adres: str
    postcode: str
    woonplaats: str
    datum: date
    reageer_voor: date
    contact: str
    gemeente: str
    kenmerk: str
    uitkomst: str = ""


def letter(brief: Brief, facts: Facts) -> bytes:
    """The document. Raises KeyError when brieven.toml asks for something that is not filled in."""
    filled = _filled(facts)
    common, about = words()["algemeen"], words()[brief.value]
    made = _empty(about["onderwerp"].format(**filled), facts.gemeente)
    if brief is Brief.BERICHT_MELDER:
        made.add_paragraph(common["aan_melder"])
    else:
        made.add_paragraph(f"{common['aan_bewoners']}\n{facts.adres}\n{facts.postcode} {facts.woonplaats}")
    subject = about["onderwerp"].format(**filled)
    made.add_paragraph(
        f"{common['datum']}: {filled['datum']}\n{common['kenmerk']}: {facts.kenmerk}\n{common['onderwerp']}: {subject}"
    )
    made.add_heading(subject, level=1)
    made.add_paragraph(common["aanhef"])
    parts = [*about["delen"], {"kop": common["vragen_kop"], "alineas": [common["vragen"]]}]
    for part in parts:
        if part["kop"]:
            made.add_heading(part["kop"].format(**filled), level=2)
        for words_ in part["alineas"]:
            made.add_paragraph(words_.format(**filled))
    made.add_paragraph(f"{common['groet']}\n\n{common['afzender'].format(**filled)}")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@cache
def words() -> Mapping[str, Any]:
    """brieven.toml, read once."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _filled(facts: Facts) -> dict[str, str]:
    told = {name: value for name, value in vars(facts).items() if isinstance(value, str)}
    told["uitkomst"] = words()["uitkomst"][facts.uitkomst] if facts.uitkomst else ""
    return {**told, "datum": _day(facts.datum), "reageer_voor": _day(facts.reageer_voor)}


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _empty(title: str, author: str) -> Docx:
    made = Document()
    about = made.core_properties
    about.title, about.author, about.language, about.comments = title, author, "nl-NL", ""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(10)
    fonts = normal.element.get_or_add_rPr()
    language = fonts.makeelement(qn("w:lang"), {qn("w:val"): "nl-NL"})
    fonts.append(language)
    for level in (1, 2):
        heading = made.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = "Arial", Pt(15 if level == 1 else 12)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    return made
