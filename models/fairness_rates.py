"""Selection rate, hit rate, FPR and FNR of several groups at once, by fairlearn's MetricFrame on weighted cells.

MetricFrame takes its time per row. A rate depends on how many rows are selected or not, right or wrong, and on nothing
else, so what it gets are those few cells of each group, with their numbers as weights: the same rates, a thousand times
sooner (tests compare them with a plain count).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate, selection_rate
from numpy.typing import NDArray
from sklearn.metrics import precision_score

from models.fairness import Outcomes
from models.proportions import effective, share, unknown
from models.tables import Floats

Mask = NDArray[np.bool_]


def _precision(y_true: Floats, y_pred: Floats, sample_weight: Floats) -> float:
    return float(precision_score(y_true, y_pred, sample_weight=sample_weight, zero_division=np.nan))


METRICS = {"hit": _precision, "fpr": false_positive_rate, "fnr": false_negative_rate}


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """m rows of which the outcome is known. groups: m x groupings; selected: by the stage; y: 0/1.

    weight: how many rows each stands for (1 = itself). source, says: which outcomes these are, Dutch.
    chosen: somebody chose these rows, so that of all addresses only their hit rate tells. drawn: the rows by lot that
    stand, within each group, for all that were not selected; None = every row stands for itself.
    """

    source: str
    says: str
    groups: pd.DataFrame
    selected: Mask
    y: Floats
    weight: Floats
    chosen: bool = False
    drawn: Mask | None = None


def selection_rates(n: Sequence[int], selected: Sequence[int]) -> tuple[float, ...]:
    """Per group the share selected; NaN for a group without rows. n, selected: of each group."""
    groups = np.repeat(np.arange(len(n)), 2)
    chosen = np.tile([1, 0], len(n))
    weight = np.column_stack([selected, np.subtract(n, selected)]).ravel().astype(np.float64)
    some = np.repeat(np.asarray(n) > 0, 2)  # a group without rows has no rate
    if not some.any():
        return (float("nan"),) * len(n)
    found = MetricFrame(
        metrics=selection_rate,
        y_true=chosen[some],
        y_pred=chosen[some],
        sensitive_features=groups[some],
        sample_params={"sample_weight": weight[some]},
    ).by_group
    return tuple(float(value) for value in found.reindex(np.arange(len(n))))


def outcome_rates(seen: Seen, masks: Sequence[Mask], left: Sequence[int], fewest: int) -> tuple[Outcomes, ...]:
    """Per mask of the rows hit rate, FPR and FNR, each only where it rests on at least `fewest` outcomes.

    left: rows of each group that were not selected; where rows by lot stand for them, there must be `fewest` of those.
    """
    if not masks:
        return ()  # every group is too small to be shown
    parts = [_part(seen, mask, rest) for mask, rest in zip(masks, left, strict=True)]
    rows = pd.concat([_cells(at, *part) for at, part in enumerate(parts)], ignore_index=True)
    found = pd.DataFrame(columns=list(METRICS), dtype="float64")
    if len(rows):
        weight = {"sample_weight": rows["weight"].to_numpy()}
        found = MetricFrame(
            metrics=METRICS,
            y_true=rows["y"],
            y_pred=rows["chosen"],
            sensitive_features=rows["group"],
            sample_params=dict.fromkeys(METRICS, weight),
        ).by_group
    found = found.reindex(range(len(parts)))
    return tuple(_outcomes(seen, mask, part, found.loc[at], fewest)
                 for at, (mask, part) in enumerate(zip(masks, parts, strict=True)))  # fmt: skip


def _part(seen: Seen, mask: Mask, left: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """(y, chosen, weight) of the masked rows."""
    weight = seen.weight[mask]
    if seen.drawn is not None:
        drawn = seen.drawn[mask]
        weight = np.where(drawn, left / max(drawn.sum(), 1), weight)
    return seen.y[mask].astype(np.int64), seen.selected[mask].astype(np.int64), weight


def _cells(group: int, y: NDArray[np.int64], chosen: NDArray[np.int64], weight: Floats) -> pd.DataFrame:
    """The four cells of one group; none where it has no rows."""
    totals = np.bincount(2 * y + chosen, weights=weight, minlength=4)
    cells = pd.DataFrame({"group": group, "y": [0, 0, 1, 1], "chosen": [0, 1, 0, 1], "weight": totals})
    return cells if totals.any() else cells.iloc[:0]


def _outcomes(
    seen: Seen,
    mask: Mask,
    part: tuple[NDArray[np.int64], NDArray[np.int64], Floats],
    found: pd.Series,
    fewest: int,
) -> Outcomes:
    y, chosen, weight = part
    drawn = np.ones(len(y), dtype=bool) if seen.drawn is None else seen.drawn[mask]
    by_lot = bool(drawn.sum() >= fewest)
    # Those who were missed are seen by lot alone: without any of them there is no telling how many there are.
    missed = by_lot and bool((drawn & (y == 1)).any())
    bases = {"hit": (chosen == 1, True), "fpr": (y == 0, by_lot), "fnr": (y == 1, missed)}
    rates = {}
    for name, (base, fit) in bases.items():
        n = int(base.sum())
        told = fit and n >= fewest
        rates[name] = share(float(found[name]), effective(weight[base]), n) if told else unknown(n)
    return Outcomes(source=seen.source, **rates)
