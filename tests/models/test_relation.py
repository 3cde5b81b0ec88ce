"""Association with outcomes and groups, against plain counts and known figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models.groups import NOBODY
from models.proportions import unknown
from models.relation import auc, cramers_v, proxies, verdict

NAN = float("nan")


@pytest.mark.parametrize("weighted", [False, True])
def test_the_auc_is_that_of_all_pairs(weighted: bool) -> None:
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 6, 80).astype(float), rng.integers(0, 2, 80).astype(float)
    weight = rng.uniform(0.2, 3, 80) if weighted else np.ones(80)
    won = total = 0.0
    for i in np.flatnonzero(y == 1):
        for j in np.flatnonzero(y == 0):
            pair = weight[i] * weight[j]
            won += pair * (1.0 if x[i] > x[j] else 0.5 if x[i] == x[j] else 0.0)
            total += pair
    found = auc(x, y, weight)
    assert found.value == pytest.approx(won / total)
    assert found.low < found.value < found.high
    assert found.n == 80


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(4)
    held = 0
    for _ in range(300):
        y = np.repeat([1.0, 0.0], [15, 60])
        x = rng.normal(size=75) + y  # AUC = P(N(1, sqrt 2) > 0) = 0.7602
        found = auc(x, y, np.ones(75))
        held += found.low <= 0.7602 <= found.high
    assert 0.84 <= held / 300 <= 0.95


def test_unknown_values_are_left_out_and_too_few_give_no_figure() -> None:
    x = np.array([NAN] * 5 + [1.0] * 5 + [0.0] * 5)
    y = np.array([1.0] * 10 + [0.0] * 5)
    found = auc(x, y, np.ones(15))
    assert (found.value, found.n) == (1.0, 10)
    assert found.low < 0.9  # five against five is no certainty
    assert not auc(x[1:], np.append(y[1:10], [1.0, 0, 0, 0, 0]), np.ones(14)).known


def test_verdicts_follow_the_first_figure_that_is_known() -> None:
    up = auc(np.arange(40.0), np.repeat([0.0, 1.0], 20), np.ones(40))
    assert verdict(1, (unknown(3), up)) == "bevestigd"
    assert verdict(-1, (up,)) == "spreekt tegen"
    assert verdict(0, (up,)) == "hoger bij raak"
    assert verdict(1, (unknown(3), unknown(4))) == "te weinig"
    flat = auc(np.zeros(40), np.repeat([0.0, 1.0], 20), np.ones(40))
    assert verdict(1, (flat,)) == "niet te zien"


def test_cramers_v_is_one_for_the_same_division_and_nothing_for_chance() -> None:
    same = np.repeat([0, 1, 2], 100)
    assert cramers_v(same, (same + 1) % 3) == pytest.approx(1.0)
    rng = np.random.default_rng(5)
    chance = [cramers_v(rng.integers(0, 10, 400), rng.integers(0, 5, 400)) for _ in range(50)]
    assert np.mean(chance) < 0.04  # without Bergsma's correction it would be near sqrt(9 / 400) = 0.15
    assert cramers_v(same, np.zeros(300, dtype=np.int64)) == 0


def test_a_proxy_names_the_group_it_tells_most_of() -> None:
    groups = pd.DataFrame(
        {
            "soort": ["flat"] * 100 + ["huis"] * 100 + ["boot"] * 100,
            "toeval": ["a", "b"] * 150,
            "klein": ["een"] * 290 + ["twee"] * 10,
        }
    )
    x = np.concatenate([np.tile([1.0, 2.0], 50), np.tile([2.0, 1.0], 50), np.full(100, 9.0)])
    strongest, chance = proxies(x, groups)
    assert (strongest.grouping, strongest.group, strongest.higher) == ("soort", "boot", 1.0)
    assert strongest.strength > 0.6
    assert (chance.grouping, chance.strength) == ("toeval", pytest.approx(0, abs=0.15))


def test_unknown_values_can_give_a_group_away_too() -> None:
    groups = pd.DataFrame({"g": ["a"] * 100 + ["b"] * 100})
    (found,) = proxies(np.array([NAN] * 100 + [1.0] * 100), groups)
    assert found.strength == pytest.approx(1.0)


def test_nobody_registered_is_no_group_of_people() -> None:
    groups = pd.DataFrame({"huishouden": ["a"] * 100 + ["b"] * 100 + [NOBODY] * 100})
    x = np.concatenate([np.tile([1.0, 2.0], 100), np.full(100, 50.0)])
    (found,) = proxies(x, groups)
    assert found.strength == 0
