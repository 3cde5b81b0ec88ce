"""Policies keep to the rules of the game; the lot is a lot."""

from dataclasses import replace

import numpy as np
import pytest

from features.columns import Doel
from models.policies import EXPLORATION, LOT, RISK, ByIsolation, ByProfiles, Chance, Seen, by_lot, due, top
from models.policies_named import EXPLORING, POLICIES, Learning
from models.policy_boosted import COLD, MODEL, ByModel, strata
from models.rankers.boosted import Recipe
from models.simulate import Setup, play
from tests.models.toy_world import ToyWorld

QUICK = Recipe(boost=False, unusual=False, folds=2)


def seen(free=None, count=10, month=0, doel=Doel.SPOOKBEWONING, seed=1, examples=None):
    world = ToyWorld()
    free = np.ones(world.n, dtype=bool) if free is None else free
    stream = np.random.default_rng
    return Seen(
        doel=doel, month=month, table=world.table(world.starts[0]), free=free, count=count,
        examples=examples or (lambda: pytest.fail("must not ask for labels")), rng=stream(seed), lot=stream(7),
    )  # fmt: skip


@pytest.mark.parametrize(("share", "count"), [(0.1, 20), (0.1, 15), (0.1, 3), (1 / 3, 7), (1.0, 4), (0.0, 9)])
def test_a_share_is_exact_over_the_months(share, count):
    for months in range(1, 40):
        assert sum(due(share, count, m) for m in range(months)) == int(share * count * months + 1e-9)


def test_the_lot_stores_the_chance_with_which_it_drew_and_draws_every_free_row_alike():
    free = np.zeros(300, dtype=bool)
    free[50:90] = True
    times, asked = np.zeros(300), seen(free)
    for seed in range(2000):
        drawn = by_lot(replace(asked, lot=np.random.default_rng(seed)), 10)
        assert (drawn.chance == 10 / 40).all() and (drawn.reason == LOT).all()
        times[drawn.rows] += 1
    assert (times[~free] == 0).all()
    assert times[free] / 2000 == pytest.approx(0.25, abs=0.05)  # sd 0.0097: five of them


def test_a_pool_smaller_than_the_lot_is_taken_whole_with_chance_one():
    free = np.zeros(300, dtype=bool)
    free[:4] = True
    drawn = by_lot(seen(free), 10)
    assert drawn.rows.tolist() == [0, 1, 2, 3] and (drawn.chance == 1).all()


def test_top_takes_the_highest_free_rows_and_breaks_ties_by_lot():
    score = np.array([9.0, 5, 5, 5, 5, 1])
    free = np.array([False, True, True, True, True, True])
    taken = {tuple(sorted(top(score, free, 2, np.random.default_rng(s)))) for s in range(40)}
    assert len(taken) == 6 and all(set(rows) <= {1, 2, 3, 4} for rows in taken)


@pytest.mark.parametrize("policy", [Chance(), ByProfiles(), ByIsolation()])
def test_policies_without_learning_ask_no_labels_and_pick_free_rows(policy):
    free = np.arange(300) % 2 == 0
    picks = policy.pick(seen(free))
    assert len(picks.rows) == 10 and len(set(picks.rows)) == 10 and free[picks.rows].all()


def test_profiles_find_what_the_rules_describe():
    picks = ByProfiles().pick(seen(count=20))
    assert (picks.rows % 10 == 0).mean() > 0.9  # months without registration: every tenth


def test_the_random_stream_is_the_same_whatever_the_policy_thinks():
    """Blind to the score: another seed of learning and another ranking leave the lot as it is."""
    lots = []
    for explore, seed in ((0.0, 1), (0.3, 2)):
        policy = ByModel(lot=0.2, explore=explore, seed=seed, recipe=QUICK)

        class Spy:
            def pick(self, what, policy=policy):
                picks = policy.pick(what)
                lots.append(picks.rows[picks.reason == LOT])
                return picks

        play(ToyWorld(past=20, months=1), Spy(), Setup(capacity=20))
    spook = lots[::2]  # the target that comes first
    assert len(spook[0]) == 4 and (spook[0] == spook[1]).all()


def test_the_learning_policy_starts_cold_and_then_learns():
    policy = ByModel(lot=0.1, explore=0.1, recipe=QUICK)
    cold = play(ToyWorld(months=1), policy, Setup(capacity=20, history=False))
    assert {m.basis for m in cold.months} == {COLD}
    warm = play(ToyWorld(months=3, past=20), policy, Setup(capacity=20))
    spook = [m for m in warm.months if m.doel == "spookbewoning"]
    assert {m.basis for m in spook} == {MODEL}
    assert sum(m.hits for m in spook) >= 16  # of the 18 that practice left; by lot it would be 6
    assert all(0 < m.kans < 1 for m in spook)


def test_shares_for_lot_and_exploration_are_what_was_asked():
    policy = ByModel(lot=0.1, explore=0.1, recipe=QUICK)
    world = ToyWorld(past=20)
    reasons = []

    class Spy:
        def pick(self, what):
            picks = policy.pick(what)
            reasons.extend(picks.reason)
            assert np.isnan(picks.chance[picks.reason != LOT]).all()
            return picks

    play(world, Spy(), Setup(capacity=15))
    picked = world.months * 15 * 2
    assert [reasons.count(r) for r in (LOT, EXPLORATION, RISK)] == [0.1 * picked, 0.1 * picked, 0.8 * picked]


def test_exploration_goes_round_the_kinds_of_dwelling():
    policy = ByModel(explore=1.0)
    what = seen(
        count=6, examples=lambda: ToyWorld().labels(ToyWorld().before(), ToyWorld().starts[0], Doel.SPOOKBEWONING)
    )
    free, worth = np.ones(300, dtype=bool), np.arange(300.0)
    rows = policy._explore(what, free, worth, 6)
    assert sorted(strata(what.table.frame)[rows]) == [1, 1, 2, 2, 3, 3]
    assert set(rows) == set(range(294, 300))  # and takes the most worth of each


def test_the_five_policies_of_the_benchmark_are_new_for_each_run():
    assert len(POLICIES) == 5
    one, two = (POLICIES[EXPLORING](Learning()) for _ in range(2))
    assert one is not two and one.fitted is not two.fitted
