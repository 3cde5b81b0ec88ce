"""The production learner as a policy: greedy, or with a share for exploration and a share by lot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Doel, Feature
from features.register import admitted
from models.cold import cold_score
from models.derived import KIND_COLUMNS, forest
from models.fitting import Fitted, calibrated, enough, learn
from models.policies import EXPLORATION, Picks, Seen, by_lot, chosen, due, together, top
from models.rankers.boosted import Recipe
from models.tables import Codes, Floats, probability

COLD, MODEL = "koude start", "model"


@dataclass(eq=False)
class ByModel:
    """Learns again every `retrain_every` months from the outcomes known by then; a cold start until there are enough.

    lot, explore: shares of the capacity (0-1) drawn by lot and picked to learn from; the rest is greedy. Every
    `choose_every` months strength and belief (rankers/boosted.py) and the calibration are chosen on held-out rows; in
    the months between they are kept, which makes a training several times quicker.
    """

    lot: float = 0.0
    explore: float = 0.0
    retrain_every: int = 1
    choose_every: int = 6
    recipe: Recipe = field(default_factory=Recipe)
    seed: int = 0
    fitted: dict[Doel, Fitted] = field(default_factory=dict)
    picked: dict[Doel, Floats] = field(default_factory=dict)  # per stratum, how many were explored

    def pick(self, seen: Seen) -> Picks:
        """First the lot, blind to any score; then the greedy share; then exploration among what is left."""
        drawn = by_lot(seen, due(self.lot, seen.count, seen.month))
        free = seen.free.copy()
        free[drawn.rows] = False
        features = tuple(f for f in admitted(seen.doel, seen.table.grants) if f.name in seen.table.frame.columns)
        score, kans = self._score(seen, features)
        to_explore = min(due(self.explore, seen.count, seen.month), seen.count - len(drawn.rows))
        greedy = top(score, free, seen.count - len(drawn.rows) - to_explore, seen.rng)
        free[greedy] = False
        odd = self._explore(seen, free, score if kans is None else uncertainty(kans), to_explore)
        parts = (drawn, chosen(greedy), chosen(odd, EXPLORATION))
        return together(*parts, kans=kans, basis=COLD if kans is None else MODEL)

    def _score(self, seen: Seen, features: tuple[Feature, ...]) -> tuple[Floats, Floats | None]:
        names = [feature.name for feature in features]
        X = seen.table.frame[names]
        if seen.doel not in self.fitted or seen.month % self.retrain_every == 0:
            self._learn(seen, X, features)
        if seen.doel in self.fitted:
            log_odds = self.fitted[seen.doel].score(X)
            return log_odds, probability(log_odds)
        groups = {feature.name: feature.group for feature in features}
        directions = {feature.name: feature.direction(seen.doel) for feature in features}
        return cold_score(X, forest(X, self.seed), directions, groups).score, None

    def _learn(self, seen: Seen, X: pd.DataFrame, features: tuple[Feature, ...]) -> None:
        examples, before = seen.examples(), self.fitted.get(seen.doel)
        if not enough(examples):
            return
        if before is None or seen.month % self.choose_every == 0:
            learned = learn(seen.doel, examples, X, features, self.seed, self.recipe)
            self.fitted[seen.doel] = calibrated(learned, examples, X)
            return
        kept = (before.boosted.strength_, before.boosted.belief_)
        learned = learn(seen.doel, examples, X, features, self.seed, self.recipe, kept)
        was = before.model.calibration
        model = replace(learned.model.scaled(was.slope, was.intercept), calibration=was)
        self.fitted[seen.doel] = replace(learned, model=model)

    def _explore(self, seen: Seen, free: NDArray[np.bool_], worth: Floats, count: int) -> Codes:
        """From the strata (kinds of dwelling) explored least so far, the most worth knowing of each."""
        stratum = strata(seen.table.frame)
        tally = self.picked.setdefault(seen.doel, np.zeros(0))
        tally = np.pad(tally, (0, max(0, stratum.max(initial=-1) + 1 - len(tally))))
        rows: list[int] = []
        for _ in range(count):
            open_ = np.unique(stratum[free])
            if not len(open_):
                break
            least = open_[np.argmin(tally[open_] + seen.rng.random(len(open_)) * 0.5)]
            row = int(top(worth, free & (stratum == least), 1, seen.rng)[0])
            rows.append(row)
            free[row] = False
            tally[least] += 1
        self.picked[seen.doel] = tally
        return np.array(rows, dtype=np.int64)


def uncertainty(kans: Floats) -> Floats:
    """n: the variance of the outcome, kans x (1 - kans): an answer teaches most where it is least known."""
    return kans * (1 - kans)


def strata(frame: pd.DataFrame) -> Codes:
    """n: a number per kind of dwelling; 0 where it is not known."""
    code = np.zeros(len(frame), dtype=np.int64)
    for name in KIND_COLUMNS:
        if name in frame.columns:
            known = frame[name].to_numpy(dtype=np.float64)
            code = code * 100 + np.where(np.isnan(known), 0, np.nan_to_num(known) + 1).astype(np.int64)
    return code
