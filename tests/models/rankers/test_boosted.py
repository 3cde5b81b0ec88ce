"""The glass box: learns from few labels, keeps to declared directions, and is one sum of tables."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from models.document import to_json
from models.evaluate import average_precision
from models.monotone import breaches
from models.rankers.boosted import Boosted, Recipe
from models.rankers.challenger import Challenger
from models.rules import Rule, When
from models.tables import Term

DIRECTIONS = {"a": 1, "b": -1, "c": 1}
RULE = Rule(name="r", source="t", points=1.0, when=(When(feature="a", at_least=1.0), When(feature="d", at_most=0.0)))
QUICK = Recipe(bags=2, rounds=20, folds=2, boost_from=8)


@cache
def _town() -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(5)
    X = pd.DataFrame(rng.normal(size=(1500, 5)), columns=list("abcde")).mask(rng.random((1500, 5)) < 0.1)
    X["gone"], X["same"] = np.nan, 3.0
    odds = 1.5 * X["a"].fillna(0) - X["b"].fillna(0) + 2 * (X["d"].fillna(0) > 1) - 3
    return X, (rng.random(1500) < 1 / (1 + np.exp(-odds.to_numpy()))).astype(float)


def _fitted(recipe: Recipe = QUICK) -> Boosted:
    X, y = _town()
    boosted = Boosted("spookbewoning", DIRECTIONS, {"a": "g", "b": "g"}, (RULE.term(),), (("a", "e"),), recipe, seed=3)
    return boosted.fit(X.iloc[:800], y[:800], population=X)


def test_it_learns_and_says_the_same_for_the_same_seed() -> None:
    X, y = _town()
    one, two = _fitted(), _fitted()
    assert average_precision(y[800:], one.score(X.iloc[800:])) > 1.5 * y.mean()
    assert to_json(one.table()) == to_json(two.table())


def test_every_declared_direction_holds_in_the_sum_of_tables() -> None:
    table = _fitted().table()
    assert dict(table.directions).items() <= DIRECTIONS.items()
    assert all(breaches(term, DIRECTIONS) == () for term in table.terms)


def test_constant_and_absent_features_stay_out() -> None:
    assert not {"gone", "same"} & set(_fitted().table().features)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(bags=2, rounds=10, folds=2, boost_from=8, prior=False),
        Recipe(bags=2, rounds=10, folds=2, boost_from=8, rules=True),
        Recipe(bags=2, rounds=10, folds=2, boost_from=8, boost=False),
        Recipe(bags=2, rounds=10, folds=2, boost_from=8, monotone=False, pairs=False),
    ],
)
def test_each_ingredient_can_be_left_out(recipe: Recipe) -> None:
    X, _ = _town()
    assert np.isfinite(_fitted(recipe).score(X)).all()


def test_held_out_scores_are_of_rows_not_learned_from() -> None:
    X, _ = _town()
    boosted = _fitted()
    assert len(boosted.held_out_) == 800
    assert not np.allclose(boosted.held_out_, boosted.score(X.iloc[:800]))


def test_half_belief_is_half_way_between_the_tables_and_the_full_correction(monkeypatch: pytest.MonkeyPatch) -> None:
    X, _ = _town()
    score = {}
    for belief in (0.0, 0.5, 1.0):
        monkeypatch.setattr("models.rankers.boosted.BELIEFS", (belief,))
        score[belief] = _fitted().score(X)
    np.testing.assert_allclose(score[0.5], (score[0.0] + score[1.0]) / 2, rtol=0, atol=1e-9)
    assert not np.allclose(score[0.0], score[1.0])


def test_a_region_is_where_few_labels_start_and_its_borders_are_kept() -> None:
    """With labels that say nothing the tables stay those of the region, up to one common scale."""
    X, _ = _town()
    table = Term(features=("a",), cuts=(np.array([-0.5, 0.5]),), scores=np.array([0.2, -1.0, 0.0, 2.0, 0.0]))
    boosted = Boosted("spookbewoning", region=(table,), recipe=replace(QUICK, boost=False), chosen=(1e6, 0.0))
    rng = np.random.default_rng(0)
    found = boosted.fit(X, (rng.random(1500) < 1 / (1 + np.exp(1.0 - X["a"].fillna(0)))).astype(float)).table()
    own = next(term for term in found.terms if term.features == ("a",))
    assert own.cuts[0].tolist() == [-0.5, 0.5]
    steps = np.array([own.scores[0] - own.scores[1], *np.diff(own.scores[1:-1])])
    assert steps / steps[1] == pytest.approx([1.2, 1.0, 2.0], abs=1e-3)


def test_labels_of_one_kind_are_not_enough() -> None:
    X, _ = _town()
    with pytest.raises(ValueError, match="both kinds"):
        Boosted("spookbewoning").fit(X, np.zeros(len(X)))
    with pytest.raises(ValueError, match="fit first"):
        Boosted("spookbewoning").score(X)


def test_the_challenger_lives_with_a_column_that_is_missing_everywhere() -> None:
    X, y = _town()
    score = Challenger(DIRECTIONS, rounds=20).fit(X.iloc[:800], y[:800]).score(X.iloc[800:])
    assert average_precision(y[800:], score) > 1.5 * y.mean()
