"""The model itself as geometry, one picture per table: what the templates draw as SVG, on one scale for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from features.columns import Feature
from models.accountability.cell_words import cell_labels, shortened, signed
from models.tables import TableModel, Term

WIDTH, HEIGHT = 280.0, 96.0  # of the plane in which a table is drawn
MISSING_WIDTH = 26.0  # of the cell of what is unknown, at the left
LABELS = 6  # at most so many texts under an axis


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One cell of a table, from the zero line. label: its values; says: the whole cell in words."""

    x: float
    y: float
    width: float
    height: float
    up: bool
    says: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A text under (or beside) the axis."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A table of one feature: what each value adds to the score, in log-odds."""

    name: str
    title: str
    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    zero: float  # where the zero line lies
    low: float  # log-odds at the lower edge, and at the upper
    high: float
    reach: float


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a pair's map. share: -1 (speaks against) to 1 (speaks for) of the common scale."""

    x: float
    y: float
    width: float
    height: float
    share: float
    says: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A table of two features: rows the first, columns the second; what is unknown first."""

    name: str
    across: str
    down: str
    cells: tuple[Cell, ...]
    reach: float


def scale(model: TableModel) -> tuple[float, float]:
    """The log-odds at the lower and upper edge of every picture: the lowest and highest known cell of all, and 0."""
    cells = [term.scores[(slice(0, -1),) * term.scores.ndim] for term in model.terms]
    low, high = min([0.0, *(float(c.min()) for c in cells)]), max([0.0, *(float(c.max()) for c in cells)])
    return (low, high) if high > low else (-1.0, 1.0)


def shape(term: Term, feature: Feature | None, edges: tuple[float, float]) -> Shape:
    """The table of one feature; every cell equally wide, for the model knows no distance within or between cells.

    edges: of `scale`. A cell that no whole number falls in is left out of the picture of a feature that counts.
    """
    low, high = edges
    found = cell_labels(term.cuts[0], feature)
    labels = [label for label in found if label]
    values = [float(term.scores[0]), *(float(term.scores[i + 1]) for i, label in enumerate(found) if label)]
    per_point = HEIGHT / (high - low)
    width = (WIDTH - MISSING_WIDTH - 8) / len(labels)
    starts = [0.0, *(MISSING_WIDTH + 8 + i * width for i in range(len(labels)))]
    widths = [MISSING_WIDTH, *([width] * len(labels))]
    zero = round(high * per_point, 1)
    bars = tuple(
        Bar(
            x=round(x, 1),
            y=round((high - max(value, 0.0)) * per_point, 1),
            width=round(w, 1),
            height=round(abs(value) * per_point, 1),
            up=value > 0,
            says=f"{label}: {signed(value)}",
        )
        for x, w, value, label in zip(starts, widths, values, ["onbekend", *labels], strict=True)
    )
    return Shape(
        name=term.name,
        title=feature.label if feature else term.name,
        unit=feature.unit if feature else "",
        bars=bars,
        ticks=_ticks(labels, MISSING_WIDTH + 8, width),
        zero=zero,
        low=low,
        high=high,
        reach=float(np.ptp(values)),
    )


def pair(term: Term, known: Mapping[str, Feature], edges: tuple[float, float]) -> Pair:
    """The map of two features."""
    scores, top = term.scores[:-1, :-1], max(-edges[0], edges[1])
    down, across = (known.get(name) for name in term.features)
    rows = ["onbekend", *(label or "–" for label in cell_labels(term.cuts[0], down))]
    columns = ["onbekend", *(label or "–" for label in cell_labels(term.cuts[1], across))]
    height, width = HEIGHT / len(rows), WIDTH / len(columns)
    cells = tuple(
        Cell(
            x=round(j * width, 1),
            y=round(HEIGHT - (i + 1) * height, 1),
            width=round(width, 1),
            height=round(height, 1),
            share=round(float(scores[i, j]) / top, 3),
            says=f"{rows[i]} en {columns[j]}: {signed(float(scores[i, j]))}",
        )
        for i in range(len(rows))
        for j in range(len(columns))
    )
    return Pair(
        name=term.name,
        across=across.label if across else term.features[1],
        down=down.label if down else term.features[0],
        cells=cells,
        reach=float(np.ptp(scores)),
    )


def _ticks(labels: Sequence[str], start: float, width: float) -> tuple[Tick, ...]:
    """A text under every cell where there is room, else under some, evenly."""
    every = max(1, -(-len(labels) // LABELS))
    room = width * every
    chosen = list(range(0, len(labels), every))
    texts = [shortened(labels[i], room) for i in chosen]
    return tuple(Tick(at=round(start + (i + 0.5) * width, 1), text=text) for i, text in zip(chosen, texts, strict=True))
