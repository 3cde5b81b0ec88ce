"""The pictures: one per term, quickly, equal for equal models, and none of them empty."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import matplotlib.image
import numpy as np
import pytest

from features.register import FEATURES
from models.plots import precision_plot, reliability_plot
from models.shapes import shape_pictures
from models.tables import Term
from tests.models.backtest_made_up import backtest
from tests.models.trained_made_up import table_model


def pixels(picture: bytes) -> np.ndarray:
    return matplotlib.image.imread(io.BytesIO(picture), format="png")[..., :3]


def test_a_picture_per_term_that_shows_its_cells() -> None:
    model = table_model("spookbewoning")
    first, second = model.features
    drawn = dict(shape_pictures(model, FEATURES))
    assert set(drawn) == {f"{first}.png", f"{first}_x_{second}.png"}
    flat = replace(model, terms=tuple(replace(t, scores=np.zeros_like(t.scores)) for t in model.terms))
    for name, picture in shape_pictures(flat, FEATURES):
        assert (pixels(picture) != pixels(drawn[name])).any(), name
    assert drawn == dict(shape_pictures(model, FEATURES))


@pytest.mark.parametrize("cuts", [np.empty(0), np.array([7.0]), np.arange(20.0), np.array([1e-9, 1e9])])
def test_any_number_of_borders_can_be_drawn(cuts: np.ndarray) -> None:
    scores = np.linspace(-1, 1, len(cuts) + 3)
    pair = Term(features=("a", "b"), cuts=(cuts, cuts), scores=np.add.outer(scores, scores))
    model = replace(
        table_model("spookbewoning"), terms=(Term(features=("a",), cuts=(cuts,), scores=scores), pair), directions=()
    )
    assert [len(picture) > 1000 for _, picture in shape_pictures(model, ())] == [True, True]


def test_a_hundred_pictures_take_seconds_not_minutes() -> None:
    model = table_model("spookbewoning")
    many = replace(model, terms=(model.terms[0],) * 20)
    start = time.process_time()
    assert len(list(shape_pictures(many, FEATURES))) == 20
    assert time.process_time() - start < 10


def test_the_plots_of_an_evaluation() -> None:
    found = backtest()
    assert found.reliability is not None
    honest = reliability_plot("spookbewoning", found.reliability)
    other = reliability_plot("spookbewoning", replace(found.reliability, bins=found.reliability.bins[:1]))
    assert (pixels(honest) != pixels(other)).any()
    precision = precision_plot("spookbewoning", found.pooled, "latere onderzoeken")
    fewer = precision_plot("spookbewoning", found.pooled[:1], "latere onderzoeken")
    assert (pixels(precision) != pixels(fewer)).any()
    assert precision_plot("spookbewoning", (), "niets")
