"""The model itself for a reader: every table as a picture and as a table, with its direction and weight in words.

Nothing is an example or a sample: these cells are the numbers that are added up (models/tables.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features.columns import Doel, Feature
from features.register import FEATURES
from models.accountability.cell_words import cell_labels
from models.accountability.draw_tables import Pair, Shape, pair, scale, shape
from models.tables import TableModel, Term
from models.unusual import UNUSUAL

FLAT = 0.1  # log-odds between a table's lowest and highest cell, below which it is named and not drawn
KNOWN: Mapping[str, Feature] = {feature.name: feature for feature in (*FEATURES, UNUSUAL)}
UNKNOWN = "onbekend"


@dataclass(frozen=True, kw_only=True)
class Direction:
    """What was laid down beforehand of one feature: +1 higher speaks for, -1 against, 0 nothing."""

    label: str
    sign: int


@dataclass(frozen=True, kw_only=True)
class TableOfPoints:
    """One table of the model. weight: highest minus lowest known cell, log-odds. rows: cells in words, with points.

    picture: of one feature; map: of two. columns: the second feature's cells, empty for one feature.
    """

    name: str
    title: str
    unit: str
    weight: float
    directions: tuple[Direction, ...]
    picture: Shape | None
    map: Pair | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]


def tables_of(model: TableModel) -> tuple[TableOfPoints, ...]:
    """All tables, the heaviest first."""
    edges = scale(model)
    found = [_table(term, Doel(model.doel), edges) for term in model.terms]
    return tuple(sorted(found, key=lambda table: -table.weight))


def weight(term: Term) -> float:
    """How much a table can matter: its highest minus its lowest known cell, in log-odds."""
    return float(np.ptp(term.scores[(slice(0, -1),) * term.scores.ndim]))


def title(name: str) -> str:
    """The label of a feature, or of a pair."""
    return " × ".join(KNOWN[part].label if part in KNOWN else part for part in name.split(" x "))


def _table(term: Term, doel: Doel, edges: tuple[float, float]) -> TableOfPoints:
    features = [KNOWN.get(name) for name in term.features]
    cells = [
        [UNKNOWN, *cell_labels(cuts, feature)] for cuts, feature in zip(term.cuts, features, strict=True)
    ]  # a label is empty where no whole number falls in
    single = len(features) == 1
    known = term.scores[:-1] if single else term.scores[:-1, :-1]
    rows = [(label, tuple(float(v) for v in np.atleast_1d(known[i]))) for i, label in enumerate(cells[0]) if label]
    return TableOfPoints(
        name=term.name,
        title=title(term.name),
        unit=features[0].unit if single and features[0] else "",
        weight=weight(term),
        directions=tuple(
            Direction(label=feature.label if feature else name, sign=feature.direction(doel) if feature else 0)
            for name, feature in zip(term.features, features, strict=True)
        ),
        picture=shape(term, features[0], edges) if single else None,
        map=None if single else pair(term, KNOWN, edges),
        columns=() if single else tuple(label or "–" for label in cells[1]),
        rows=tuple(rows),
    )
