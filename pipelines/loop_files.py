"""The files of a simulation: months, groups and bands as CSV, the figures as JSON, four pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from models.loop_disparity import disparity
from models.loop_figures import Figures, Played
from models.loop_plots import calibration_plot, disparity_plot, estimate_plot, hits_plot

FIGURES = "figures.json"


def write_all(out: Path, played: Sequence[Played], measured: Sequence[Figures]) -> None:
    """Write everything into `out`, replacing what an earlier simulation left."""
    for name, rows in (("months", "months"), ("groups", "groups"), ("bands", "bands")):
        frames = [
            pd.DataFrame([vars(row) for row in getattr(p.run, rows)]).assign(policy=p.policy, seed=p.seed)
            for p in played
        ]
        pd.concat(frames, ignore_index=True).to_csv(out / f"{name}.csv", index=False)
    names = tuple(dict.fromkeys(p.policy for p in played))
    uneven = {name: disparity([p.run for p in played if p.policy == name]) for name in names}
    groups = [vars(row) | {"policy": name} for name, found in uneven.items() for row in found]
    pd.DataFrame(groups).to_csv(out / "disparity.csv", index=False)
    (out / FIGURES).write_text(json.dumps(without_nan([asdict(f) for f in measured]), indent=1), encoding="utf-8")
    (out / "hits.png").write_bytes(hits_plot(played))
    (out / "estimate.png").write_bytes(estimate_plot(played))
    (out / "calibration.png").write_bytes(calibration_plot(played))
    (out / "disparity.png").write_bytes(disparity_plot(uneven))


def without_nan(value: Any) -> Any:
    """NaN as null: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: without_nan(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_nan(one) for one in value]
    return None if isinstance(value, float) and value != value else value
