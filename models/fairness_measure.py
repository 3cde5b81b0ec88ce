"""The rates of a stage per group, by fairlearn's MetricFrame: each group against all others together.

Intervals follow proportions.py. What is judged (`beyond_noise`) is judged by wider intervals, which hold for all groups
of the stage at once: with thirty groups, one or two differ by chance alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate, selection_rate
from numpy.typing import NDArray
from sklearn.metrics import precision_score

from models.fairness import Disparity, GroupFigures, Grouping, Outcomes, Stage
from models.fairness_bounds import FairnessBounds
from models.fairness_gates import judged
from models.groups import NOBODY
from models.proportions import Rate, difference, effective, ratio, share, simultaneous, unknown, widened
from models.tables import Floats

Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """m rows of which the outcome is known. groups: m x groupings; selected: by the stage; y: 0/1.

    weight: how many rows each stands for (1 = itself). source, says: which outcomes these are, Dutch.
    """

    source: str
    says: str
    groups: pd.DataFrame
    selected: Mask
    y: Floats
    weight: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Entered:
    """n rows that entered a stage, and which of them it selected. groups: n x groupings, as they were then.

    investigated: the rows are addresses that were investigated, of which a group need not be as large to be told of.
    """

    name: str
    of: str
    groups: pd.DataFrame
    selected: Mask
    seen: tuple[Seen, ...] = ()
    investigated: bool = False


def measured(entered: Entered, bounds: FairnessBounds) -> Stage:
    """The stage with its figures; groups under the smallest size are joined and left out."""
    smallest = _smallest(entered, bounds)
    shown = {name: _shown(entered.groups[name], smallest) for name in entered.groups.columns}
    compared = sum(group != NOBODY for groups in shown.values() for group in groups)
    z = simultaneous(compared)
    return Stage(
        name=entered.name,
        of=entered.of,
        n=len(entered.groups),
        selected=int(entered.selected.sum()),
        outcomes=tuple((seen.source, seen.says) for seen in entered.seen),
        groupings=tuple(_grouping(name, groups, entered, bounds, z) for name, groups in shown.items()),
    )


def _smallest(entered: Entered, bounds: FairnessBounds) -> int:
    return bounds.minste_uitkomsten if entered.investigated else bounds.kleinste_groep


def _shown(groups: pd.Series, smallest: int) -> tuple[str, ...]:
    """The groups that are large enough, largest first."""
    sizes = groups.value_counts()
    return tuple(str(group) for group in sizes.index[sizes >= smallest])


def _grouping(name: str, shown: tuple[str, ...], entered: Entered, bounds: FairnessBounds, z: float) -> Grouping:
    of = entered.groups[name].to_numpy(dtype=object)
    everybody = set(of) - {NOBODY}
    figures: list[GroupFigures] = []
    disparities: list[Disparity] = []
    for group in shown:
        one = _figures(group, {group}, name, entered, bounds)
        figures.append(one)
        if group == NOBODY:
            continue
        others = _figures("", everybody - {group}, name, entered, bounds)
        if others.n >= _smallest(entered, bounds):
            disparities.append(_disparity(one, others, bounds, z))
    small = ~np.isin(of, shown)
    return Grouping(
        name=name,
        groups=tuple(figures),
        disparities=tuple(disparities),
        joined=(len(set(of[small])), int(small.sum())),
    )


def _figures(label: str, members: set[str], name: str, entered: Entered, bounds: FairnessBounds) -> GroupFigures:
    """The figures of all rows, and of all outcomes, whose group is among `members`."""
    here = entered.groups[name].isin(members).to_numpy()
    n, selected = int(here.sum()), int(entered.selected[here].sum())
    rate = unknown(0)
    if n:
        frame = MetricFrame(
            metrics=selection_rate, y_true=entered.selected, y_pred=entered.selected, sensitive_features=here
        )
        rate = share(float(frame.by_group.loc[True]), n, n)
    return GroupFigures(
        group=label,
        n=n,
        selected=selected,
        selection=rate,
        outcomes=tuple(
            rates(seen, seen.groups[name].isin(members).to_numpy(), bounds.minste_uitkomsten) for seen in entered.seen
        ),
    )


def rates(seen: Seen, rows: Mask, fewest: int) -> Outcomes:
    """Hit rate, FPR and FNR of the masked rows, each only where it rests on at least `fewest` outcomes."""
    y, chosen = seen.y[rows].astype(np.int64), seen.selected[rows].astype(np.int64)
    weight = seen.weight[rows]
    parts: dict[str, tuple[Callable[..., float], Mask]] = {
        "hit": (_precision, chosen == 1),
        "fpr": (false_positive_rate, y == 0),
        "fnr": (false_negative_rate, y == 1),
    }
    enough = {name: metric for name, (metric, base) in parts.items() if base.sum() >= fewest}
    if not enough:
        return Outcomes(source=seen.source, **{name: unknown(int(base.sum())) for name, (_, base) in parts.items()})
    found = MetricFrame(
        metrics=enough,
        y_true=y,
        y_pred=chosen,
        sensitive_features=np.ones(len(y)),
        sample_params={name: {"sample_weight": weight} for name in enough},
    ).overall
    given: dict[str, Rate] = {}
    for name, (_, base) in parts.items():
        n = int(base.sum())
        given[name] = share(float(found[name]), effective(weight[base]), n) if name in enough else unknown(n)
    return Outcomes(source=seen.source, **given)


def _precision(y_true: Floats, y_pred: Floats, sample_weight: Floats) -> float:
    return float(precision_score(y_true, y_pred, sample_weight=sample_weight, zero_division=np.nan))


def _disparity(one: GroupFigures, other: GroupFigures, bounds: FairnessBounds, z: float) -> Disparity:
    """The group against the others; `beyond noise` by intervals of z."""
    hit = next((d for d in _differences(one, other, "hit") if d.known), unknown(0))
    # Who is visited is chosen: only outcomes drawn at random tell how often people with nothing amiss are selected.
    fpr = _differences(one, other, "fpr")[0] if one.outcomes else unknown(0)
    wide = ratio(one.selected, one.n, other.selected, other.n, z)
    narrow = ratio(one.selected, one.n, other.selected, other.n)
    return judged(one.group, narrow, wide, hit, fpr, widened(fpr, z), bounds)


def _differences(one: GroupFigures, other: GroupFigures, figure: str) -> tuple[Rate, ...]:
    pairs = zip(one.outcomes, other.outcomes, strict=True)
    return tuple(difference(getattr(mine, figure), getattr(theirs, figure)) for mine, theirs in pairs)
