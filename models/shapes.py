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
MOST_BORDERS = 10  # that can be read below one picture


def shape_pictures(model: TableModel, features: Sequence[Feature]) -> Iterator[tuple[str, bytes]]:
    """Per term a file name and a PNG, in the model's order. features: for labels and units; others keep their name."""
    known = {feature.name: feature for feature in features}
    figure = empty_figure((4.4, 2.8))
    for term in model.terms:
        figure.clear()
        axes = figure.subplots()
        figure.subplots_adjust(left=0.19, right=0.97, bottom=0.29, top=0.9)
        named = [known.get(name) for name in term.features]
        (_main if len(term.features) == 1 else _pair)(axes, term, named)
        axes.set_title(_title(term, named), fontsize=9 if len(term.features) == 1 else 7)
        yield f"{'_x_'.join(term.features)}.png", png(figure, dpi=90)


def _main(axes: Any, term: Term, features: list[Feature | None]) -> None:
    """A step per cell, all equally wide, with the borders where they lie; the missing cell stands apart at the left."""
    cells, feature = term.scores[1:-1], features[0]
    edges = np.arange(len(cells) + 1.0)
    axes.stairs(np.maximum(cells, 0), edges, fill=True, color=FOR, alpha=0.4)
    axes.stairs(np.minimum(cells, 0), edges, fill=True, color=AGAINST, alpha=0.4)
    axes.stairs(cells, edges, baseline=0, color="black", linewidth=1.2)
    axes.bar([-1.0], [term.scores[0]], width=0.8, color=MISSING_COLOUR)
    axes.axhline(0, color="black", linewidth=0.6)
    named = dict(feature.named_values) if feature and len(feature.named_values) == len(cells) else {}
    places, names = _borders(term.cuts[0])
    if named:
        places, names = list(edges[:-1] + 0.5), [named[value] for value in sorted(named)]
    axes.set_xticks([-1.0, *places], ["onbekend", *names], fontsize=6.5, rotation=0 if named else 45)
    axes.set_xlabel(feature.unit if feature else "", fontsize=8)
    axes.set_ylabel(POINTS, fontsize=8)
    axes.tick_params(axis="y", labelsize=7)


def _pair(axes: Any, term: Term, features: list[Feature | None]) -> None:
    """A map: rows the first feature, columns the second; the first row and column are the missing cells."""
    shown = term.scores[:-1, :-1]
    bound = max(float(np.abs(shown).max()), 1e-6)
    image = axes.imshow(shown, cmap="RdBu_r", vmin=-bound, vmax=bound, aspect="auto", origin="lower")
    axes.figure.colorbar(image, ax=axes).ax.tick_params(labelsize=7)
    names = [feature.label if feature else name for feature, name in zip(features, term.features, strict=True)]
    axes.set_ylabel(names[0], fontsize=7)
    axes.set_xlabel(names[1], fontsize=7)
    for set_ticks, cuts, rotation in ((axes.set_yticks, term.cuts[0], 0), (axes.set_xticks, term.cuts[1], 45)):
        places, texts = _borders(cuts)
        set_ticks([0.0, *(place + 0.5 for place in places)], ["onbekend", *texts], fontsize=6, rotation=rotation)


def _borders(cuts: Floats) -> tuple[list[float], list[str]]:
    """Where borders lie, counted in cells, and what they are; of many, every second or third."""
    every = max(1, -(-len(cuts) // MOST_BORDERS))
    return list(np.arange(1.0, len(cuts) + 1.0)[::every]), [_number(cut) for cut in cuts[::every]]


def _title(term: Term, features: list[Feature | None]) -> str:
    return " x ".join(feature.label if feature else name for feature, name in zip(features, term.features, strict=True))


def _number(value: float) -> str:
    return dutch_number(value, 0 if float(value).is_integer() or abs(value) >= 100 else 2)
