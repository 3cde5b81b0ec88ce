"""The model itself in pictures: per feature what each value adds to the score, per pair a map of both.

What is drawn is the table that scores: no smoothing, no sample, no row of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from features.columns import Feature
from models.plots import empty_figure, png
from models.tables import Floats, TableModel, Term
from models.wording import dutch_number

FOR, AGAINST, MISSING_COLOUR = "#b45309", "#1d4ed8", "#6b7280"
POINTS = "bijdrage aan de score"


def shape_pictures(model: TableModel, features: Sequence[Feature]) -> Iterator[tuple[str, bytes]]:
    """Per term a file name and a PNG, in the model's order. features: for labels and units; others keep their name."""
    known = {feature.name: feature for feature in features}
    figure = empty_figure((4.2, 2.6))
    for term in model.terms:
        figure.clear()
        draw = _main if len(term.features) == 1 else _pair
        draw(figure, term, [known.get(name) for name in term.features])
        yield f"{'_x_'.join(term.features)}.png", png(figure, dpi=80)


def _main(figure: Any, term: Term, features: list[Feature | None]) -> None:
    """A step per cell, its ends open; the missing cell stands apart at the left."""
    apart, axes = figure.subplots(1, 2, sharey=True, width_ratios=[1, 9])
    figure.subplots_adjust(left=0.16, right=0.97, bottom=0.2, top=0.87, wspace=0.04)
    cells, cuts = term.scores[1:-1], term.cuts[0]
    figure.suptitle(_title(term, features), fontsize=9)
    if _named(features[0], len(cells)):
        feature = features[0]
        names = [name for _, name in sorted(feature.named_values)] if feature else []
        axes.bar(range(len(cells)), cells, color=[FOR if cell > 0 else AGAINST for cell in cells])
        axes.set_xticks(range(len(cells)), names, fontsize=8)
    else:
        edges = _edges(cuts)
        axes.stairs(cells, edges, baseline=0, color="black", linewidth=1.2)
        axes.stairs(np.maximum(cells, 0), edges, fill=True, color=FOR, alpha=0.35)
        axes.stairs(np.minimum(cells, 0), edges, fill=True, color=AGAINST, alpha=0.35)
        axes.set_xlabel(features[0].unit if features[0] else "", fontsize=8)
    apart.bar([0], [term.scores[0]], color=MISSING_COLOUR)
    apart.set_xticks([0], ["onbe-\nkend"], fontsize=7)
    apart.set_ylabel(POINTS, fontsize=8)
    for part in (apart, axes):
        part.axhline(0, color="black", linewidth=0.6)
        part.tick_params(labelsize=7)


def _pair(figure: Any, term: Term, features: list[Feature | None]) -> None:
    """A map: rows the first feature, columns the second; the first row and column are the missing cells."""
    axes = figure.subplots()
    figure.subplots_adjust(left=0.24, right=0.99, bottom=0.3, top=0.87)
    shown = term.scores[:-1, :-1]
    bound = max(float(np.abs(shown).max()), 1e-6)
    image = axes.imshow(shown, cmap="RdBu_r", vmin=-bound, vmax=bound, aspect="auto", origin="lower")
    figure.colorbar(image, ax=axes).ax.tick_params(labelsize=7)
    figure.suptitle(_title(term, features), fontsize=8)
    names = [feature.label if feature else name for feature, name in zip(features, term.features, strict=True)]
    axes.set_ylabel(names[0], fontsize=7)
    axes.set_xlabel(names[1], fontsize=7)
    _ticks(axes.set_yticks, term.cuts[0], rotation=0)
    _ticks(axes.set_xticks, term.cuts[1], rotation=60)


def _ticks(set_ticks: Any, cuts: Floats, rotation: int) -> None:
    """The name of the missing cell in the middle of it, and every border (at most some eight) where it lies."""
    every = max(1, -(-len(cuts) // 8))
    places = [0.0, *(np.arange(len(cuts))[::every] + 1.5)]
    set_ticks(places, ["onbekend", *(_number(cut) for cut in cuts[::every])], fontsize=6, rotation=rotation)


def _edges(cuts: Floats) -> Floats:
    """Borders with an outer one at both ends, a tenth of the range (or 1) further."""
    if not len(cuts):
        return np.array([0.0, 1.0])
    reach = (cuts[-1] - cuts[0]) / 10 or 1.0
    return np.concatenate([[cuts[0] - reach], cuts, [cuts[-1] + reach]])


def _named(feature: Feature | None, cells: int) -> bool:
    return feature is not None and len(feature.named_values) == cells


def _title(term: Term, features: list[Feature | None]) -> str:
    return " x ".join(feature.label if feature else name for feature, name in zip(features, term.features, strict=True))


def _number(value: float) -> str:
    return dutch_number(value, 0 if float(value).is_integer() or abs(value) >= 100 else 2)
