"""The figures of an evaluation, on their way from back-test to gates, MLflow, card and report. Nothing is computed."""

from __future__ import annotations

from dataclasses import dataclass

from models.evaluate import Interval

MODEL, CHAMPION, PROFILES = "model", "kampioen", "profielen"
CHANCE, BEST_FEATURE, ISOLATION = "toeval", "beste kenmerk", "isolation"
BOOSTING, LOGISTIC = "HGB", "logistisch"  # challengers; LightGBM is in the benchmarks alone


@dataclass(frozen=True, kw_only=True)
class AtK:
    """The first k of a ranking, each with its 90% interval; worst and best: precision under ties at the border.

    lift: precision over the share of positives (1 = chance). hits: expected positives among the first k.
    """

    name: str  # "8", "20", "60", "200", "1%", "capaciteit"
    k: int
    precision: Interval
    recall: Interval
    lift: Interval
    hits: Interval
    worst: float
    best: float


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One contender on one set of outcomes. difference: its average precision minus that of the profiles (paired)."""

    contender: str
    n: int
    positives: int
    at: tuple[AtK, ...]
    average_precision: Interval
    difference: Interval


@dataclass(frozen=True, kw_only=True)
class Fold:
    """One test set that nothing was chosen by. kind: "tijd" (rolling origin) | "ruimte" (a block of the map).

    train_labels, train_positives: what the contenders learned from. Newest time fold last.
    """

    kind: str
    name: str
    train_labels: int
    train_positives: int
    measured: tuple[Measured, ...]


@dataclass(frozen=True, kw_only=True)
class Bin:
    """A part of the outcomes by kans (held out): mean kans, share found with its interval, number."""

    kans: float
    found: float
    n: int
    low: float = float("nan")
    high: float = float("nan")


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """Is `kans` honest? ece: expected calibration error (0 = honest), with its interval, on outcomes held out.

    chosen: the calibration chosen inside the folds; tried: name -> log-loss of each that was tried (lower = better).
    """

    chosen: str
    tried: tuple[tuple[str, float], ...]
    ece: Interval
    bins: tuple[Bin, ...]


@dataclass(frozen=True, kw_only=True)
class HandlerEffect:
    """Do outcomes depend on who handled them, beyond the score of the address? (likelihood-ratio test)

    effects: per handler (pseudonym) log-odds above or below the mean, shrunk. corrected: used in the labels' weights.
    """

    handlers: int
    p_value: float
    significant: bool
    corrected: bool
    effects: tuple[tuple[str, float], ...]
    sentence: str  # Dutch


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One condition of promotion. place -> found -> expected, in words that a person can act upon (Dutch)."""

    name: str
    passed: bool
    found: str
    expected: str


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """The honest account of how a target is learned: every fold, pooled over time, and on the random stream.

    pooled: the time folds together. random: the random stream of the time folds alone, the only unbiased figures
    (empty where it holds no positive). statements: Dutch sentences, what is estimated from what.
    """

    doel: str
    capacity: int
    folds: tuple[Fold, ...]
    pooled: tuple[Measured, ...]
    random: tuple[Measured, ...]
    reliability: Reliability | None
    handlers: HandlerEffect | None
    gates: tuple[Gate, ...]
    statements: tuple[str, ...]

    def of(self, contender: str) -> Measured | None:
        """The pooled figures of one contender; None where it was not measured."""
        return next((found for found in self.pooled if found.contender == contender), None)
