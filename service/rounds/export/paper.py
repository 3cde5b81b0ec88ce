"""A4 in the house style: the letter, the colours and the small pieces of which a round on paper is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from service.web.teksten import text

Colour = tuple[int, int, int]
INK: Colour = (21, 41, 63)
SOFT: Colour = (77, 95, 113)
LINE: Colour = (190, 199, 208)
LIGHT: Colour = (255, 184, 28)
PALE: Colour = (255, 244, 217)
GROUND: Colour = (243, 245, 247)
WHITE: Colour = (255, 255, 255)
MARGIN, WIDTH, HEIGHT = 16.0, 210.0, 297.0  # mm
FOOT = 14.0
BOTTOM = HEIGHT - FOOT
INNER = WIDTH - 2 * MARGIN
_FACES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}


class Paper(FPDF):
    """A document whose pages carry a foot line. Every letter is embedded: € and é print everywhere."""

    def __init__(self, title: str, made: datetime) -> None:
        super().__init__(format="A4", unit="mm")
        folder = _fonts()
        for style, file in _FACES.items():
            self.add_font("DejaVu", style, folder / file)
        self.foot = ""
        self.set_title(title)
        self.set_lang("nl-NL")
        self.set_creator(text("ronde_papier.dienst"))
        self.set_creation_date(made)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.c_margin = 0.0  # so that words begin where lines do
        self.set_auto_page_break(False)
        self.set_line_width(0.2)
        self.letter(9.5)

    def footer(self) -> None:
        """fpdf2 calls this at the end of each page."""
        self.set_y(HEIGHT - FOOT + 4)
        self.letter(7.5, colour=SOFT)
        self.cell(INNER / 2, 4, self.foot)
        self.cell(INNER / 2, 4, text("ronde_papier.bladzijde", nr=self.page_no(), aantal="{nb}"), align="R")

    def letter(self, size: float, *, bold: bool = False, colour: Colour = INK) -> None:
        """The face for what follows, in points."""
        self.set_font("DejaVu", "B" if bold else "", size)
        self.set_text_color(*colour)

    def head(self, height: float) -> None:
        """The dark bar over the whole width, with the line of light below it."""
        self.set_fill_color(*INK)
        self.rect(0, 0, WIDTH, height, style="F")
        self.set_fill_color(*LIGHT)
        self.rect(0, height, WIDTH, 1.2, style="F")

    def line_of(self, x: float, y: float, width: float, words: str, *, height: float = 5) -> None:
        """One line at a place, shortened with … where it does not fit."""
        while words and self.get_string_width(words) > width:
            words = words.rstrip("…")[:-1].rstrip() + "…"
        self.set_xy(x, y)
        self.cell(width, height, words)

    def heading(self, x: float, y: float, width: float, words: str) -> float:
        """A heading; returns where what it heads begins."""
        self.letter(10.5, bold=True)
        self.line_of(x, y, width, words)
        return y + 6

    def paragraph(
        self, x: float, y: float, width: float, words: str, *, size: float = 9.5, bold: bool = False
    ) -> float:
        """Words over as many lines as they take; returns where they end."""
        self.letter(size, bold=bold)
        self.set_xy(x, y)
        self.multi_cell(width, size * 0.47, words, align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)
        return float(self.get_y())

    def bullets(self, x: float, y: float, width: float, lines: Sequence[str], *, size: float = 9.5) -> float:
        """One line per item, a dot before each; returns where they end."""
        for words in lines:
            self.set_fill_color(*INK)
            self.circle(x + 1.2, y + size * 0.235, 0.55, style="F")
            y = self.paragraph(x + 4, y, width - 4, words, size=size) + 0.9
        return y

    def box(self, x: float, y: float, width: float, heading: str, lines: Sequence[str]) -> float:
        """A pale box with a line of light at its side; returns where it ends."""
        inside = x + 5
        self.letter(9)
        tall = sum(0.9 + self.height_of(width - 14, one, 9) for one in lines)
        self.set_fill_color(*PALE)
        self.rect(x, y, width, tall + 11, style="F")
        self.set_fill_color(*LIGHT)
        self.rect(x, y, 1.4, tall + 11, style="F")
        below = self.heading(inside, y + 2.5, width - 10, heading)
        self.bullets(inside, below, width - 10, lines, size=9)
        return y + tall + 11

    def height_of(self, width: float, words: str, size: float) -> float:
        """How high a paragraph becomes, in mm."""
        self.letter(size)
        lines = self.multi_cell(width, size * 0.47, words, align="L", dry_run=True, output="LINES")
        return size * 0.47 * len(lines) if isinstance(lines, list) else 0.0

    def choices(self, x: float, y: float, width: float, label: str, options: Sequence[str]) -> float:
        """A label and boxes to tick behind it; returns where the next line begins."""
        self.letter(9)
        self.line_of(x, y, width * 0.42, label)
        at = x + width * 0.42
        self.set_draw_color(*INK)
        for option in options:
            self.rect(at, y + 0.8, 3.4, 3.4)
            self.line_of(at + 4.6, y, 60, option)
            at += 4.6 + self.get_string_width(option) + 7
        return y + 7

    def blank(self, x: float, y: float, width: float, label: str) -> float:
        """A label and a line to write on behind it."""
        self.letter(9)
        self.line_of(x, y, width, label)
        self.set_draw_color(*SOFT)
        begin = x + self.get_string_width(label) + 3
        self.line(begin, y + 4.8, x + width, y + 4.8)
        return y + 7.5

    def ruled(self, x: float, y: float, width: float, until: float) -> None:
        """Lines to write on, down to `until`."""
        self.set_draw_color(*LINE)
        y += 8
        while y <= until:
            self.line(x, y, x + width, y)
            y += 8


def _fonts() -> Path:
    """DejaVu comes with matplotlib. Raises RuntimeError when it is not there."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise RuntimeError("matplotlib is not installed: the letter of the printed round comes with it")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
