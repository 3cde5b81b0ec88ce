"""The stages an address passes on its way to an outcome, as rows to be measured: who entered, who was selected.

Ranked and picked are shares of all scored addresses; visited of those picked; confirmed of those visited whose outcome
speaks. So each stage shows what it adds by itself: a fair list can still be picked from unfairly (DUO's profile chose
0.9 times, its desk 3.6 times as many).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.fairness import CONFIRMED, PICKED, RANKED, VISITED
from models.fairness_measure import Entered
from models.fairness_rates import Mask, Seen
from models.tables import Codes, Floats

RANDOM_ONLY, ALL_SEEN, BOTH, PICKED_SEEN = "steekproef", "onderzocht", "steekproef en uitgekozen", "uitgekozen"


@dataclass(frozen=True, kw_only=True, eq=False)
class Practice:
    """m investigations of one target, each of another address. row: its place among the n scored addresses.

    picked: chosen by somebody (False = by lot); visited; finished; y: 0/1, NaN = no outcome, or one that says nothing.
    groups: m x groupings, as known before it began.
    """

    row: Codes
    picked: Mask
    visited: Mask
    finished: Mask
    y: Floats
    groups: pd.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False)
class HeldOut:
    """k investigations of which the outcome is known, as a model that had not seen it would have ranked them.

    flagged: it would have been in bands A-C; drawn: part of the random stream; weight: 1 / chance of being drawn,
    mean 1 (1 where unknown). groups: k x groupings, as known before it began.
    """

    flagged: Mask
    drawn: Mask
    y: Floats
    weight: Floats
    groups: pd.DataFrame

    def seen(self) -> tuple[Seen, ...]:
        """The random stream, which stands for all; and all that were investigated, which were chosen."""
        past = "gerangschikt door een model van vóór dat onderzoek"
        return (
            self._part(RANDOM_ONLY, f"onderzoeken van de aselecte steekproef, {past}", self.drawn, chosen=False),
            self._part(ALL_SEEN, f"alle onderzochte adressen (zo gekozen, dus geen beeld van alle), {past}",
                       np.ones(len(self.y), dtype=bool), chosen=True),
        )  # fmt: skip

    def _part(self, source: str, says: str, rows: NDArray[np.bool_], *, chosen: bool) -> Seen:
        return Seen(
            source=source,
            says=says,
            groups=self.groups[rows],
            selected=self.flagged[rows],
            y=self.y[rows],
            weight=self.weight[rows],
            chosen=chosen,
        )


def ranked(groups: pd.DataFrame, ahead: Mask, held_out: HeldOut | None) -> Entered:
    """Bands A-C of the ranking. groups, ahead: of the n scored addresses, now."""
    return Entered(
        name=RANKED,
        of="alle adressen van de ranglijst; gekozen = in band A, B of C",
        groups=groups,
        selected=ahead,
        seen=() if held_out is None else held_out.seen(),
    )


def picked(groups: pd.DataFrame, practice: Practice) -> Entered:
    """Picked at the desk, for whatever reason but the lot; those picked are in the group they were in then."""
    rows = practice.row[practice.picked]
    then = groups.reset_index(drop=True).copy()
    then.iloc[rows] = practice.groups[practice.picked].to_numpy()
    selected = np.zeros(len(groups), dtype=bool)
    selected[rows] = True
    return Entered(
        name=PICKED,
        of="alle adressen; gekozen = onderzocht om een risico, verkenning, signaal of melding",
        groups=then,
        selected=selected,
        seen=(_picked_and_drawn(practice),),
    )


def _picked_and_drawn(practice: Practice) -> Seen:
    """Outcomes of the picked, and of the random stream for those nobody picked (see fairness_measure.rates)."""
    known = ~np.isnan(practice.y)
    spoken = practice.picked.sum() / max((known & practice.picked).sum(), 1)
    return Seen(
        source=BOTH,
        says="uitkomsten van wie is uitgekozen, en van de aselecte steekproef voor wie niet is uitgekozen",
        groups=practice.groups[known],
        selected=practice.picked[known],
        y=practice.y[known],
        weight=np.full(int(known.sum()), spoken),
        drawn=~practice.picked[known],
    )


def visited(practice: Practice) -> Entered:
    """Visited, of those picked whose investigation is finished or at whose door somebody has been."""
    rows = practice.picked & (practice.finished | practice.visited)
    known = rows & ~np.isnan(practice.y)
    seen = Seen(
        source=PICKED_SEEN,
        says="uitkomsten van wie is uitgekozen, met en zonder bezoek",
        groups=practice.groups[known],
        selected=practice.visited[known],
        y=practice.y[known],
        weight=np.ones(int(known.sum())),
        chosen=True,
    )
    return Entered(
        name=VISITED,
        of="uitgekozen adressen; gekozen = bezocht",
        groups=practice.groups[rows],
        selected=practice.visited[rows],
        seen=(seen,),
        investigated=True,
    )


def confirmed(practice: Practice) -> Entered:
    """Something was found, of those picked and visited whose outcome speaks: the share is the hit rate itself."""
    rows = practice.picked & practice.visited & ~np.isnan(practice.y)
    return Entered(
        name=CONFIRMED,
        of="uitgekozen en bezochte adressen met een uitkomst; gekozen = er was iets aan de hand (dit is de trefkans)",
        groups=practice.groups[rows],
        selected=practice.y[rows] == 1,
        investigated=True,
    )
