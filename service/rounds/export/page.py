"""One stop on paper: where, why in words, what to check, what holds at the door, and room to write.

One page for one door. A yard with more doors has what is known on the first page and the room to write, per door, on
the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.rounds.export.form import FORM, form
from service.rounds.export.naming import by_address, clock, doors, moment, needs, street
from service.rounds.export.paper import BOTTOM, INK, INNER, LIGHT, MARGIN, SOFT, WHITE, Paper
from service.rounds.export.sketch import plot
from service.rounds.export.surroundings import Neighbour
from service.rounds.records import Adres, Ronde, Stop
from service.web.teksten import text

PICTURE = 74.0  # mm wide and high
TEXT = INNER - PICTURE - 7
TOP = 34.0
REASONS = (6, 4, 3)  # per address, by how many addresses the stop has; the last also for more


def page(pdf: Paper, ronde: Ronde, stop: Stop, neighbours: Sequence[Neighbour]) -> None:
    """One page, or more where there is more than one door."""
    pdf.add_page()
    _head(pdf, ronde, stop)
    y = _why_here(pdf, ronde, stop, neighbours)
    several = _targets(stop) > 1
    for doel in dict.fromkeys(address.doel for address in stop.adressen):
        y = _fits(pdf, ronde, stop, y + 1, 28)
        heading = text("ronde_papier.nakijken")
        heading = f"{heading}: {text(f'doel.{doel}.naam').lower()}" if several else heading
        y = pdf.bullets(MARGIN, pdf.heading(MARGIN, y, INNER, heading), INNER, text(f"ronde_nakijken.{doel}"))
    y = _at_the_door(pdf, ronde, stop, y + 2)
    found = by_address(stop.adressen)
    for same in found:
        y = _fits(pdf, ronde, stop, y + 4, FORM)
        last = BOTTOM if len(found) == 1 else min(y + FORM, BOTTOM)
        where = "" if len(found) == 1 else street(same[0])
        y = form(pdf, y, last, where, road=not any(one.onderzoek_id for one in same))


def _why_here(pdf: Paper, ronde: Ronde, stop: Stop, neighbours: Sequence[Neighbour]) -> float:
    """The picture at the right, the reasons at the left of it and, once it is passed, below it."""
    left = MARGIN + TEXT + 7
    below = pdf.heading(left, TOP, PICTURE, text("ronde_papier.situatie"))
    plot(pdf, (left, below, PICTURE, PICTURE), stop, neighbours)
    under = _legend(pdf, left, below + PICTURE + 1.5)
    y, first = _planned(pdf, stop, TOP), True
    for address in stop.adressen:
        before = y
        y = _fits(pdf, ronde, stop, y, 34)
        first = first and y == before
        y = _why(pdf, stop, address, y, TEXT if first and y < under else INNER)
    return max(y, under) if first else y


def _head(pdf: Paper, ronde: Ronde, stop: Stop, *, again: bool = False) -> None:
    pdf.head(26)
    pdf.set_fill_color(*LIGHT)
    pdf.circle(MARGIN + 7, 13, 7, style="F")
    pdf.letter(15, bold=True)
    pdf.set_xy(MARGIN, 9)
    pdf.cell(14, 8, str(stop.nr), align="C")
    pdf.letter(15, bold=True, colour=WHITE)
    pdf.line_of(MARGIN + 18, 5.5, INNER - 18, doors(stop.adressen), height=8)
    pdf.letter(10, colour=WHITE)
    pdf.line_of(MARGIN + 18, 14, 90, f"{stop.adressen[0].postcode} {stop.adressen[0].woonplaats}".strip())
    told = "vervolg" if again else "van_stops"
    pdf.set_xy(MARGIN + INNER - 60, 14)
    pdf.cell(60, 5, text(f"ronde_papier.{told}", nr=stop.nr, aantal=len(ronde.stops)), align="R")


def _planned(pdf: Paper, stop: Stop, y: float) -> float:
    pdf.letter(8.5, colour=SOFT)
    pdf.line_of(MARGIN, y, TEXT, text("ronde_papier.gepland"))
    pdf.letter(14, bold=True)
    pdf.line_of(MARGIN, y + 5, TEXT, text("ronde_uit.van_tot", van=clock(stop.begin), tot=clock(stop.einde)), height=7)
    y += 13
    if wanted := needs(stop):
        y = pdf.paragraph(MARGIN, y, TEXT, text("ronde_papier.nodig", wat=wanted), bold=True) + 1
    return y + 2


def _why(pdf: Paper, stop: Stop, address: Adres, y: float, width: float) -> float:
    about = [street(address)] if len(by_address(stop.adressen)) > 1 else []
    about += [text(f"doel.{address.doel}.naam").lower()] if _targets(stop) > 1 else []
    heading = text("ronde_papier.redenen")
    y = pdf.heading(MARGIN, y, width, f"{heading}: {', '.join(about)}" if about else heading)
    for words in _notes(address):
        y = pdf.paragraph(MARGIN, y, width, words, bold=True) + 1.5
    most = REASONS[min(len(stop.adressen), len(REASONS)) - 1]
    if address.redenen:
        return pdf.bullets(MARGIN, y, width, address.redenen[:most]) + 3
    return pdf.paragraph(MARGIN, y, width, text("ronde_papier.geen_redenen")) + 3


def _notes(address: Adres) -> list[str]:
    """What must be known before anything else."""
    told: list[str] = []
    if address.pogingen:
        last, many = moment(max(address.pogingen)), len(address.pogingen)
        once = text("ronde_papier.poging_een", wanneer=last)
        told.append(once if many == 1 else text("ronde_papier.pogingen", aantal=many, wanneer=last))
    if address.afgeschermd and address.adres:
        told.append(text("ronde_papier.afgeschermd"))
    return told


def _at_the_door(pdf: Paper, ronde: Ronde, stop: Stop, y: float) -> float:
    """What holds at the door; of an address that nobody investigates: that one does not go to the door."""
    found = by_address(stop.adressen)
    road = [same[0] for same in found if not any(one.onderzoek_id for one in same)]
    if road:
        y = _fits(pdf, ronde, stop, y, 24)
        where = "" if len(road) == len(found) else f": {doors(road)}"
        y = pdf.box(MARGIN, y, INNER, text("ronde_papier.gevel_kop") + where, [text("ronde_papier.gevel")]) + 3
    if len(road) < len(found):
        y = _fits(pdf, ronde, stop, y, 32)
        y = pdf.box(MARGIN, y, INNER, text("ronde_papier.regels_kop"), text("ronde_papier.regels"))
    return y


def _targets(stop: Stop) -> int:
    """Whether both targets are asked about here."""
    return len({address.doel for address in stop.adressen})


def _legend(pdf: Paper, x: float, y: float) -> float:
    pdf.set_fill_color(*LIGHT)
    pdf.set_draw_color(*INK)
    pdf.rect(x, y + 0.6, 4.4, 3.2, style="DF", round_corners=True, corner_radius=1.5)
    pdf.letter(7.5, colour=SOFT)
    pdf.line_of(x + 6, y, 30, text("ronde_papier.legenda_hier"), height=4.4)
    pdf.set_fill_color(*SOFT)
    pdf.circle(x + 38, y + 2.2, 0.8, style="F")
    pdf.line_of(x + 40, y, 30, text("ronde_papier.legenda_buur"), height=4.4)
    return y + 7


def _fits(pdf: Paper, ronde: Ronde, stop: Stop, y: float, needed: float) -> float:
    """Where `needed` mm fit: here, or on a new page of the same stop."""
    if y + needed <= BOTTOM:
        return y
    pdf.add_page()
    _head(pdf, ronde, stop, again=True)
    return TOP
