"""`kans` is honest for the whole population although the labels are selected."""

from __future__ import annotations

import numpy as np
import pytest

from models.calibration import NATIONAL, calibrate, prevalence
from models.tables import probability


def test_prevalence_without_a_random_stream_is_the_national_figure() -> None:
    share, error = prevalence("spookbewoning", 0, 0)
    assert share == pytest.approx(NATIONAL["spookbewoning"])
    # sd of Beta(1, 199)
    assert error == pytest.approx(np.sqrt(0.005 * 0.995 / 201))


def test_the_random_stream_moves_it_towards_what_was_found() -> None:
    # Beta(0.045 * 200 + 20, 0.955 * 200 + 180): mean 29 / 400
    assert prevalence("schijnbewoning", 200, 20)[0] == pytest.approx(29 / 400)


def _world(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A population whose true log-odds are 2 * raw - 3, of which the highest raw values were investigated."""
    rng = np.random.default_rng(seed)
    raw = rng.normal(-1.5, 1.0, size=20_000)
    y = (rng.random(20_000) < probability(2 * raw - 3)).astype(float)
    return raw, y, np.argsort(-raw)[:700]


def test_selected_labels_still_give_honest_probabilities_everywhere() -> None:
    raw, y, picked = _world(1)
    found = calibrate(raw[picked], y[picked], raw, doel="spookbewoning", drawn=400, found=int(y[:400].sum()))
    kans = probability(found.intercept + found.slope * raw)
    # the top, where people look, and the whole town
    assert kans[picked].mean() == pytest.approx(y[picked].mean(), abs=0.05)
    assert kans.mean() == pytest.approx(y.mean(), rel=0.5)


def test_the_town_is_anchored_by_the_random_stream_when_positives_were_easier_to_find() -> None:
    raw, y, _ = _world(2)
    rng = np.random.default_rng(0)
    # a positive address is investigated ten times as often as a negative one that scores the same
    labelled = rng.random(20_000) < np.where(y == 1, 0.2, 0.02)
    drawn = rng.random(20_000) < 0.1
    found = calibrate(
        raw[labelled], y[labelled], raw, doel="spookbewoning", drawn=int(drawn.sum()), found=int(y[drawn].sum())
    )
    kans = probability(found.intercept + found.slope * raw)
    assert kans.mean() == pytest.approx(y.mean(), rel=0.4)
    assert y[labelled].mean() > 5 * y.mean()
    assert found.slope > 0
