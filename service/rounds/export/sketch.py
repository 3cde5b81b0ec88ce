"""Small maps on paper, drawn from points alone: north is up, a scale bar says how far things are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.rounds.export.naming import house_number, running
from service.rounds.export.paper import GROUND, INK, LIGHT, LINE, SOFT, WHITE, Paper
from service.rounds.export.surroundings import Neighbour
from service.rounds.records import Ronde, Stop
from service.web.teksten import text

Point = tuple[float, float]
HALVES = (60.0, 100.0, 160.0, 250.0, 400.0)  # metres to each side of the middle
ENOUGH = 6  # neighbours by which one finds one's way
BARS = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000)  # metres


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A part of the paper (mm) and the part of the country (RD metres) that it shows."""

    left: float
    top: float
    width: float
    height: float
    middle: Point
    per_mm: float  # metres

    def at(self, x: float, y: float) -> Point:
        """Where a place of the country lies on the paper."""
        return (
            self.left + self.width / 2 + (x - self.middle[0]) / self.per_mm,
            self.top + self.height / 2 - (y - self.middle[1]) / self.per_mm,
        )


def plot(pdf: Paper, box: tuple[float, float, float, float], stop: Stop, neighbours: Sequence[Neighbour]) -> None:
    """One stop among its neighbours, with house numbers. box: left, top, width, height in mm."""
    left, top, width, height = box
    half = _half(stop, neighbours)
    frame = Frame(
        left=left, top=top, width=width, height=height, middle=(stop.x, stop.y), per_mm=2 * half / min(width, height)
    )
    with pdf.rect_clip(left, top, width, height):
        _ground(pdf, frame)
        taken: list[Point] = [frame.at(one.x, one.y) for one in stop.adressen]
        for one in neighbours:
            here = frame.at(one.x, one.y)
            if not (left + 2 < here[0] < left + width - 4 and top + 2 < here[1] < top + height - 3):
                continue
            pdf.set_fill_color(*SOFT)
            pdf.circle(*here, 0.8, style="F")
            if one.number and all(abs(here[0] - x) > 7 or abs(here[1] - y) > 3.2 for x, y in taken):
                taken.append(here)
                pdf.letter(6.5, colour=SOFT)
                pdf.set_xy(here[0] + 1.5, here[1] - 1.5)
                pdf.cell(10, 3, one.number)
        for door in reversed(stop.adressen):
            _pin(pdf, frame.at(door.x, door.y), house_number(door.adres))
    _edge(pdf, frame)


def overview(
    pdf: Paper, box: tuple[float, float, float, float], ronde: Ronde, places: Sequence[Neighbour] = ()
) -> None:
    """The whole round: the start, the stops in order, straight lines between them; places: names on the map."""
    left, top, width, height = box
    stops = running(ronde)
    points = [(ronde.start_x, ronde.start_y), *((stop.x, stop.y) for stop in stops)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    per_mm = max((max(xs) - min(xs)) / (width - 20), (max(ys) - min(ys)) / (height - 20), 1.0)
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    frame = Frame(left=left, top=top, width=width, height=height, middle=middle, per_mm=per_mm)
    with pdf.rect_clip(left, top, width, height):
        _ground(pdf, frame)
        for one in places:
            x, y = _free(frame.at(one.x, one.y), [frame.at(*point) for point in points])
            pdf.letter(8, colour=SOFT)
            pdf.set_xy(x - 20, y - 2)
            pdf.cell(40, 4, one.number, align="C")
        pdf.set_draw_color(*INK)
        pdf.set_line_width(0.5)
        pdf.polyline([frame.at(x, y) for x, y in [*points, points[0]]])
        pdf.set_line_width(0.2)
        x, y = frame.at(*points[0])
        pdf.set_fill_color(*INK)
        pdf.rect(x - 2.2, y - 2.2, 4.4, 4.4, style="F")
        pdf.letter(7)
        pdf.set_xy(x - 10, y + 2.6)
        pdf.cell(20, 3.4, text("ronde_papier.start"), align="C")
        for stop in reversed(stops):
            _pin(pdf, frame.at(stop.x, stop.y), str(stop.nr))
    _edge(pdf, frame)


def _half(stop: Stop, neighbours: Sequence[Neighbour]) -> float:
    """The closest view with all doors of the stop and enough neighbours in it."""
    doors = max((max(abs(one.x - stop.x), abs(one.y - stop.y)) for one in stop.adressen), default=0.0)
    for half in HALVES:
        seen = sum(abs(one.x - stop.x) < half and abs(one.y - stop.y) < half for one in neighbours)
        if seen >= ENOUGH and doors < half * 0.85:
            return half
    return max(HALVES[-1] if neighbours else HALVES[2], doors * 1.2)


def _free(at: Point, pins: Sequence[Point]) -> Point:
    """A place near `at` for a name, where no pin lies on it."""
    spots = [(at[0], at[1] + dy) for dy in (0, -7, 7, -13, 13)]
    return next((s for s in spots if all(abs(s[0] - x) > 15 or abs(s[1] - y) > 5 for x, y in pins)), spots[0])


def _ground(pdf: Paper, frame: Frame) -> None:
    pdf.set_fill_color(*GROUND)
    pdf.rect(frame.left, frame.top, frame.width, frame.height, style="F")


def _pin(pdf: Paper, at: Point, words: str) -> None:
    pdf.letter(7.5, bold=True)
    wide = max(5.6, pdf.get_string_width(words) + 2.6)
    pdf.set_fill_color(*LIGHT)
    pdf.set_draw_color(*INK)
    pdf.set_line_width(0.35)
    pdf.rect(at[0] - wide / 2, at[1] - 2.8, wide, 5.6, style="DF", round_corners=True, corner_radius=2.7)
    pdf.set_line_width(0.2)
    pdf.set_xy(at[0] - wide / 2, at[1] - 2)
    pdf.cell(wide, 4, words, align="C")


def _edge(pdf: Paper, frame: Frame) -> None:
    """The frame, the north and the scale."""
    pdf.set_draw_color(*LINE)
    pdf.rect(frame.left, frame.top, frame.width, frame.height)
    metres = max((bar for bar in BARS if bar / frame.per_mm <= frame.width / 3), default=BARS[0])
    long, bottom = metres / frame.per_mm, frame.top + frame.height - 3
    pdf.set_fill_color(*WHITE)
    pdf.rect(frame.left + 1.5, bottom - 4.6, long + 3, 6, style="F")
    pdf.set_draw_color(*INK)
    pdf.set_line_width(0.4)
    pdf.polyline([(frame.left + 3 + dx, bottom + dy) for dx, dy in ((0, -1.2), (0, 0), (long, 0), (long, -1.2))])
    pdf.set_line_width(0.2)
    pdf.letter(6.5)
    pdf.set_xy(frame.left + 3, bottom - 4)
    pdf.cell(long, 3, text("ronde_papier.schaal", meter=metres), align="C")
    x, y = frame.left + frame.width - 6, frame.top + 3
    pdf.set_fill_color(*GROUND)
    pdf.rect(x - 4, y - 1.5, 8, 11, style="F")
    pdf.set_fill_color(*INK)
    pdf.polygon([(x, y), (x + 2, y + 5), (x, y + 3.8), (x - 2, y + 5)], style="F")
    pdf.set_xy(x - 4, y + 5)
    pdf.letter(7, bold=True)
    pdf.cell(8, 3.4, text("ronde_papier.noord"), align="C")
