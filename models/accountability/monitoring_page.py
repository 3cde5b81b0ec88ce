"""The monitoring report as a page: Dutch, B1, accessible, in one file that fetches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features.columns import Feature
from features.register import FEATURES
from models.accountability.cell_words import cell_labels
from models.accountability.draw_figures import calibration_points, whiskers
from models.accountability.page import Numbers, number, render
from models.drift import Drifted, Level
from models.monitoring import Report, metrics
from models.tables import Floats
from models.unusual import UNUSUAL
from models.wording import dutch_number

SHOWN = 12  # features with a picture


@dataclass(frozen=True, kw_only=True)
class Columns:
    """One feature then and now: pairs of bars, heights in % of the largest share; says: the same in words."""

    label: str
    drifted: Drifted
    bars: tuple[tuple[float, float, str], ...]
    said: str


def monitoring_page(found: Report) -> str:
    """The HTML of a report."""
    known: dict[str, Feature] = {feature.name: feature for feature in (*FEATURES, UNUSUAL)}
    targets = [
        {
            "verslag": target,
            "banden": whiskers([(f"Band {band.name}", band.rate, band.promised) for band in target.bands if band.n]),
            "ijking": calibration_points(target.calibrated.bins) if target.calibrated else None,
            "verschoven": _moved(target.drift.features, known) if target.drift else (),
            "aantallen": {level.value: len(target.drift.of(level)) for level in Level} if target.drift else {},
        }
        for target in found.targets
    ]
    return render(
        "bewaking.html",
        verslag=found,
        doelen=targets,
        n=Numbers(dict(metrics(found))),
        getal=number,
        getoond=SHOWN,
    )


def _moved(features: tuple[Drifted, ...], known: Mapping[str, Feature]) -> tuple[Columns, ...]:
    """Pictures of what moved most: red and yellow, at most SHOWN."""
    moved = [one for one in features if one.level is not Level.GROEN][:SHOWN]
    return tuple(_columns(one, known.get(one.name)) for one in moved)


def _columns(one: Drifted, feature: Feature | None) -> Columns:
    cuts: Floats = np.array(one.cuts)
    labels = ["onbekend", *cell_labels(cuts, feature)]
    largest = max((*one.then, *one.now), default=1.0) or 1.0
    said = "; ".join(
        f"{label}: toen {dutch_number(100 * then, 1)}%, nu {dutch_number(100 * now, 1)}%"
        for label, then, now in zip(labels, one.then, one.now, strict=True)
    )
    return Columns(
        label=feature.label if feature else one.name,
        drifted=one,
        bars=tuple(
            (round(100 * then / largest, 1), round(100 * now / largest, 1), label)
            for label, then, now in zip(labels, one.then, one.now, strict=True)
        ),
        said=said,
    )
