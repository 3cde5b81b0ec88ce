"""Law 3: our tables give what the library gives, with missing values and pairs."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interpret.glassbox import ExplainableBoostingClassifier

from models.from_ebm import intercept_of, terms_of
from models.tables import TableModel, term_values

NAMES = ("a", "b", "c")


@cache
def _fitted() -> tuple[Any, TableModel]:
    rng = np.random.default_rng(1)
    X = pd.DataFrame(rng.normal(size=(400, 3)), columns=NAMES).mask(rng.random((400, 3)) < 0.2)
    X["c"] = X["c"].round()
    y = (X["a"].fillna(1) * X["b"].fillna(0) + rng.normal(size=400) > 0.3).astype(int)
    ebm = ExplainableBoostingClassifier(interactions=[("a", "b")], outer_bags=2, max_rounds=50, max_bins=16, n_jobs=1)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Missing values detected")
        ebm.fit(X, y)
    return ebm, TableModel(doel="spookbewoning", base=intercept_of(ebm), terms=terms_of(ebm))


NUMBERS = st.one_of(st.floats(-4, 4), st.just(float("nan")), st.sampled_from([-1.0, 0.0, 0.5, 1e300, -1e300]))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=30))
def test_tables_equal_the_library(rows: list[tuple[float, float, float]]) -> None:
    ebm, model = _fitted()
    X = pd.DataFrame(rows, columns=NAMES)
    np.testing.assert_allclose(term_values(model.terms, X), ebm.eval_terms(X), rtol=0, atol=1e-9)
    np.testing.assert_allclose(model.score(X), ebm.decision_function(X), rtol=0, atol=1e-9)


def test_values_on_the_borders_fall_where_the_library_puts_them() -> None:
    ebm, model = _fitted()
    cuts = model.terms[0].cuts[0]
    for values in (cuts, np.nextafter(cuts, -np.inf), np.nextafter(cuts, np.inf), np.array([np.inf, -np.inf])):
        X = pd.DataFrame({"a": values, "b": 0.1, "c": 1.0})
        np.testing.assert_allclose(term_values(model.terms, X), ebm.eval_terms(X), rtol=0, atol=1e-9)


def test_a_model_with_words_for_values_is_not_converted() -> None:
    ebm = ExplainableBoostingClassifier(interactions=0, outer_bags=1, max_rounds=5, n_jobs=1)
    ebm.fit(pd.DataFrame({"a": ["x", "y"] * 20}), [0, 1] * 20)
    with pytest.raises(ValueError, match="continuous"):
        terms_of(ebm)
