"""What inspectors would find at any address, whoever chose it: all potential outcomes of a month, and the truth.

Drawn once per month and target from a stream of its own, so every policy that picks an address in a month gets the
same answer there: policies differ by what they pick and by nothing else (common random numbers).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.columns import Doel
from synthetic import visits
from synthetic.signals import column_of
from synthetic.world import Mask, World


def answers(world: World, month: int, doel: Doel) -> pd.DataFrame:
    """One row per address of the town, in its order, had an investigation for `doel` begun in column `month`.

    Columns: start, visit, finished (days; FOREVER = not by the end of the world), attempts, outcome (a code of FORMATS
    6; "" while it runs), handler (int), true (whether the target held on the day of the visit). The team is one of its
    own: a handler per street, a fifth taken over by a colleague, each stricter or milder, as in `practice`.
    """
    team = world.params.rng("answering team")
    street = world.town.adressen["straatnummer"].to_numpy(np.int64)
    count = max(3, round(world.town.size / 4000))
    own, strict = team.integers(0, count, street.max() + 1)[street], team.normal(0, 0.8, count)
    rng = world.params.rng(f"answers {doel.value} {month}")
    n = world.town.size
    chosen = pd.DataFrame(
        {
            "address": np.arange(n),
            "doel": doel.value,
            "start": int(world.params.month_starts[month]) + rng.integers(0, 28, n),
            "handler": np.where(rng.random(n) < 0.2, rng.integers(0, count, n), own),
        }
    )
    done = visits.outcomes(world, chosen, strict, rng)
    holds = _holds(world, doel)[np.arange(n), column_of(world, done["visit"])]
    return done.assign(true=holds).drop(columns=["address", "doel"])


def truth(world: World, month: int, doel: Doel) -> Mask:
    """n: whether the target holds at each address in column `month`."""
    return _holds(world, doel)[:, month]


def _holds(world: World, doel: Doel) -> Mask:
    return world.schemes.spook if doel is Doel.SPOOKBEWONING else world.schemes.schijn
