"""How unevenly a policy looks: the selection rate of each group against that of all, beside where the cases really are.

A ratio of 1 = visited as often as the average free address. Groups are values of one feature; small ones are left out,
for their ratio is luck. Picks by lot do not count: nobody chose them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.loop_records import LoopRun

SMALLEST = 200  # mean number of free addresses a month below which a group is left out
KEYS = ["doel", "column", "value"]


@dataclass(frozen=True, kw_only=True)
class Disparity:
    """A group until `month`. ratio: its selection rate / that of all; true_ratio: the same of true cases."""

    doel: str
    month: str
    column: str
    value: float
    free: float  # mean a month
    ratio: float
    true_ratio: float


def disparity(runs: Sequence[LoopRun]) -> tuple[Disparity, ...]:
    """Cumulated per month and group, over all runs (towns) of one policy together."""
    rows = pd.DataFrame([vars(group) for run in runs for group in run.groups])
    if rows.empty:
        return ()
    summed = rows.groupby([*KEYS, "month"], as_index=False)[["free", "chosen", "true"]].sum().sort_values("month")
    counts = ["free", "chosen", "true"]
    summed[counts] = summed.groupby(KEYS)[counts].cumsum()
    passed = summed.groupby(KEYS).cumcount() + 1
    total = summed.groupby(["doel", "column", "month"])[counts].transform("sum")
    mean_free = summed["free"] / passed / len(runs)
    summed = summed.assign(
        ratio=(summed["chosen"] / summed["free"]) / (total["chosen"] / total["free"]).replace(0, np.nan),
        true_ratio=(summed["true"] / summed["free"]) / (total["true"] / total["free"]).replace(0, np.nan),
        free=mean_free,
    )
    large = summed[summed["free"] >= SMALLEST].drop(columns=["chosen", "true"])
    return tuple(Disparity(**row) for row in large.to_dict("records"))  # a row per group and month: some hundreds


def widest(found: Sequence[Disparity], doel: str) -> Disparity | None:
    """The group visited most often against the average, at the end, for one target; None where nobody chose."""
    last = max((d.month for d in found), default="")
    mine = [d for d in found if d.doel == doel and d.month == last and d.ratio == d.ratio]
    return max(mine, key=lambda d: d.ratio, default=None)
