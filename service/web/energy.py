"""Monthly use against comparable inhabited dwellings: a band (P10-P90), its middle and the address's own line.

Coordinates run from 0 to 100 both ways (y downwards), for an SVG that stretches with the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from service.records import MonthOfUse
from service.web.getallen import MONTHS, number

UNITS = {"ELK": "kWh", "GAS": "m³"}
YEAR = 12  # months
HEADROOM = 1.05
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A labelled place on an axis, in percent."""

    at: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One month of the address itself."""

    x: float
    y: float
    month: MonthOfUse


@dataclass(frozen=True, kw_only=True)
class EnergyChart:
    """One product. year_own and year_middle: sums of the last twelve months; None where a month is unknown."""

    product: str
    unit: str
    months: tuple[MonthOfUse, ...]
    band: str  # points of a polygon
    middle: tuple[str, ...]  # points of polylines, broken where a month is unknown
    own: tuple[str, ...]
    dots: tuple[Dot, ...]
    y_marks: tuple[Mark, ...]
    x_marks: tuple[Mark, ...]
    year_own: float | None
    year_middle: float | None


def energy_charts(months: Sequence[MonthOfUse]) -> tuple[EnergyChart, ...]:
    """One chart per product, ELK before GAS."""
    ordered = sorted(months, key=lambda m: (m.product, m.maand))
    return tuple(_chart(product, tuple(group)) for product, group in groupby(ordered, key=lambda m: m.product))


def _chart(product: str, months: tuple[MonthOfUse, ...]) -> EnergyChart:
    highest = max((v for m in months for v in (m.verbruik, m.hoog) if v is not None), default=0.0) * HEADROOM or 1.0
    x = [_percent(i, max(len(months) - 1, 1)) for i in range(len(months))]

    def y(value: float) -> float:
        return round(100 - 100 * value / highest, 2)

    high = [f"{x[i]},{y(m.hoog)}" for i, m in enumerate(months) if m.hoog is not None]
    low = [f"{x[i]},{y(m.laag)}" for i, m in enumerate(months) if m.laag is not None]
    return EnergyChart(
        product=product,
        unit=UNITS.get(product, ""),
        months=months,
        band=" ".join([*high, *reversed(low)]),
        middle=_lines([(x[i], None if m.midden is None else y(m.midden)) for i, m in enumerate(months)]),
        own=_lines([(x[i], None if m.verbruik is None else y(m.verbruik)) for i, m in enumerate(months)]),
        dots=tuple(Dot(x=x[i], y=y(m.verbruik), month=m) for i, m in enumerate(months) if m.verbruik is not None),
        y_marks=tuple(Mark(at=y(value), label=number(value)) for value in _round_values(highest)),
        x_marks=_x_marks(months, x),
        year_own=_sum([m.verbruik for m in months[-YEAR:]]),
        year_middle=_sum([m.midden for m in months[-YEAR:]]),
    )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)


def _lines(points: Sequence[tuple[float, float | None]]) -> tuple[str, ...]:
    runs = groupby(points, key=lambda point: point[1] is not None)
    return tuple(" ".join(f"{x},{y}" for x, y in run) for known, run in runs if known)


def _round_values(highest: float, wanted: int = 4) -> list[float]:
    size = 10 ** math.floor(math.log10(highest / wanted))
    step = next(size * s for s in STEPS if size * s >= highest / wanted)
    return [step * i for i in range(int(highest / step) + 1)]


def _x_marks(months: Sequence[MonthOfUse], x: Sequence[float]) -> tuple[Mark, ...]:
    marks = []
    for i, about in enumerate(months):
        year, of_year = about.maand.split("-")
        if of_year in {"01", "07"} and x[i] <= 94:
            marks.append(Mark(at=x[i], label=f"{MONTHS[int(of_year) - 1][:3]} {year}"))
    return tuple(marks)


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) == YEAR else None
