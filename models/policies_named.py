"""The policies of the benchmark by name, each made anew for a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.policies import ByIsolation, ByProfiles, Chance, Policy
from models.policy_boosted import ByModel
from models.rankers.boosted import Recipe

CHANCE, PROFILES, ISOLATION, GREEDY, EXPLORING = "chance", "profiles", "isolation", "boosted", "boosted-exploring"
LOT_SHARE = 0.10  # of the capacity, drawn by lot: the random stream
EXPLORE_SHARE = 0.10  # of the capacity, picked to learn from


@dataclass(frozen=True, kw_only=True)
class Learning:
    """How the learning policies learn."""

    retrain_every: int = 1
    seed: int = 1
    recipe: Recipe = Recipe()  # noqa: RUF009 - frozen


POLICIES: Mapping[str, Callable[[Learning], Policy]] = {
    CHANCE: lambda how: Chance(),
    PROFILES: lambda how: ByProfiles(),
    ISOLATION: lambda how: ByIsolation(seed=how.seed),
    GREEDY: lambda how: ByModel(retrain_every=how.retrain_every, seed=how.seed, recipe=how.recipe),
    EXPLORING: lambda how: ByModel(
        lot=LOT_SHARE,
        explore=EXPLORE_SHARE,
        retrain_every=how.retrain_every,
        seed=how.seed,
        recipe=how.recipe,
    ),
}
