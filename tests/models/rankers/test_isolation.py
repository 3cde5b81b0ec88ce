"""Unusual within its kind; a gap in the data is not unusual."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models.rankers.isolation import Isolation


def _town(seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    kind = np.repeat([0.0, 1.0], 500)
    # farms (1) use ten times as much as flats (0)
    return pd.DataFrame(
        {
            "kind": kind,
            "use": rng.lognormal(7, 0.3, 1000) * np.where(kind == 1, 10, 1),
            "people": rng.poisson(2, 1000).astype(float),
            "nothing": np.nan,
            "same": 1.0,
        }
    )


def test_scores_are_percentiles_and_the_same_for_the_same_seed() -> None:
    X = _town()
    first = Isolation(("kind",), seed=1).fit(X).score(X)
    assert first.min() > 0
    assert first.max() == 1.0
    assert (first == Isolation(("kind",), seed=1).fit(X).score(X)).all()
    assert np.sort(first) == pytest.approx(np.arange(1, 1001) / 1000, abs=0.05)


def test_a_flat_that_uses_as_much_as_a_farm_is_unusual_among_flats() -> None:
    X = _town()
    X.loc[0, "use"] = X.loc[X["kind"] == 1, "use"].median()
    forest = Isolation(("kind",)).fit(X)
    assert forest.comparable(X)[0, forest.columns_.index("use")] > 2.5
    assert forest.score(X)[0] > 0.95
    blind = Isolation(()).fit(X.drop(columns="kind"))
    assert blind.score(X)[0] < forest.score(X)[0]


def test_the_median_and_a_missing_value_are_both_zero() -> None:
    X = _town()
    forest = Isolation(("kind",)).fit(X)
    row = X.iloc[[0]].assign(use=np.nan, people=X.loc[X["kind"] == 0, "people"].median())
    shown = forest.comparable(row)[0]
    assert shown[forest.columns_.index("use")] == 0
    assert shown[forest.columns_.index("people")] == pytest.approx(0, abs=1e-6)


def test_constant_and_absent_features_stay_out_and_a_new_kind_is_compared_with_all() -> None:
    X = _town()
    forest = Isolation(("kind",)).fit(X)
    assert forest.columns_ == ("kind", "use", "people")
    assert np.isfinite(forest.score(X.iloc[:3].assign(kind=[7.0, np.nan, -1.0]))).all()
