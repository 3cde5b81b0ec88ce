"""Room to write for one door, in the order in which it happens there."""

from __future__ import annotations

from service.rounds.export.paper import INNER, MARGIN, Paper
from service.web.teksten import text

FORM = 80.0  # mm, at the least


def form(pdf: Paper, y: float, until: float, where: str, *, road: bool) -> float:
    """where: the address, on a page with several. road: it is seen from the road, nobody is met. Returns the end."""
    heading = text("ronde_papier.opschrijven")
    y = pdf.heading(MARGIN, y, INNER, f"{heading}: {where}" if where else heading)
    half = INNER / 2 - 4
    pdf.blank(MARGIN, y, half, text("ronde_papier.veld_aankomst"))
    y = pdf.blank(MARGIN + half + 8, y, half, text("ronde_papier.veld_vertrek"))
    if not road:
        y = pdf.choices(MARGIN, y, INNER, text("ronde_papier.veld_getroffen"), text("ronde_papier.getroffen"))
        y = pdf.choices(MARGIN, y, INNER, text("ronde_papier.veld_gezegd"), text("ronde_papier.gezegd"))
        y = pdf.choices(MARGIN, y, INNER, text("ronde_papier.veld_toestemming"), text("ronde_papier.toestemming"))
    pdf.ruled(MARGIN, y - 2, INNER, until - 17)
    if not road:
        pdf.blank(MARGIN, until - 9, INNER - 50, text("ronde_papier.veld_volgende"))
    pdf.blank(MARGIN + INNER - 44, until - 9, 44, text("ronde_papier.veld_paraaf"))
    return until
