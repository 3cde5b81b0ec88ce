"""The loop keeps time: nothing is known before it is finished, nobody is visited twice, what is settled stays so."""

from datetime import timedelta

import numpy as np
import pytest

from features.columns import Doel
from models.policies import Chance, chosen, top
from models.simulate import REST, Setup, play
from tests.models.toy_world import ToyWorld


class Watching:
    """Picks the first free rows and remembers what it was shown."""

    def __init__(self):
        self.seen, self.examples, self.rows = [], [], []

    def pick(self, seen):
        self.seen.append(seen)
        self.examples.append(seen.examples())
        picks = chosen(np.flatnonzero(seen.free)[: seen.count])
        self.rows.append(picks.rows)
        return picks


@pytest.fixture
def watched():
    policy, world = Watching(), ToyWorld(past=10, months=14)
    return policy, world, play(world, policy, Setup(capacity=5))


def test_an_outcome_teaches_only_when_it_is_known(watched):
    policy, world, _ = watched
    for seen, known in zip(policy.seen, policy.examples, strict=True):
        eve = np.datetime64(world.starts[seen.month] - timedelta(days=1))
        assert (known.afgerond <= eve).all()
    first = [len(e.y[e.labelled]) for e, s in zip(policy.examples, policy.seen, strict=True) if s.month == 1]
    before = [len(e.y[e.labelled]) for e, s in zip(policy.examples, policy.seen, strict=True) if s.month == 0]
    assert max(first) <= max(before) + 10  # the ten of the last month of practice at most: none of its own picks yet
    own = {int(e.address[i] % 10_000_000) for e in policy.examples[-2:] for i in np.flatnonzero(e.labelled)}
    assert own & set(world.adres[np.concatenate(policy.rows)])  # but in the end it does learn from its own


def test_features_are_those_of_the_end_of_the_month_before(watched):
    policy, world, _ = watched
    assert all(s.table.as_of == world.starts[s.month] - timedelta(days=1) for s in policy.seen)
    assert max(world.asked) == world.starts[-1] - timedelta(days=1)
    for known in policy.examples:
        eve = known.start.astype("datetime64[M]").astype("datetime64[D]") - np.timedelta64(1, "D")
        assert (eve[known.labelled] < known.start[known.labelled]).all()


def test_a_visited_address_rests_for_both_targets(watched):
    policy, _, _ = watched
    when = {}
    for seen, rows in zip(policy.seen, policy.rows, strict=True):
        for row in rows:
            assert row not in when or seen.month - when[row] > REST
            when[row] = seen.month


def test_what_practice_visited_last_is_not_free_at_the_start(watched):
    policy, world, _ = watched
    visited = world.before()["adres"].to_numpy() // 2
    assert not policy.seen[0].free[visited].any()
    assert policy.seen[-1].free.sum() > policy.seen[0].free.sum() - 14 * 10  # and comes back later


def test_what_was_confirmed_leaves_the_game():
    policy, world = Watching(), ToyWorld(past=10, months=16)
    play(world, policy, Setup(capacity=5))
    confirmed = {int(r) for r in np.concatenate(policy.rows[:4]) if r % 10 == 0}
    rested = next(s for s in policy.seen if s.month == REST + 1 and s.doel is Doel.SPOOKBEWONING)
    assert confirmed and not rested.free[sorted(confirmed)].any()
    quiet = [int(r) for r in np.concatenate(policy.rows[:2]) if r % 10 > 1]
    assert rested.free[quiet].all()  # the others may be looked at again


def test_without_history_nothing_is_known_of_the_past():
    policy = Watching()
    play(ToyWorld(past=10, months=1), policy, Setup(capacity=5, history=False))
    assert [len(e) for e in policy.examples] == [0, 0]


@pytest.mark.parametrize(
    "rows", [lambda s: np.arange(s.count + 1), lambda s: np.array([3, 3]), lambda s: np.flatnonzero(~s.free)[:1]]
)
def test_a_policy_that_breaks_the_rules_is_stopped(rows):
    class Cheat:
        def pick(self, seen):
            return chosen(rows(seen))

    with pytest.raises(ValueError, match="different free rows"):
        play(ToyWorld(past=5), Cheat(), Setup(capacity=5))


def test_the_same_seed_gives_the_same_run_and_another_seed_another():
    runs = [str(play(ToyWorld(months=6), Chance(), Setup(capacity=9, seed=s))) for s in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_the_hits_are_counted_as_they_fall():
    class Oracle:
        def pick(self, seen):
            holds = ToyWorld().holds(seen.doel).astype(float)
            return chosen(top(holds, seen.free, seen.count, seen.rng))

    found = play(ToyWorld(months=2), Oracle(), Setup(capacity=20))
    spook = [m for m in found.months if m.doel == "spookbewoning"]
    assert [m.hits for m in spook] == [20, 10]  # 30 of 300, 20 a month
    assert [m.cases for m in spook] == [30, 30] and [m.cases_found for m in spook] == [20, 30]
    assert spook[0].free == 300 and spook[0].free_found == spook[0].free_true == 30
    assert spook[1].free_found == 10  # the others rest
