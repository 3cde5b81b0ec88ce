"""What past models would have put ahead: rows of a back-test, each ranked by a model that had not seen its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from features.columns import Doel, Feature
from models.contenders import Tried
from models.examples import Examples
from models.fairness_rates import Mask
from models.fairness_stages import HeldOut
from models.figures import MODEL
from models.fitting import enough, learn
from models.propensity import inverse
from models.rankers.boosted import Recipe
from models.ranking import AHEAD
from models.scores import BANDS
from models.splits import TIME, in_time
from models.tables import Codes

AHEAD_BANDS = BANDS[:3]


@dataclass(frozen=True, kw_only=True, eq=False)
class Flagged:
    """rows: of the examples, held out; ahead: whether the model of that time would have put them in bands A-C."""

    rows: Codes
    ahead: Mask


def flagged(
    doel: Doel, examples: Examples, features: Sequence[Feature], as_of: date, *, seed: int = 0, recipe: Recipe
) -> Flagged:
    """Train on the past of each split of the rolling origin and rank what came after among the light negatives then.

    The light negatives of the past stand for all addresses: the border of band C is drawn on them. Empty where no past
    holds labels enough.
    """
    names = [feature.name for feature in features]
    rows, ahead = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=bool)]
    for trial in in_time(examples, as_of):
        past = examples.take(trial.train)
        quiet = past.X.loc[~past.labelled, names]
        if not trial.test.any() or not enough(past) or not len(quiet):
            continue
        fitted = learn(doel, past, quiet, features, seed, recipe)
        border = np.quantile(fitted.score(quiet), 1 - AHEAD)
        rows.append(np.flatnonzero(trial.test))
        ahead.append(fitted.score(examples.X.loc[trial.test, names]) > border)
    return Flagged(rows=np.concatenate(rows), ahead=np.concatenate(ahead))


def of_trials(done: Sequence[Tried]) -> Flagged:
    """The same of a back-test that was made anyhow: its trials in time."""
    rows, ahead = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=bool)]
    for one in done:
        score = one.score(MODEL)
        if one.trial.kind == TIME and score is not None:
            rows.append(one.rows)
            ahead.append(score > one.border)
    return Flagged(rows=np.concatenate(rows), ahead=np.concatenate(ahead))


def held_out(examples: Examples, found: Flagged, groups: pd.DataFrame) -> HeldOut | None:
    """The held-out rows with their outcomes; None where there are none. groups: one row per row of `found`."""
    if not len(found.rows):
        return None
    drawn = examples.steekproef[found.rows]
    weight = np.ones(len(found.rows))
    weight[drawn] = inverse(examples.selectiekans[found.rows][drawn])
    return HeldOut(
        flagged=found.ahead, drawn=drawn, y=examples.y[found.rows], weight=weight, groups=groups.reset_index(drop=True)
    )
