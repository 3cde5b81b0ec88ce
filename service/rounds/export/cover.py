"""The cover of a round on paper: when, where along, and what holds at every door."""

from __future__ import annotations

from collections.abc import Sequence

from service.rounds.export.naming import by_address, clock, day, doors, needs, place, running
from service.rounds.export.paper import BOTTOM, INK, INNER, LINE, MARGIN, SOFT, WHITE, Paper
from service.rounds.export.sketch import overview
from service.rounds.export.surroundings import Neighbour
from service.rounds.records import Ronde, Stop
from service.web.teksten import text

ROW = 6.4  # mm
MAP = 45.0  # mm: the least height at which the map says something
COLUMNS = (("nr", 11.0), ("tijd", 27.0), ("adres", 100.0), ("nodig", 40.0))


def cover(pdf: Paper, ronde: Ronde, places: Sequence[Neighbour]) -> None:
    """One page; more when the stops do not fit on it."""
    pdf.add_page()
    _head(pdf, ronde)
    y = _facts(pdf, ronde, 40)
    y = pdf.blank(MARGIN, y + 1, INNER, text("ronde_papier.inspecteurs")) + 2
    y = _stops(pdf, ronde, y)
    box = 5 + 3 * ROW + 2 * 14
    if y + box > BOTTOM - 4:
        pdf.add_page()
        y = MARGIN
    room = BOTTOM - y - box - 16
    if room >= MAP:
        y = pdf.heading(MARGIN, y, INNER, text("ronde_papier.overzicht"))
        overview(pdf, (MARGIN, y, INNER, room), ronde, places)
        y += room + 5
    y = pdf.box(MARGIN, y, INNER, text("ronde_papier.regels_kop"), text("ronde_papier.regels")) + 3
    pdf.box(MARGIN, y, INNER, text("ronde_papier.meenemen_kop"), [text("ronde_papier.meenemen")])


def _head(pdf: Paper, ronde: Ronde) -> None:
    pdf.head(33)
    pdf.letter(9, colour=WHITE)
    pdf.line_of(MARGIN, 7, INNER, text("ronde_papier.dienst"))
    pdf.letter(20, bold=True, colour=WHITE)
    pdf.line_of(MARGIN, 12.5, INNER, text("ronde_papier.titel", team=ronde.team), height=9)
    pdf.letter(11, colour=WHITE)
    pdf.line_of(MARGIN, 22.5, INNER, day(ronde.dag))


def _facts(pdf: Paper, ronde: Ronde, y: float) -> float:
    stops = running(ronde)
    told = (
        ("vertrek", clock(ronde.vertrek)),
        ("terug", clock(ronde.terug)),
        ("stops", str(len(stops))),
        ("adressen", str(sum(len(by_address(stop.adressen)) for stop in stops))),
    )
    wide = INNER / len(told)
    for i, (name, value) in enumerate(told):
        pdf.letter(8.5, colour=SOFT)
        pdf.line_of(MARGIN + i * wide, y, wide, text(f"ronde_papier.k_{name}"))
        pdf.letter(15, bold=True)
        pdf.line_of(MARGIN + i * wide, y + 5, wide, value, height=7)
    return y + 15


def _stops(pdf: Paper, ronde: Ronde, y: float) -> float:
    y = _columns(pdf, pdf.heading(MARGIN, y, INNER, text("ronde_papier.adressen")))
    for stop in ronde.stops:
        if y + ROW > BOTTOM - 4:
            pdf.add_page()
            y = _columns(pdf, MARGIN)
        _row(pdf, stop, y)
        y += ROW
        pdf.set_draw_color(*LINE)
        pdf.line(MARGIN, y, MARGIN + INNER, y)
    return y + 5


def _columns(pdf: Paper, y: float) -> float:
    x = MARGIN
    for name, wide in COLUMNS:
        pdf.letter(8.5, colour=SOFT)
        pdf.line_of(x, y, wide - 2, text(f"ronde_papier.k_{name}"))
        x += wide
    pdf.set_draw_color(*INK)
    pdf.line(MARGIN, y + 5.4, MARGIN + INNER, y + 5.4)
    return y + 5.4


def _row(pdf: Paper, stop: Stop, y: float) -> None:
    off = bool(stop.vervallen)
    where = f"{doors(stop.adressen)}, {place(stop)}"
    told = (
        str(stop.nr),
        f"{clock(stop.begin)}–{clock(stop.einde)}",
        text("ronde_papier.vervallen", adres=where, reden=stop.vervallen) if off else where,
        "" if off else needs(stop),
    )
    x = MARGIN
    for (name, wide), words in zip(COLUMNS, told, strict=True):
        pdf.letter(9, bold=name == "nr" and not off, colour=SOFT if off else INK)
        room = wide + COLUMNS[-1][1] if off and name == "adres" else wide
        pdf.line_of(x, y + 0.7, room - 2, words)
        x += wide
