"""The audit groups of addresses as they were on a day: of all now, of an investigated one just before it began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from features.landing import Landing
from features.table import FeatureTable
from models.examples import Examples
from models.group_names import GROUPINGS
from models.groups import audit_groups
from models.labels import month_end_before
from models.tables import Codes
from pipelines.progress import Steps

PER_GEMEENTE = 10_000_000  # an address is gemeente * this + its row in `adressen`, as in models.examples


@dataclass(frozen=True, kw_only=True, eq=False)
class AuditBook:
    """pages: (gemeente, day) -> the audit groups of every address of that gemeente on that day, as categories."""

    pages: Mapping[tuple[int, date], pd.DataFrame]

    def then(self, address: Codes, days: pd.Series) -> pd.DataFrame:
        """One row of groups per address, as of its own day; in the order given, index 0 … m - 1."""
        gemeente, adres = address // PER_GEMEENTE, address % PER_GEMEENTE
        out = np.empty((len(address), len(GROUPINGS)), dtype=object)
        asked = pd.DataFrame({"gemeente": gemeente, "day": pd.to_datetime(days).dt.date.to_numpy()})
        for (code, day), rows in asked.groupby(["gemeente", "day"], sort=False).indices.items():
            out[rows] = self.pages[int(code), day].iloc[adres[rows]].astype("object").to_numpy()
        return pd.DataFrame(out, columns=list(GROUPINGS))

    def on(self, address: Codes, day: date) -> pd.DataFrame:
        """As `then`, all of them as of one day."""
        return self.then(address, pd.Series(np.full(len(address), np.datetime64(day, "s"))))


def scored_codes(table: FeatureTable) -> Codes:
    """The codes of a feature table's rows."""
    return int(table.gemeente) * PER_GEMEENTE + table.adres.to_numpy(dtype=np.int64)


def feature_days(examples: Examples) -> pd.Series:
    """The day of each example's features: of a light negative its own, of a label the month-end before it began."""
    start = pd.Series(examples.start)
    return month_end_before(start).where(examples.labelled, start)


def audit_book(landings: Sequence[Landing], days: Sequence[date], jobs: int, steps: Steps) -> AuditBook:
    """Make the groups of every gemeente on every day."""
    calls = [(landing, day) for landing in landings for day in sorted(set(days))]
    done = Parallel(n_jobs=min(jobs, max(len(calls), 1)), return_as="generator")(
        delayed(_page)(landing, day) for landing, day in calls
    )
    pages = {}
    for number, ((landing, day), page) in enumerate(zip(calls, done, strict=True), start=1):
        pages[int(landing.gemeente), day] = page
        steps("days", number, len(calls))
    return AuditBook(pages=pages)


def _page(landing: Landing, day: date) -> pd.DataFrame:
    return audit_groups(landing.at(day)).astype("category")
