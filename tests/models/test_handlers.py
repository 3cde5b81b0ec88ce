"""Strict handlers are found, chance is not taken for one, and the correction brings their labels back to the mean."""

from __future__ import annotations

import numpy as np
import pytest

from models.handlers import handler_effect, label_weights
from models.tables import probability

STRICT = np.array([2.0, -0.7, -0.7, -0.6])  # log-odds of each handler, beyond the address


def _world(seed: int, effect: np.ndarray, n: int = 800) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(held-out score, outcome, handler, true log-odds without handler)."""
    rng = np.random.default_rng(seed)
    score = rng.normal(-1.5, 1.5, n)
    who = rng.integers(0, len(effect), n)
    y = (rng.random(n) < probability(score + effect[who])).astype(float)
    return score * 0.5, y, np.array([f"h{w}" for w in who]), score  # any scale: the test fits its own line


def test_a_strict_handler_is_found_and_named() -> None:
    score, y, who, _ = _world(1, STRICT)
    found = handler_effect(score, y, who)
    assert found is not None and found.significant and found.p_value <= 0.01
    effects = dict(found.effects)
    assert max(effects, key=lambda name: effects[name]) == "h0"
    assert "Uitkomsten hangen samen met de behandelaar" in found.sentence


def test_chance_is_rarely_taken_for_a_handler() -> None:
    wrong = [handler_effect(*_world(seed, np.zeros(4), 300)[:3], seed=seed) for seed in range(60)]
    assert sum(found is not None and found.significant for found in wrong) <= 8  # 3 expected; 8 or more: 1 in 100


def test_the_weights_turn_the_labels_into_those_of_the_mean_handler() -> None:
    score, y, who, _ = _world(2, STRICT, 6000)
    weight = label_weights(score, y, who)
    strict, lenient = who == "h0", who != "h0"
    assert y[strict].mean() > y[lenient].mean() + 0.25
    share = [np.average(y[part], weights=weight[part]) for part in (strict, lenient)]
    assert abs(share[0] - share[1]) < 0.08
    assert weight.mean() == pytest.approx(1.0, abs=0.05)


def test_nothing_to_test() -> None:
    score, y, who, _ = _world(3, STRICT, 100)
    assert handler_effect(score, y, np.full(100, "")) is None
    assert handler_effect(score, np.zeros(100), who) is None
    assert handler_effect(score, y, np.full(100, "h1")) is None
    assert label_weights(score, y, np.full(100, "")).tolist() == [1.0] * 100


def test_handlers_with_few_rows_are_taken_together() -> None:
    score, y, who, _ = _world(4, STRICT, 400)
    who[:6] = [f"x{i}" for i in range(6)]
    found = handler_effect(score, y, who)
    assert found is not None
    assert [name for name, _ in found.effects] == ["h0", "h1", "h2", "h3", "overige"]
