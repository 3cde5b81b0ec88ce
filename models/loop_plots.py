"""Pictures of the closed loop, as PNG bytes: hits, estimate against truth, calibration, disparity; both targets."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from features.columns import Doel
from models.loop_disparity import Disparity
from models.loop_figures import Played, months_of, over_towns, share
from models.stream import estimate

STYLES = ("-", "--", "-.", ":", (0, (1, 1)), (0, (5, 1)))  # no meaning by colour alone


def hits_plot(played: Sequence[Played]) -> bytes:
    """Confirmed findings, cumulated over the months: mean over the towns with its 90% interval."""
    figure, axes = _figure("Hits so far (mean over towns, 90% interval)")
    for doel, on in zip(Doel, axes, strict=True):
        for style, name in zip(_cycle(played), _names(played), strict=True):
            runs = [np.cumsum([m.hits for m in months_of(p.run, doel)]) for p in played if p.policy == name]
            _band(on, np.array(runs, dtype=float), name, style)
        on.set(title=doel.value, xlabel="month", ylabel="hits")
    axes[0].legend(fontsize=8)
    return _png(figure)


def estimate_plot(played: Sequence[Played]) -> bytes:
    """What each policy's data say of all free addresses, cumulated, against the truth: naive and by the random stream.

    The last policy with both (a share by lot) is drawn; without one, the first policy's naive share alone.
    """
    both = [p.policy for p in played if 0 < sum(m.drawn for m in p.run.months) < sum(m.picked for m in p.run.months)]
    name = both[-1] if both else played[0].policy
    mine = [p for p in played if p.policy == name]
    figure, axes = _figure(f"{name}: share that an inspector would confirm (all towns together, 90% interval)")
    for doel, on in zip(Doel, axes, strict=True):
        runs = [months_of(p.run, doel) for p in mine]
        length = range(1, min(map(len, runs)) + 1)
        ends = [[m for months in runs for m in months[:k]] for k in length]
        said = [estimate(sum(m.drawn_hits for m in part), sum(m.drawn for m in part)) for part in ends]
        on.fill_between(length, [s.low for s in said], [s.high for s in said], alpha=0.2)
        on.plot(length, [s.value for s in said], label="random stream")
        naive = [sum(m.chosen_hits for m in part) / max(sum(m.chosen for m in part), 1) for part in ends]
        on.plot(length, naive, "--", label="naive: hits per chosen visit")
        on.plot(length, [share(part, "free_found") for part in ends], "k-", label="truth: would be confirmed")
        on.plot(length, [share(part, "free_true") for part in ends], "k:", label="truth: really so")
        # The first months' intervals reach almost to 1; they would flatten all the rest.
        highest = max(*naive[len(naive) // 4 :], said[-1].high)
        on.set(title=doel.value, xlabel="month", ylabel="share of addresses", ylim=(0, min(1.0, 1.3 * highest)))
    axes[0].legend(fontsize=8)
    return _png(figure)


def calibration_plot(played: Sequence[Played]) -> bytes:
    """Mean kans of a band of addresses against the share that an inspector would confirm, all towns and months."""
    figure, axes = _figure("Kans against what an inspector would confirm (all free addresses)")
    for doel, on in zip(Doel, axes, strict=True):
        on.plot([1e-3, 1], [1e-3, 1], color="grey", linewidth=1)
        for style, name in zip(_cycle(played), _names(played), strict=True):
            bands: dict[float, list[float]] = {}
            for p in (p for p in played if p.policy == name):
                for band in (b for b in p.run.bands if b.doel == doel.value):
                    n, kans, found = bands.get(band.low, [0.0, 0.0, 0.0])
                    bands[band.low] = [n + band.n, kans + band.kans, found + band.found]
            known = [(kans / n, found / n) for n, kans, found in (bands[low] for low in sorted(bands)) if n >= 20]
            if known:
                on.plot(*zip(*known, strict=True), linestyle=style, marker="o", label=name)
        on.set(title=doel.value, xlabel="mean kans", ylabel="share confirmed", xscale="log", yscale="log")
        if on.get_legend_handles_labels()[0]:
            on.legend(fontsize=8)
    return _png(figure)


def disparity_plot(uneven: Mapping[str, Sequence[Disparity]]) -> bytes:
    """Per policy the widest selection ratio of any group against the average, cumulated over the months."""
    figure, axes = _figure("Most visited group against the average address (1 = as often)")
    for doel, on in zip(Doel, axes, strict=True):
        for i, (name, found) in enumerate(uneven.items()):
            months = sorted({d.month for d in found})
            ratios = [[d.ratio for d in found if d.month == m and d.doel == doel.value] for m in months]
            highest = [max(r, default=float("nan")) for r in ratios]
            if np.isnan(highest).all():
                continue  # all by lot: nobody chose
            on.plot(range(1, len(months) + 1), highest, linestyle=STYLES[i % len(STYLES)], label=name)
        on.axhline(1, color="grey", linewidth=1)
        on.set(title=doel.value, xlabel="month", ylabel="ratio of selection rates")
    if axes[0].get_legend_handles_labels()[0]:
        axes[0].legend(fontsize=8)
    return _png(figure)


def _band(on: Any, runs: Any, name: str, style: Any) -> None:
    months = range(1, runs.shape[1] + 1)
    mean = [over_towns(list(runs[:, k])) for k in range(runs.shape[1])]
    on.plot(months, [m.value for m in mean], linestyle=style, label=name)
    if len(runs) > 1:
        on.fill_between(months, [max(m.low, 0) for m in mean], [m.high for m in mean], alpha=0.15)


def _names(played: Sequence[Played]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.policy for p in played))


def _cycle(played: Sequence[Played]) -> list[Any]:
    return [STYLES[i % len(STYLES)] for i in range(len(_names(played)))]


def _figure(title: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=(11, 4.2), layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title)
    return figure, figure.subplots(1, 2)


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100)
    return buffer.getvalue()
