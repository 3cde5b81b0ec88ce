"""Does a feature know what it cannot know? Two checks, one on the labels and one on the clock.

`alarms`: a feature that alone tells the labels apart almost perfectly is more often the outcome in disguise than a
discovery (Kaufman et al. 2012, DOI 10.1145/2382577.2382579). The trainer refuses to learn from it, by name.

`changed_by_the_future`: features as of a day, made from everything known at delivery and cut by the landing's own
rules, beside those made from tables out of which every later row and fact was taken beforehand, by a rule that asks no
declaration. A difference is a leak: of a forgotten date in a declaration, or of a group that looks past the cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from features.columns import Feature
from features.errors import Refusal
from features.landing import LANDING_TABLES, Sources, cut
from features.table import of_sources
from models.examples import Examples
from models.tables import Floats

SUSPECT = 0.97  # of the AUC, at the low end of its 90% interval: no honest feature here comes near it
Z90 = 1.645
KNOWN = "bekend"  # the column of every landing table that says when a row became known
ENDS = ("tot", "afgerond", "afgehandeld", "opgeschort_van", "onderzoek_van", "onderzoek_tot")  # and of facts


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A feature that alone separates the labels. auc: 0.5-1, in the better direction; low: of its 90% interval."""

    feature: str
    auc: float
    low: float


def alarms(examples: Examples, features: Sequence[Feature]) -> tuple[Alarm, ...]:
    """The features that separate the labelled rows suspiciously well; a missing value counts as lowest or highest."""
    X, y = examples.X[examples.labelled], examples.y[examples.labelled]
    found = []
    for feature in features:
        values = X[feature.name].to_numpy(dtype=np.float64)
        auc = max(_auc(np.where(np.isnan(values), side, values), y) for side in (-np.inf, np.inf))
        low = auc - Z90 * _error(auc, int(y.sum()), int((1 - y).sum()))
        if low > SUSPECT:
            found.append(Alarm(feature=feature.name, auc=auc, low=low))
    return tuple(found)


def require_no_alarm(examples: Examples, features: Sequence[Feature], place: str) -> None:
    """Refuse to learn from a feature that alone separates the labels."""
    found = alarms(examples, features)
    if found:
        raise Refusal(
            place,
            found="; ".join(f"feature {one.feature} alone separates the labels (AUC {one.auc:.3f})" for one in found),
            expected=f"no feature whose AUC is surely above {SUSPECT}",
            do="find out whether it holds the outcome or what was recorded afterwards; until then, status proef",
        )


def changed_by_the_future(
    everything: Mapping[str, pd.DataFrame], sources: Sources, build: Callable[[Sources], pd.DataFrame] | None = None
) -> tuple[str, ...]:
    """The features that change when all that is known after `sources.as_of` is taken away beforehand.

    everything: landing tables as known at delivery; sources: the day to look at, with its gemeente and grants. build:
    sources -> n x k features; default the register's.
    """
    make = build or (lambda given: of_sources(given).frame)
    past = {name: truncated(frame, sources.as_of) for name, frame in everything.items()}
    one, other = (make(_known(tables, sources)) for tables in (everything, past))
    return tuple(name for name in one.columns if not _same(one[name], other[name]))


def truncated(frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """`frame` without rows that became known after `as_of` and without ends that lie after it."""
    day = pd.Timestamp(as_of)
    if KNOWN in frame:
        frame = frame[~(frame[KNOWN] > day)]
    later = {name: frame[name].mask(frame[name] > day) for name in ENDS if name in frame}
    return frame.assign(**later)


def tables_of(sources: Sources) -> dict[str, pd.DataFrame]:
    """The landing tables that are there, by name."""
    names = {table.name for table in LANDING_TABLES}
    found = {field.name: getattr(sources, field.name) for field in fields(sources) if field.name in names}
    return {name: frame for name, frame in found.items() if frame is not None}


def _known(tables: Mapping[str, pd.DataFrame], sources: Sources) -> Sources:
    """The landing's own cut of these tables."""
    known = {
        table.name: cut(table, tables[table.name], sources.as_of) for table in LANDING_TABLES if table.name in tables
    }
    return replace(sources, **known)


def _same(one: pd.Series, other: pd.Series) -> bool:
    return bool(np.allclose(one.to_numpy(), other.to_numpy(), rtol=1e-9, atol=1e-9, equal_nan=True))


def _auc(values: Floats, y: Floats) -> float:
    """The chance that a positive lies above a negative, ties half; the better of both directions."""
    positives, negatives = y.sum(), (1 - y).sum()
    if not positives or not negatives:
        return 0.5
    above = (rankdata(values)[y == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives)
    return float(max(above, 1 - above))


def _error(auc: float, positives: int, negatives: int) -> float:
    """Standard error of an AUC (Hanley & McNeil 1982, DOI 10.1148/radiology.143.1.7063747)."""
    if not positives or not negatives:
        return np.inf
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (positives - 1) * (q1 - auc**2) + (negatives - 1) * (q2 - auc**2)
    return float(np.sqrt(max(spread, 0.0) / (positives * negatives)))
