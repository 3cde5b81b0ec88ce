"""Pictures of an evaluation, as PNG bytes: is `kans` honest, and how pure is the top of the list beside the others?"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from models.figures import MODEL, Measured, Reliability


def reliability_plot(doel: str, found: Reliability) -> bytes:
    """Mean kans against the share found, per part of the investigated addresses (held out), with 90% intervals."""
    figure, axes = _figure(f"{doel}: kans tegen uitkomst (ijking: {found.chosen})")
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    kans, share = [b.kans for b in found.bins], [b.found for b in found.bins]
    axes.vlines(kans, [b.low for b in found.bins], [b.high for b in found.bins], color="grey")
    axes.plot(kans, share, marker="o")
    error = found.ece
    axes.annotate(f"ECE {error.value:.3f} ({error.low:.3f}–{error.high:.3f})", (0.03, 0.93))
    axes.set(xlabel="gemiddelde kans", ylabel="aandeel gevonden", xlim=(0, 1), ylim=(0, 1))
    return png(figure)


def precision_plot(doel: str, measured: Sequence[Measured], of: str) -> bytes:
    """Precision in the first k per contender, with 90% intervals. of: what was measured on, for the title."""
    figure, axes = _figure(f"{doel}: precisie in de eerste k ({of})")
    for number, one in enumerate(measured):
        points = sorted(one.at, key=lambda at: at.k)
        k = [at.k * (1 + 0.02 * number) for at in points]  # a little apart, so that the intervals can be told apart
        values = [at.precision.value for at in points]
        axes.vlines(
            k, [at.precision.low for at in points], [at.precision.high for at in points], color=f"C{number}", alpha=0.5
        )
        wide = one.contender == MODEL
        axes.plot(k, values, color=f"C{number}", marker=".", linewidth=2.2 if wide else 1, label=one.contender)
    if measured:
        axes.set_xscale("log")
        axes.legend(fontsize=7)
    axes.set(xlabel="k", ylabel="precisie", ylim=(0, 1))
    return png(figure)


def empty_figure(inches: tuple[float, float]) -> Figure:
    """A figure that needs no screen."""
    figure = Figure(figsize=inches)
    FigureCanvasAgg(figure)
    return figure


def png(figure: Figure, dpi: int = 100) -> bytes:
    """The picture; equal figures give equal bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    return buffer.getvalue()


def _figure(title: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=(6, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=10)
    return figure, axes
