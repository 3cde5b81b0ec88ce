"""A stage measured per group: each group against all others together, by the rates of fairness_rates.py.

Intervals follow proportions.py. What is judged (`beyond_noise`) is judged by wider intervals, which hold for all groups
of the stage at once: with thirty groups, one or two differ by chance alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.fairness import Disparity, GroupFigures, Grouping, Stage
from models.fairness_bounds import FairnessBounds
from models.fairness_gates import judged
from models.fairness_rates import Mask, Seen, outcome_rates, selection_rates
from models.groups import NOBODY
from models.proportions import Rate, difference, ratio, share, simultaneous, unknown, widened


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
    compared = [group for group in shown if group != NOBODY]
    members = [{group} for group in shown] + [everybody - {group} for group in compared]
    found = _figures([*shown, *compared], members, name, entered, bounds)
    figures, others = found[: len(shown)], found[len(shown) :]
    own = {one.group: one for one in figures}
    small = ~np.isin(of, shown)
    return Grouping(
        name=name,
        groups=figures,
        disparities=tuple(
            _disparity(own[other.group], other, _judge(entered), bounds, z)
            for other in others
            if other.n >= _smallest(entered, bounds)
        ),
        joined=(len(set(of[small])), int(small.sum())),
    )


def _figures(
    labels: Sequence[str], members: Sequence[set[str]], name: str, entered: Entered, bounds: FairnessBounds
) -> tuple[GroupFigures, ...]:
    """Per set of groups the figures of all rows, and of all outcomes, that belong to one of them."""
    counts = entered.groups[name].value_counts()
    picked = entered.groups.loc[entered.selected, name].value_counts()
    n = [int(counts[counts.index.isin(of)].sum()) for of in members]
    selected = [int(picked[picked.index.isin(of)].sum()) for of in members]
    left = np.subtract(n, selected).tolist()
    outcomes = [
        outcome_rates(seen, [seen.groups[name].isin(of).to_numpy() for of in members], left, bounds.minste_uitkomsten)
        for seen in entered.seen
    ]
    return tuple(
        GroupFigures(
            group=label,
            n=n[at],
            selected=selected[at],
            selection=share(rate, n[at], n[at]) if n[at] else unknown(0),
            outcomes=tuple(told[at] for told in outcomes),
        )
        for at, (label, rate) in enumerate(zip(labels, selection_rates(n, selected), strict=True))
    )


def _judge(entered: Entered) -> int | None:
    """Which of the outcomes tells how often people with nothing amiss are selected: the first that nobody chose."""
    return next((at for at, seen in enumerate(entered.seen) if not seen.chosen), None)


def _disparity(
    one: GroupFigures, other: GroupFigures, judge: int | None, bounds: FairnessBounds, z: float
) -> Disparity:
    """The group against the others; `beyond noise` by intervals of z."""
    hit = next((d for d in _differences(one, other, "hit") if d.known), unknown(0))
    fpr = unknown(0) if judge is None else _differences(one, other, "fpr")[judge]
    wide = ratio(one.selected, one.n, other.selected, other.n, z)
    narrow = ratio(one.selected, one.n, other.selected, other.n)
    return judged(one.group, narrow, wide, hit, fpr, widened(fpr, z), bounds)


def _differences(one: GroupFigures, other: GroupFigures, figure: str) -> tuple[Rate, ...]:
    pairs = zip(one.outcomes, other.outcomes, strict=True)
    return tuple(difference(getattr(mine, figure), getattr(theirs, figure)) for mine, theirs in pairs)
