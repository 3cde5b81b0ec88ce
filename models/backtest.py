"""The back-test of a target: what past models would have said of what came after, and of places they never saw.

`trials` says which questions are asked, `contenders.run_trial` answers one (they may run side by side), `backtest`
lays the answers together into figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from models import figures, reliability
from models.contenders import Tried
from models.evaluate import Interval
from models.examples import Examples
from models.figures import Backtest, Fold, Measured, Reliability
from models.fitting import enough
from models.measure import CAPACITY, Outcomes, depths, difference, measured
from models.propensity import inverse
from models.splits import TIME, Trial, in_space, in_time
from models.statements import statements
from models.tables import Codes, Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Versus:
    """Model minus champion in average precision, on the newest fold and on all folds where that is fair; None: nowhere.

    chance_ece: the calibration error that honest probabilities stay below by chance.
    """

    newest: Interval | None = None
    pooled: Interval | None = None
    chance_ece: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Results:
    """A back-test without gates and handlers, and what the gates want to know beside it."""

    backtest: Backtest
    versus: Versus = field(default_factory=Versus)


def trials(examples: Examples, as_of: date) -> tuple[Trial, ...]:
    """The trials whose past holds labels enough to learn from, and whose test holds any; in time, oldest first."""
    asked = (*in_time(examples, as_of), *in_space(examples, as_of))
    return tuple(trial for trial in asked if trial.test.any() and enough(examples.take(trial.train)))


def backtest(
    doel: str,
    examples: Examples,
    done: Sequence[Tried],
    *,
    capacity: int,
    seed: int = 0,
    champion: str = "",
    notes: Sequence[str] = (),
) -> Results:
    """Lay the trials together. capacity: investigations per half year, 0 = unknown; champion, notes: see statements."""
    past = [one for one in done if one.trial.kind == TIME]
    pooled = _Pool(examples, past, seed)
    random = pooled.only(examples.steekproef)
    found = Backtest(
        doel=doel,
        capacity=capacity,
        folds=tuple(_fold(examples, one, capacity, seed) for one in done),
        pooled=pooled.measured(capacity * len(past)),
        random=random.measured(0, weighted=True) if random.positives else (),
        reliability=_reliability(examples, past, seed) if pooled.positives else None,
        handlers=None,
        gates=(),
        statements=statements(examples, done, capacity=capacity, champion=champion, notes=notes),
    )
    return Results(backtest=found, versus=_versus(examples, past, seed))


class _Pool:
    """Several trials as one: the rows of all, with the scores of each contender that took part in all of them."""

    def __init__(self, examples: Examples, done: Sequence[Tried], seed: int) -> None:
        self.examples, self.seed = examples, seed
        self.rows: Codes = np.concatenate([one.rows for one in done]) if done else np.empty(0, dtype=np.int64)
        names = [name for name, _ in done[-1].scores] if done else []
        together = [(name, [one.score(name) for one in done]) for name in names]
        self.scores: list[tuple[str, Floats]] = [
            (name, np.concatenate([part for part in parts if part is not None]))
            for name, parts in together
            if all(part is not None for part in parts)
        ]

    @property
    def positives(self) -> int:
        """How many of the rows are positive."""
        return int(self.examples.y[self.rows].sum())

    def only(self, mask: np.ndarray) -> _Pool:
        """The rows of the examples where the mask is True."""
        part = _Pool(self.examples, (), self.seed)
        keep = mask[self.rows]
        part.rows, part.scores = self.rows[keep], [(name, score[keep]) for name, score in self.scores]
        return part

    def measured(self, capacity: int, *, weighted: bool = False) -> tuple[Measured, ...]:
        """Every contender's figures on the same redraws. weighted: each row counts by its selectiekans."""
        if not len(self.rows):
            return ()
        weight = inverse(self.examples.selectiekans[self.rows]) if weighted else None
        outcomes = Outcomes.of(self.examples.y[self.rows], weight=weight, seed=self.seed)
        at = depths(len(self.rows), capacity)
        profiles = dict(self.scores)[figures.PROFILES]
        return tuple(measured(name, outcomes, score, profiles, at) for name, score in self.scores)


def _fold(examples: Examples, one: Tried, capacity: int, seed: int) -> Fold:
    return Fold(
        kind=one.trial.kind,
        name=one.trial.name,
        train_labels=one.train_labels,
        train_positives=one.train_positives,
        measured=_Pool(examples, [one], seed).measured(capacity if one.trial.kind == TIME else 0),
    )


def _reliability(examples: Examples, past: Sequence[Tried], seed: int) -> Reliability:
    """On all rows held out in time, each with the kans of its own trial's calibration; chosen: by the newest trial."""
    kans = np.concatenate([one.kans for one in past])
    y = examples.y[np.concatenate([one.rows for one in past])]
    return Reliability(
        chosen=past[-1].line,
        tried=past[-1].losses,
        ece=reliability.ece(kans, y, seed=seed),
        bins=reliability.bins(kans, y, seed=seed),
    )


def _versus(examples: Examples, past: Sequence[Tried], seed: int) -> Versus:
    """The champion beside the model, where the champion took part."""
    if not past:
        return Versus()
    chance = reliability.honest(np.concatenate([one.kans for one in past]), seed=seed)
    fair = [one for one in past if one.score(figures.CHAMPION) is not None]
    pools = [_Pool(examples, part, seed) for part in (fair[-1:] if past[-1] in fair else [], fair)]
    newest, pooled = (_model_minus_champion(pool) for pool in pools)
    return Versus(newest=newest, pooled=pooled, chance_ece=chance)


def _model_minus_champion(pool: _Pool) -> Interval | None:
    scores = dict(pool.scores)
    if figures.CHAMPION not in scores or not pool.positives:
        return None
    outcomes = Outcomes.of(pool.examples.y[pool.rows], seed=pool.seed)
    return difference(outcomes, scores[figures.MODEL], scores[figures.CHAMPION])


def complete(found: Backtest, handlers: figures.HandlerEffect | None, gates: Sequence[figures.Gate]) -> Backtest:
    """The back-test with what is known only when the final model is there."""
    return replace(found, handlers=handlers, gates=tuple(gates))


__all__ = ["CAPACITY", "Results", "Versus", "backtest", "complete", "trials"]
