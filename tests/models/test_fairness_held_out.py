"""Past models rank what came after them, and none sees what it is asked about."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from features.columns import Doel
from models.contenders import run_trial
from models.examples import Examples
from models.fairness_held_out import flagged, held_out, of_trials
from models.rankers.boosted import Recipe
from models.splits import in_time
from tests.models.made_up import feature

AS_OF = date(2026, 10, 1)
QUICK = Recipe(bags=1, rounds=10, folds=2)
FEATURES = (feature("verbruik"), feature("ruis"))


def _examples() -> Examples:
    """300 labels over three years, positive where use is high, and 6,000 quiet addresses with low use.

    As many as there are light negatives: with few, the highest cell of a table holds more than the first 3%.
    """
    rng = np.random.default_rng(6)
    n = 6300
    labelled = np.arange(n) < 300
    y = np.where(labelled, np.arange(n) % 2, 0).astype(np.float64)
    start = np.datetime64("2023-10-01", "D") + (np.arange(n) % 300 * 3.5).astype("timedelta64[D]")
    drawn = labelled & (np.arange(n) % 10 < 2)
    return Examples(
        X=pd.DataFrame({"verbruik": rng.normal(size=n) + 5 * y, "ruis": rng.normal(size=n)}),
        y=y, labelled=labelled, address=np.arange(n), start=start.astype("datetime64[s]"),
        afgerond=(start + np.timedelta64(40, "D")).astype("datetime64[s]"), steekproef=drawn,
        selectiekans=np.where(drawn, 0.01, np.nan), behandelaar=np.full(n, ""), block=np.zeros(n, dtype=np.int64),
        register="r",
    )  # fmt: skip


def test_what_came_later_is_ranked_by_a_model_of_before() -> None:
    examples = _examples()
    found = flagged(Doel.SPOOKBEWONING, examples, FEATURES, AS_OF, recipe=QUICK)
    assert examples.labelled[found.rows].all()
    assert (examples.start[found.rows] >= np.datetime64("2025-04-01")).all()  # three times six months
    assert len(set(found.rows)) == len(found.rows) > 100
    ahead, y = found.ahead, examples.y[found.rows] == 1
    assert ahead[y].mean() > 0.9  # far above the first 3% of quiet addresses
    assert ahead[~y].mean() < 0.2


def test_the_rows_carry_their_outcomes_and_the_random_stream_its_weights() -> None:
    examples = _examples()
    found = flagged(Doel.SPOOKBEWONING, examples, FEATURES, AS_OF, recipe=QUICK)
    rows = held_out(examples, found, pd.DataFrame({"g": ["a"] * len(found.rows)}))
    assert rows is not None
    np.testing.assert_array_equal(rows.y, examples.y[found.rows])
    assert rows.drawn.sum() == examples.steekproef[found.rows].sum() > 20
    assert rows.weight[rows.drawn].mean() == pytest.approx(1)


def test_a_back_test_gives_the_same_as_what_is_trained_for_the_audit() -> None:
    examples = _examples()
    done = [
        run_trial(Doel.SPOOKBEWONING, examples, trial, FEATURES, seed=0, recipe=QUICK)
        for trial in in_time(examples, AS_OF)[-1:]
    ]
    found, audit = of_trials(done), flagged(Doel.SPOOKBEWONING, examples, FEATURES, AS_OF, recipe=QUICK)
    np.testing.assert_array_equal(found.rows, audit.rows[-len(found.rows) :])
    np.testing.assert_array_equal(found.ahead, audit.ahead[-len(found.rows) :])
    assert found.ahead.any()
    assert len(of_trials([]).rows) == 0


def test_without_a_past_there_is_nothing_held_out() -> None:
    examples = _examples()
    few = examples.take((examples.y == 0) | (np.cumsum(examples.y) < 3))
    found = flagged(Doel.SPOOKBEWONING, few, FEATURES, AS_OF, recipe=QUICK)
    assert len(found.rows) == 0
    assert held_out(few, found, pd.DataFrame({"g": []})) is None
