"""Two pictures of a training run, as PNG bytes: is `kans` honest, and how pure is the top of the list?"""

from __future__ import annotations

import io
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from models.trained import TrainedTarget


def reliability_plot(target: TrainedTarget) -> bytes:
    """Mean kans against the share found, per tenth of the investigated addresses (held out)."""
    figure, axes = _figure(f"{target.doel}: kans tegen uitkomst")
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    axes.plot([b.kans for b in target.reliability], [b.found for b in target.reliability], marker="o")
    axes.set(xlabel="gemiddelde kans", ylabel="aandeel gevonden", xlim=(0, 1), ylim=(0, 1))
    return _png(figure)


def precision_plot(target: TrainedTarget) -> bytes:
    """Precision in the first k of the investigated addresses, out of time, with its 90% interval, beside profiles."""
    figure, axes = _figure(f"{target.doel}: precisie in de eerste k (later onderzochte adressen)")
    k = [point.k for point in target.curve]
    axes.fill_between(k, [p.model.low for p in target.curve], [p.model.high for p in target.curve], alpha=0.2)
    axes.plot(k, [p.model.value for p in target.curve], label="model")
    axes.plot(k, [p.profiles.value for p in target.curve], label="profielen", linestyle="--")
    axes.set(xlabel="k", ylabel="precisie", ylim=(0, 1))
    axes.legend()
    return _png(figure)


def _figure(title: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=(6, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(title)
    return figure, axes


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100)
    return buffer.getvalue()
