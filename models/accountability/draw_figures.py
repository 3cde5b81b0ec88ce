"""Figures as geometry: intervals on a scale, and kans against outcome. The templates draw them as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.evaluate import Interval
from models.figures import Bin


@dataclass(frozen=True, kw_only=True)
class Whisker:
    """A figure with its interval on a scale from 0 to 100 (%)."""

    name: str
    at: float
    low: float
    high: float
    mark: float = math.nan  # a second figure to compare with


@dataclass(frozen=True, kw_only=True)
class Point:
    """A part of the outcomes in the calibration picture; all 0-100, y from below."""

    x: float
    y: float
    low: float
    high: float
    radius: float


def whiskers(figures: Sequence[tuple[str, Interval, float]]) -> tuple[Whisker, ...]:
    """(name, figure 0-1, a second figure to mark or NaN) each."""
    return tuple(
        Whisker(
            name=name,
            at=_percent(figure.value),
            low=_percent(figure.low),
            high=_percent(figure.high),
            mark=_percent(mark),
        )
        for name, figure, mark in figures
    )


def calibration_points(bins: Sequence[Bin]) -> tuple[float, tuple[Point, ...]]:
    """The edge of the scale (a share that all points lie below) and the points on it."""
    most = max((max(one.kans, one.found, one.high if math.isfinite(one.high) else 0.0) for one in bins), default=1.0)
    edge = next((step for step in (0.05, 0.1, 0.2, 0.3, 0.5, 0.75) if most <= step), 1.0)
    largest = max((one.n for one in bins), default=1)
    return edge, tuple(
        Point(
            x=round(100 * one.kans / edge, 2),
            y=round(100 * one.found / edge, 2),
            low=round(100 * (one.low if math.isfinite(one.low) else one.found) / edge, 2),
            high=round(100 * (one.high if math.isfinite(one.high) else one.found) / edge, 2),
            radius=round(2.5 + 3.5 * math.sqrt(one.n / largest), 2),
        )
        for one in bins
    )


def _percent(value: float) -> float:
    return round(min(max(100 * value, 0.0), 100.0), 2) if math.isfinite(value) else math.nan
