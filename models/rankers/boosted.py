"""The glass box in production: tables learned from few labels, and what boosting learns on top of them.

1. A start as tables: the region's (what neighbours learned, see models/region.py), else what is known before any label
   (prior.py and the rules of practice).
2. additive.py: a table per feature, monotone as declared, shrunk to the start: one convex problem.
3. interpret-core's ExplainableBoostingClassifier learns a correction with the result of 2 as `init_score`: main effects
   and the named pairs, a fixed number of small steps, several bags; tried only where labels are many.
4. Held-out folds choose how strongly 2 is shrunk and how much of 3 is believed (0 … 1).
All of it is one sum of tables again. The held-out scores stay in `held_out_`, for calibration.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier

from models.additive import Additive, Grid, fit_additive
from models.cuts import cut_points, refined, together
from models.folds import grouped_folds
from models.from_ebm import intercept_of, terms_of
from models.monotone import straightened
from models.prior import evidence_terms, start_weights
from models.tables import Codes, Floats, TableModel, Term, added, term_values

STRENGTHS = (3.0, 10.0, 30.0, 100.0, 300.0)  # how strongly the tables shrink to the start
BELIEFS = (0.0, 0.25, 0.5, 0.75, 1.0)  # how much of the boosted correction is taken


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """The ingredients, each of which can be left out to measure what it brings."""

    prior: bool = True  # directions as evidence tables
    rules: bool = False  # the rules of practice as tables: measured, and they bring nothing on top of the directions
    unusual: bool = False  # the isolation percentile as a feature (derived.py): no gain, and no reason to give
    boost: bool = True
    boost_from: int = 200  # positives (and negatives) below which no correction is tried: with fewer none was believed
    monotone: bool = True
    pairs: bool = True
    bags: int = 8
    fold_bags: int = 4  # in the folds that only choose
    rounds: int = 60
    learning_rate: float = 0.03
    folds: int = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class _Stage:
    """One fitting: the tables, and the correction on top."""

    additive: Additive
    correction: tuple[Term, ...]
    intercept: float


@dataclass(eq=False)
class Boosted:
    """A Ranker that needs labels.

    directions, groups: per feature; rules: tables of practice, on any borders; pairs: the named pairs; region: tables
    of single features to start from, whose borders are kept. A feature that is constant or missing throughout the
    population stays out. chosen: strength and belief (step 4), where they were chosen before; then nothing is held out.
    """

    doel: str
    directions: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Term, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    recipe: Recipe = field(default_factory=Recipe)
    seed: int = 0
    chosen: tuple[float, float] | None = None
    region: tuple[Term, ...] = ()
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
        cells = self.grid_.cells(X)
        if self.chosen is None:
            groups = np.arange(len(y)) if addresses is None else addresses
            self._choose(X, cells, y, weight, grouped_folds(y, groups, self._folds(y), self.seed))
        else:
            self.strength_, self.belief_ = self.chosen
        stage = self._stage(X, cells, y, weight, self.belief_ > 0, self.recipe.bags)
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
        """Borders per feature (those of the region where it knows the feature), and the start on them."""
        known = {term.features[0]: term for term in self.region if term.features[0] in population}
        borders = {name: known[name].cuts[0] if name in known else _borders(population[name]) for name in population}
        cuts = {name: found for name, found in borders.items() if len(found)}
        rules = [rule for rule in self._own_rules() if rule.features[0] in cuts]
        for rule in rules:
            cuts[rule.features[0]] = together(cuts[rule.features[0]], rule.cuts[0])
        self.cuts_ = cuts
        self.grid_ = Grid(cuts, self.directions if self.recipe.monotone else {})
        clues = evidence_terms(population, cuts, self.directions if self.recipe.prior and not known else {})
        weighed = [
            replace(clue, scores=clue.scores * share)
            for clue, share in zip(clues, start_weights(clues, self.groups), strict=True)
        ]
        given = [refined(term, (cuts[term.features[0]],)) for term in (*rules, *known.values()) if len(term.cuts[0])]
        self.start_ = self.grid_.of_terms([*weighed, *given])

    def _own_rules(self) -> tuple[Term, ...]:
        """The rules of one feature each; the region's tables hold them already."""
        wanted = self.recipe.rules and not self.region
        return tuple(rule for rule in self.rules if wanted and len(rule.features) == 1)

    def _folds(self, y: Floats) -> int:
        return int(max(2, min(self.recipe.folds, y.sum(), (1 - y).sum())))

    def _choose(self, X: pd.DataFrame, cells: Any, y: Floats, weight: Floats, fold: Codes) -> None:
        """Choose strength, then belief, by weighted log-loss of held-out rows; keep those rows' scores."""
        base: dict[float, Floats] = {strength: np.empty(len(y)) for strength in STRENGTHS}
        for strength in STRENGTHS:
            for k in range(fold.max() + 1):
                train, test = fold != k, fold == k
                fitted = fit_additive(self.grid_, cells[train], y[train], weight[train], self.start_, strength)
                base[strength][test] = fitted.score(cells[test])
        self.strength_ = min(STRENGTHS, key=lambda s: _log_loss(base[s], y, weight))
        self.belief_, self.held_out_ = 0.0, base[self.strength_]
        if not self.recipe.boost or min(y.sum(), (1 - y).sum()) < self.recipe.boost_from:
            return
        correction = np.empty(len(y))
        for k in range(fold.max() + 1):
            train, test = fold != k, fold == k
            stage = self._stage(X[train], cells[train], y[train], weight[train], True, self.recipe.fold_bags)
            correction[test] = stage.intercept + term_values(stage.correction, X[test]).sum(axis=1)
        held_out = {belief: base[self.strength_] + belief * correction for belief in BELIEFS}
        self.belief_ = min(BELIEFS, key=lambda b: _log_loss(held_out[b], y, weight))
        self.held_out_ = held_out[self.belief_]

    def _stage(self, X: pd.DataFrame, cells: Any, y: Floats, weight: Floats, boost: bool, bags: int) -> _Stage:
        additive = fit_additive(self.grid_, cells, y, weight, self.start_, self.strength_)
        if not boost:
            return _Stage(additive=additive, correction=(), intercept=0.0)
        ebm = self._ebm(X, bags)
        with warnings.catch_warnings():
            # The library says that its pictures do not show the missing cell; our tables do.
            warnings.filterwarnings("ignore", message="Missing values detected")
            ebm.fit(X, y.astype(np.int64), sample_weight=weight, init_score=additive.score(cells))
        directions = dict(self.directions) if self.recipe.monotone else {}
        return _Stage(
            additive=additive, correction=straightened(terms_of(ebm), directions), intercept=intercept_of(ebm)
        )

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
        """The tables plus the believed part of the correction: one sum of tables."""
        learned = tuple(replace(term, scores=term.scores * self.belief_) for term in stage.correction)
        tables = added(self.grid_.terms(stage.additive.levels), learned)
        terms = tuple(term for term in tables if term.scores.any())
        used = {name for term in terms for name in term.features}
        declared = tuple(
            (name, sign) for name, sign in self.directions.items() if sign and name in used and self.recipe.monotone
        )
        base = stage.additive.intercept + self.belief_ * stage.intercept
        return TableModel(doel=self.doel, base=base, terms=terms, directions=declared)


def _borders(values: pd.Series) -> Floats:
    return cut_points(values.to_numpy(dtype=np.float64))


def _log_loss(score: Floats, y: Floats, weight: Floats) -> float:
    return float((weight * (np.logaddexp(0.0, score) - y * score)).sum() / weight.sum())
