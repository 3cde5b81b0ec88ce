"""The challengers: black box, plain regression, single feature."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models.rankers.challenger import Challenger
from models.rankers.logistic import Logistic
from models.rankers.ranker import Ranker
from models.rankers.single import Single


def _rows(n: int = 600) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(3)
    X = pd.DataFrame({"sterk": rng.normal(size=n), "ruis": rng.normal(size=n), "leeg": np.nan})
    y = (rng.random(n) < 1 / (1 + np.exp(-2 * X["sterk"].to_numpy()))).astype(float)
    return X, y


@pytest.mark.parametrize("ranker", [Challenger(rounds=20), Logistic(), Single()], ids=lambda one: type(one).__name__)
def test_each_learns_lives_with_missing_values_and_wants_both_kinds(ranker: Ranker) -> None:
    X, y = _rows()
    score = ranker.fit(X, y).score(X)
    assert score[y == 1].mean() > score[y == 0].mean()
    gone = ranker.score(X.assign(sterk=np.nan))
    assert np.isfinite(gone).all() and np.ptp(gone) < np.ptp(score)
    with pytest.raises(ValueError, match="label"):
        type(ranker)().fit(X, np.zeros(len(y)))
    with pytest.raises(ValueError, match="fit first"):
        type(ranker)().score(X)


def test_the_single_feature_is_the_best_one_in_its_best_direction() -> None:
    X, y = _rows()
    found = Single().fit(X.assign(sterk=-X["sterk"]), y)
    assert (found.name_, found.sign_) == ("sterk", -1)
    assert found.score(pd.DataFrame({"sterk": [-9.0, 9.0, np.nan]})).tolist() == [1.0, 0.0, 0.0]


def test_the_regression_learns_from_a_gap_itself() -> None:
    X, y = _rows()
    found = Logistic().fit(X.assign(sterk=X["sterk"].mask(y == 1)), y)
    assert np.diff(found.score(pd.DataFrame({"sterk": [np.nan, 0.0], "ruis": 0.0, "leeg": np.nan})))[0] < -2


def test_weights_count_in_the_regression() -> None:
    X, y = _rows()
    heavy = Logistic().fit(X, y, np.where(y == 1, 5.0, 1.0)).score(X)
    assert heavy.mean() > Logistic().fit(X, y).score(X).mean() + 1
