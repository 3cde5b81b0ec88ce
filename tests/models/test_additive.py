"""Tables from few labels: the optimum of a plain slow loss, directions as bounds, and a start that is shrunk to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from models.additive import Grid, fit_additive

CUTS = {"a": np.array([0.0, 1.0]), "b": np.array([0.5])}  # cells: a missing, a1, a2, a3 | b missing, b1, b2


def _rows(n: int = 400) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(1)
    X = pd.DataFrame({"a": rng.normal(0.5, 1, n), "b": rng.random(n)}).mask(rng.random((n, 2)) < 0.1)
    odds = 1.5 * (X["a"] > 1) - 1.0 * (X["b"] > 0.5) - 1
    return X, (rng.random(n) < 1 / (1 + np.exp(-odds.to_numpy(dtype=float)))).astype(float)


def test_every_row_is_in_one_cell_of_each_feature() -> None:
    X = pd.DataFrame({"a": [np.nan, -1.0, 0.0, 5.0], "b": [0.5, 0.4, np.nan, 1.0]})
    assert Grid(CUTS).cells(X).toarray().astype(int).tolist() == [
        [1, 0, 0, 0, 0, 0, 1],
        [0, 1, 0, 0, 0, 1, 0],
        [0, 0, 1, 0, 1, 0, 0],  # a value on a border belongs to the upper cell
        [0, 0, 0, 1, 0, 0, 1],
    ]


def test_levels_are_steps_added_up_and_steps_are_levels_taken_apart() -> None:
    grid = Grid(CUTS)
    steps = np.array([0.3, 0.0, 1.0, 2.0, -0.5, 0.0, 4.0])
    assert grid.levels(steps).tolist() == [0.3, 0.0, 1.0, 3.0, -0.5, 0.0, 4.0]
    assert grid.steps(grid.levels(steps)) == pytest.approx(steps)
    # a level of 7 for all of `a` is the intercept's: its steps are the same
    assert grid.steps(grid.levels(steps) + np.array([7, 7, 7, 7, 0, 0, 0])) == pytest.approx(steps)


@given(st.lists(st.floats(-5, 5), min_size=14, max_size=14))
def test_the_slope_in_steps_is_the_adjoint_of_levels(numbers: list[float]) -> None:
    """levels is linear: <levels(s), g> = <s, gathered(g)> for every s and g (with lowest cells at 0)."""
    grid = Grid(CUTS)
    steps, slope = np.array(numbers[:7]), np.array(numbers[7:])
    steps[[1, 5]] = 0.0
    assert grid.levels(steps) @ slope == pytest.approx(steps @ grid.gathered(slope), abs=1e-9)


def test_it_is_the_optimum_of_the_plain_loss() -> None:
    """Oracle: Nelder-Mead on the loss written out row by row in numpy, without steps, bounds or gradients."""
    X, y = _rows(200)
    grid = Grid(CUTS)
    dense = grid.cells(X).toarray()

    def plain(at: np.ndarray) -> float:
        a0, a2, a3, b0, b2 = at[1:]
        levels = np.array([a0, 0.0, a2, a2 + a3, b0, 0.0, b2])
        score = at[0] + dense @ levels
        return float(np.sum(np.log1p(np.exp(score)) - y * score) + 5.0 / 2 * np.sum(at[1:] ** 2))

    options = {"maxiter": 20_000, "maxfev": 20_000, "xatol": 1e-8, "fatol": 1e-10}
    slow = minimize(plain, np.zeros(6), method="Nelder-Mead", options=options)
    found = fit_additive(grid, grid.cells(X), y, np.ones(200), np.zeros(7), 5.0)
    levels = [slow.x[1], 0.0, slow.x[2], slow.x[2] + slow.x[3], slow.x[4], 0.0, slow.x[5]]
    assert [found.intercept, *found.levels] == pytest.approx([slow.x[0], *levels], abs=2e-3)


@pytest.mark.parametrize("direction", [1, -1])
def test_a_declared_direction_holds_even_against_the_labels(direction: int) -> None:
    X, y = _rows()
    grid = Grid(CUTS, {"a": direction, "b": direction})
    levels = fit_additive(grid, grid.cells(X), y, np.ones(400), np.zeros(7), 1.0).levels
    assert (direction * np.diff(levels[1:4]) >= -1e-12).all()
    assert (direction * np.diff(levels[5:7]) >= -1e-12).all()


def test_weights_count_rows() -> None:
    X, y = _rows(100)
    grid = Grid(CUTS)
    weight = np.where(np.arange(100) < 50, 2.0, 1.0)
    twice = np.concatenate([np.arange(100), np.arange(50)])
    one = fit_additive(grid, grid.cells(X), y, weight, np.zeros(7), 3.0)
    two = fit_additive(grid, grid.cells(X.iloc[twice]), y[twice], np.ones(150), np.zeros(7), 3.0)
    assert one.levels == pytest.approx(two.levels, abs=1e-4)


def test_a_strong_start_stays_in_proportion_and_a_weak_one_is_forgotten() -> None:
    X, y = _rows(2000)
    grid = Grid(CUTS)
    start = grid.levels(np.array([0.0, 0.0, 1.0, 3.0, 0.0, 0.0, 0.0]))
    stiff = fit_additive(grid, grid.cells(X), y, np.ones(2000), start, 1e7)
    assert grid.steps(stiff.levels) == pytest.approx(stiff.scale * grid.steps(start), abs=1e-3)
    assert stiff.scale > 0.1  # the scale is learned: the labels say that the start is right, but too steep
    loose = fit_additive(grid, grid.cells(X), y, np.ones(2000), start, 1e-3)
    assert loose.levels[6] - loose.levels[5] == pytest.approx(-1.0, abs=0.3)  # as the labels were made
    fixed = fit_additive(grid, grid.cells(X), y, np.ones(2000), start, 1e7, free_scale=False)
    assert fixed.scale == 1.0 and fixed.levels == pytest.approx(start, abs=1e-2)
