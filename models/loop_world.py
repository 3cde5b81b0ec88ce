"""What the closed loop asks of a world: features as known, what inspectors would find, and the truth to measure by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Doel
from features.table import FeatureTable


@dataclass(frozen=True, kw_only=True, eq=False)
class Answers:
    """n potential outcomes of one month and target.

    found: columns of the landing's `onderzoeken` but doel, aanleiding and selectiekans, a row per address.
    confirmed, other: a label 1 for the target asked about, for the other target. silent: no label for the target asked
    about (nobody home, no co-operation, ...). true: the target held on the day of the visit.
    """

    found: pd.DataFrame
    confirmed: NDArray[np.bool_]
    other: NDArray[np.bool_]
    silent: NDArray[np.bool_]
    true: NDArray[np.bool_]


class World(Protocol):
    """What the loop asks of a world with n scored addresses, always in the same order. synthetic has one."""

    @property
    def starts(self) -> Sequence[date]:
        """The first day of each month of the loop."""

    def table(self, as_of: date) -> FeatureTable:
        """Features of the n addresses as known on `as_of`."""

    def before(self) -> pd.DataFrame:
        """Investigations begun before the loop, in the columns of the landing's `onderzoeken`; empty = none."""

    def labels(self, investigations: pd.DataFrame, as_of: date, doel: Doel) -> pd.DataFrame:
        """What these say of `doel` on that day (models.labels.labels)."""

    def answers(self, month: int, doel: Doel) -> Answers:
        """What an investigation begun in this month would find at each address."""

    def truth(self, month: int, doel: Doel) -> NDArray[np.bool_]:
        """n: whether `doel` holds in this month."""
