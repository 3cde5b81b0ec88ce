"""The glass box in production: prior tables, weighed by the labels, and what boosting learns on top of them.

1. The prior (prior.py and the rules of practice) as tables on shared borders.
2. weights.py: few labels decide how heavily each table weighs, shrunk to the experts' proportions.
3. interpret-core's ExplainableBoostingClassifier learns a correction with the result of 2 as `init_score`: monotone as
   declared, main effects and a few named pairs, few cells, a fixed number of small steps, many bags.
4. Held-out folds choose how strongly 2 is shrunk and how much of 3 is believed (0 … 1).
All of it is one sum of tables again. The held-out scores stay in `held_out_`, for calibration.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier

from models.cuts import cut_points, refined, together
from models.folds import grouped_folds
from models.from_ebm import intercept_of, terms_of
from models.monotone import straightened
from models.prior import evidence_terms, start_weights
from models.tables import Codes, Floats, TableModel, Term, added, term_values
from models.weights import Weights, fit_weights

STRENGTHS = (1.0, 10.0, 100.0)  # how strongly the weights shrink to the prior's proportions
BELIEFS = (0.0, 0.25, 0.5, 0.75, 1.0)  # how much of the boosted correction is taken


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """The ingredients, each of which can be left out to measure what it brings."""

    prior: bool = True  # directions as evidence tables
    rules: bool = True  # the rules of practice as tables
    unusual: bool = True  # the isolation forest's percentile as a feature (derived.py)
    learn_weights: bool = True  # weights per table; else one common scale
    boost: bool = True
    monotone: bool = True
    pairs: bool = True
    bags: int = 8
    fold_bags: int = 4  # in the folds that only choose
    rounds: int = 60
    learning_rate: float = 0.03
    folds: int = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class _Stage:
    """One fitting: the tables of the prior with their weights, and the correction on top."""

    weights: Weights
    correction: tuple[Term, ...]
    intercept: float


@dataclass(eq=False)
class Boosted:
    """A Ranker that needs labels.

    directions, groups: per feature; rules: tables of practice, on any borders; pairs: the named pairs. A feature
    that is constant or missing throughout the population stays out. chosen: strength and belief (step 4), where they
    were chosen before; then nothing is held out.
    """

    doel: str
    directions: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Term, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    recipe: Recipe = field(default_factory=Recipe)
    seed: int = 0
    chosen: tuple[float, float] | None = None
    model_: TableModel | None = field(default=None, init=False)
    held_out_: Floats = field(default_factory=lambda: np.empty(0), init=False)
    strength_: float = field(default=STRENGTHS[-1], init=False)
    belief_: float = field(default=0.0, init=False)

    def fit(
        self,
        X: pd.DataFrame,
        y: Floats | None = None,
        sample_weight: Floats | None = None,
        *,
        population: pd.DataFrame | None = None,
        addresses: Codes | None = None,
    ) -> Self:
        """Learn from labels y (0/1) with weights; needs both kinds of label.

        population: rows as they occur in life, for borders and tail shares; default X. addresses: equal for rows of one
        address, so that it is never on both sides of a fold.
        """
        if y is None or len(np.unique(y)) < 2:
            raise ValueError("Expected labels of both kinds.")
        weight = np.ones(len(y)) if sample_weight is None else sample_weight
        self._prepare(X if population is None else population)
        X = X[list(self.cuts_)]
        values = term_values(self.tables_, X)
        if self.chosen is None:
            groups = np.arange(len(y)) if addresses is None else addresses
            self._choose(X, values, y, weight, grouped_folds(y, groups, self._folds(y), self.seed))
        else:
            self.strength_, self.belief_ = self.chosen
        stage = self._stage(X, values, y, weight, self.strength_, self.recipe.bags)
        self.model_ = self._table(stage)
        return self

    def score(self, X: pd.DataFrame) -> Floats:
        """n log-odds, higher = more likely; not calibrated."""
        return self.table().score(X)

    def table(self) -> TableModel:
        """What was learned, as one sum of tables (not calibrated); raises ValueError before fit."""
        if self.model_ is None:
            raise ValueError("Expected fit first.")
        return self.model_

    def _prepare(self, population: pd.DataFrame) -> None:
        """Borders per feature (shared by prior, rules and correction) and the prior's tables on them."""
        learned = {name: cut_points(population[name].to_numpy(dtype=np.float64)) for name in population.columns}
        self.cuts_ = {name: cuts for name, cuts in learned.items() if len(cuts)}
        rules = [rule for rule in self.rules if self.recipe.rules and all(name in self.cuts_ for name in rule.features)]
        for rule in rules:
            for name, cuts in zip(rule.features, rule.cuts, strict=True):
                self.cuts_[name] = together(self.cuts_[name], cuts)
        directions = self.directions if self.recipe.prior else {}
        clues = evidence_terms(population, self.cuts_, directions)
        on_shared = tuple(refined(rule, tuple(self.cuts_[name] for name in rule.features)) for rule in rules)
        self.tables_ = clues + on_shared
        self.start_ = np.concatenate([start_weights(clues, self.groups), np.ones(len(on_shared))])

    def _folds(self, y: Floats) -> int:
        return int(max(2, min(self.recipe.folds, y.sum(), (1 - y).sum())))

    def _choose(self, X: pd.DataFrame, values: Floats, y: Floats, weight: Floats, fold: Codes) -> None:
        """Choose strength, then belief, by weighted log-loss of held-out rows; keep those rows' scores."""
        strengths = STRENGTHS if self.recipe.learn_weights else (1e6,)
        base: dict[float, Floats] = {strength: np.empty(len(y)) for strength in strengths}
        for strength in strengths:
            for k in range(fold.max() + 1):
                train, test = fold != k, fold == k
                fitted = fit_weights(values[train], y[train], weight[train], self.start_, strength)
                base[strength][test] = fitted.score(values[test])
        self.strength_ = min(strengths, key=lambda s: _log_loss(base[s], y, weight))
        if not self.recipe.boost:
            self.belief_, self.held_out_ = 0.0, base[self.strength_]
            return
        correction = np.empty(len(y))
        for k in range(fold.max() + 1):
            train, test = fold != k, fold == k
            stage = self._stage(X[train], values[train], y[train], weight[train], self.strength_, self.recipe.fold_bags)
            correction[test] = stage.intercept + term_values(stage.correction, X[test]).sum(axis=1)
        held_out = {belief: base[self.strength_] + belief * correction for belief in BELIEFS}
        self.belief_ = min(BELIEFS, key=lambda b: _log_loss(held_out[b], y, weight))
        self.held_out_ = held_out[self.belief_]

    def _stage(self, X: pd.DataFrame, values: Floats, y: Floats, weight: Floats, strength: float, bags: int) -> _Stage:
        weights = fit_weights(values, y, weight, self.start_, strength)
        if not self.recipe.boost:
            return _Stage(weights=weights, correction=(), intercept=0.0)
        ebm = self._ebm(X, bags)
        with warnings.catch_warnings():
            # The library says that its pictures do not show the missing cell; our tables do.
            warnings.filterwarnings("ignore", message="Missing values detected")
            ebm.fit(X, y.astype(np.int64), sample_weight=weight, init_score=weights.score(values))
        directions = dict(self.directions) if self.recipe.monotone else {}
        return _Stage(weights=weights, correction=straightened(terms_of(ebm), directions), intercept=intercept_of(ebm))

    def _ebm(self, X: pd.DataFrame, bags: int) -> Any:
        """The library's estimator, on our borders; deterministic for a seed; no early stopping (too few labels)."""
        pairs = [pair for pair in self.pairs if self.recipe.pairs and all(name in self.cuts_ for name in pair)]
        monotone = [self.directions.get(name, 0) if self.recipe.monotone else 0 for name in X.columns]
        return ExplainableBoostingClassifier(
            feature_names=list(X.columns),
            feature_types=[cuts.tolist() for cuts in self.cuts_.values()],
            max_interaction_bins=1024,
            interactions=pairs,
            outer_bags=bags,
            validation_size=0.2,
            learning_rate=self.recipe.learning_rate,
            greedy_ratio=0.0,
            smoothing_rounds=0,
            interaction_smoothing_rounds=0,
            max_rounds=self.recipe.rounds,
            early_stopping_rounds=0,
            min_samples_leaf=10,
            reg_lambda=1.0,
            monotone_constraints=monotone,
            n_jobs=1,
            random_state=self.seed,
        )

    def _table(self, stage: _Stage) -> TableModel:
        """Prior times weights, plus the believed part of the correction: one sum of tables."""
        weighed = tuple(
            Term(features=term.features, cuts=term.cuts, scores=term.scores * theta)
            for term, theta in zip(self.tables_, stage.weights.theta, strict=True)
        )
        learned = tuple(
            Term(features=term.features, cuts=term.cuts, scores=term.scores * self.belief_) for term in stage.correction
        )
        terms = tuple(term for term in added(added((), weighed), learned if self.belief_ else ()) if term.scores.any())
        used = {name for term in terms for name in term.features}
        declared = tuple(
            (name, sign) for name, sign in self.directions.items() if sign and name in used and self.recipe.monotone
        )
        base = stage.weights.intercept + self.belief_ * stage.intercept
        return TableModel(doel=self.doel, base=base, terms=terms, directions=declared)


def _log_loss(score: Floats, y: Floats, weight: Floats) -> float:
    return float((weight * (np.logaddexp(0.0, score) - y * score)).sum() / weight.sum())
