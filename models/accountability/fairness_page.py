"""The fairness report as a page: Dutch, B1, tables with small pictures, in one file that fetches nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.accountability.page import render
from models.fairness import FairnessReport, Grouping, Stage
from models.fairness_bounds import FairnessBounds
from models.fairness_gates import fairness_gates, stopping
from models.figures import Gate

DOUBLINGS = 4.0  # the picture of a ratio runs from 1/16 to 16 times


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A ratio with its interval on the log scale of the picture, 0-100; outside: clipped at an edge."""

    group: str
    at: float
    low: float
    high: float
    mark: str  # "goed" | "geel" (outside the bounds, within noise or borne out) | "fout"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One grouping at one stage, with its picture."""

    grouping: Grouping
    dots: tuple[Dot, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One target. stages: each with its parts; stops: the sentences of the stop rule."""

    report: FairnessReport
    stages: tuple[tuple[Stage, tuple[Part, ...]], ...]
    gates: tuple[Gate, ...]
    stops: tuple[str, ...]


def fairness_page(reports: Sequence[FairnessReport], bounds: FairnessBounds) -> str:
    """The HTML of the reports of all targets."""
    sections = tuple(
        Section(
            report=report,
            stages=tuple((stage, tuple(_part(one) for one in stage.groupings)) for stage in report.stages),
            gates=fairness_gates(report, bounds),
            stops=stopping(report, bounds),
        )
        for report in reports
    )
    band = (place(bounds.selectie_laag), place(bounds.selectie_hoog))
    ticks = tuple((place(2.0**power), _times(power)) for power in range(-4, 5, 2))
    return render("eerlijkheid.html", delen=sections, grenzen=bounds, strook=band, streepjes=ticks)


def place(ratio: float) -> float:
    """Where a ratio lies on the picture, 0-100: equal (1) in the middle, each doubling as far as the next."""
    if ratio <= 0:
        return 0.0
    return round(min(max(50 + 50 * math.log2(ratio) / DOUBLINGS, 0.0), 100.0), 1)


def _part(grouping: Grouping) -> Part:
    dots = tuple(
        Dot(
            group=d.group,
            at=place(d.ratio.value),
            low=place(d.ratio.low),
            high=place(d.ratio.high),
            mark="fout" if d.unfounded else "geel" if d.broken else "goed",
        )
        for d in grouping.disparities
        if d.ratio.known
    )
    return Part(grouping=grouping, dots=dots)


def _times(power: int) -> str:
    return f"{2**power}×" if power >= 0 else f"1/{2**-power}×"
