"""Registrations at one address on a line of time: one row per numbered person, as percentages of the width.

Drawn in percentages so that the picture follows the page down to 320 px without a script and without a style attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from service.records import Stay

LONGEST = 10  # years shown; older arrivals are drawn from the left edge
ROW, TOP = 22, 8  # pixels


@dataclass(frozen=True, kw_only=True)
class Span:
    """One registration, drawn: x and width in percent of the picture. before: it began before the picture does."""

    stay: Stay
    x: float
    width: float
    before: bool
    running: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person. y: pixels from the top."""

    persoon: int
    y: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Tick:
    """1 January of a year. shown: its label fits beside the others."""

    x: float
    year: int
    labelled: bool


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The picture. height in pixels, without the line of years underneath."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    height: int
    begin: date
    end: date


def timeline(stays: Sequence[Stay], peildatum: date) -> Timeline | None:
    """The picture up to `peildatum`; None when there is nothing to draw."""
    known = [stay.van for stay in stays if stay.van is not None]
    if not stays:
        return None
    floor = date(peildatum.year - LONGEST, 1, 1)
    begin = max(date(min(known, default=floor).year, 1, 1), floor)
    days = (peildatum - begin).days
    rows = [
        Row(
            persoon=person,
            y=TOP + i * ROW,
            spans=tuple(_span(stay, begin, peildatum) for stay in group if _seen(stay, begin)),
        )
        for i, (person, group) in enumerate(groupby(sorted(stays, key=lambda s: s.persoon), key=lambda s: s.persoon))
    ]
    years = range(begin.year, peildatum.year + 1)
    step = 1 if len(years) <= 5 else 2
    ticks = tuple(
        Tick(
            x=round(100 * (date(year, 1, 1) - begin).days / days, 2),
            year=year,
            labelled=(year - begin.year) % step == 0 and (peildatum - date(year, 1, 1)).days > 0.06 * days,
        )
        for year in years
    )
    return Timeline(rows=tuple(rows), ticks=ticks, height=TOP * 2 + ROW * len(rows), begin=begin, end=peildatum)


def _seen(stay: Stay, begin: date) -> bool:
    return stay.tot is None or stay.tot > begin


def _span(stay: Stay, begin: date, end: date) -> Span:
    from_day = max(stay.van or begin, begin)
    until = min(stay.tot or end, end)
    days = (end - begin).days
    x = 100 * (from_day - begin).days / days
    width = 100 * max(until - from_day, timedelta(days=1)).days / days
    return Span(
        stay=stay,
        x=round(min(x, 99.4), 2),
        width=round(max(width, 0.6), 2),
        before=stay.van is None or stay.van < begin,
        running=stay.tot is None,
    )
