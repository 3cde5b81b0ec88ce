"""Time as a judge: train on what was known, look away for a while, test on what came after (rolling origin).

And place as a judge: train on the rest of the map, test on a block that was never seen (see blocks.py).

A random split would let a model see the season it is tested on; dssg/triage's vocabulary is followed (as-of date, label
timespan). What is learned may use an outcome only when its investigation was finished by the training date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.blocks import UNPLACED, grouped
from models.examples import Examples

TIME, SPACE = "tijd", "ruimte"


@dataclass(frozen=True, kw_only=True)
class Split:
    """Learn from outcomes known on `known_until`; test investigations that began in [test_from, test_to)."""

    known_until: date
    test_from: date
    test_to: date

    def train_rows(self, afgerond: pd.Series) -> NDArray[np.bool_]:
        """Rows whose outcome was known on `known_until`."""
        return (afgerond <= pd.Timestamp(self.known_until)).to_numpy()

    def test_rows(self, start: pd.Series) -> NDArray[np.bool_]:
        """Rows whose investigation began in the test period."""
        return ((start >= pd.Timestamp(self.test_from)) & (start < pd.Timestamp(self.test_to))).to_numpy()


def rolling_origin(as_of: date, *, splits: int = 3, test_months: int = 6, gap_months: int = 1) -> tuple[Split, ...]:
    """The last `splits` test periods before `as_of`, oldest first, each with a gap before it.

    The gap keeps an investigation that straddles the border from speaking on both sides.
    """
    if min(splits, test_months) < 1 or gap_months < 0:
        raise ValueError("Expected splits and test_months >= 1 and gap_months >= 0.")
    end = pd.Timestamp(as_of)
    found = []
    for back in range(splits, 0, -1):
        test_from = end - pd.DateOffset(months=test_months * back)
        found.append(
            Split(
                known_until=(test_from - pd.DateOffset(months=gap_months)).date(),
                test_from=test_from.date(),
                test_to=(test_from + pd.DateOffset(months=test_months)).date(),
            )
        )
    return tuple(found)


@dataclass(frozen=True, kw_only=True, eq=False)
class Trial:
    """One honest question: what would a model of the `train` rows have said of the `test` rows? Masks of the examples.

    kind: TIME or SPACE; begins: of a trial in time, the first day of its test period; known_until: the last day of
    what is learned from.
    """

    kind: str
    name: str
    train: NDArray[np.bool_]
    test: NDArray[np.bool_]
    known_until: date
    begins: date | None = None


def in_time(examples: Examples, as_of: date) -> tuple[Trial, ...]:
    """A trial per split of the rolling origin, newest last."""
    afgerond, start = pd.Series(examples.afgerond), pd.Series(examples.start)
    return tuple(
        Trial(
            kind=TIME,
            name=f"{split.test_from} t/m {split.test_to - timedelta(days=1)}",
            train=split.train_rows(afgerond),
            test=split.test_rows(start) & examples.labelled,
            known_until=split.known_until,
            begins=split.test_from,
        )
        for split in rolling_origin(as_of)
    )


def in_space(examples: Examples, as_of: date) -> tuple[Trial, ...]:
    """A trial per group of map blocks: learn from all others, of all time; none where one block is all there is."""
    group = grouped(examples.block)
    codes = np.unique(group[group != UNPLACED])
    if len(codes) < 2:
        return ()
    return tuple(
        Trial(
            kind=SPACE,
            name=f"deel {code + 1} van {len(codes)}",
            train=(group != code) & (examples.afgerond <= np.datetime64(as_of, "s")),
            test=(group == code) & examples.labelled,
            known_until=as_of,
        )
        for code in codes
    )
