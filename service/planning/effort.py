"""How hard to search, and how to follow it or break it off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Effort:
    """seconds: all of it, from the question to the plan. rounds: of search and putting together anew; in each, `lanes`
    searches go side by side in `workers` processes of their own (0: in this one, one after another). iterations: bound
    per search, so that a run is repeatable where the clock is not: same seed and iterations, same plan, however many
    workers.
    """

    seconds: float = 3.0
    rounds: int = 1
    lanes: int = 2
    workers: int = 2
    iterations: int | None = None
    seed: int = 1

    @classmethod
    def first(cls) -> Effort:
        """Something to look at, within 3 seconds."""
        return cls(seconds=2.5)

    @classmethod
    def good(cls) -> Effort:
        """What to drive by, in 20 seconds."""
        return cls(seconds=19.5, rounds=9)

    @classmethod
    def week(cls) -> Effort:
        """Many teams and days at once, in a minute."""
        return cls(seconds=55.0, rounds=12)

    @classmethod
    def again(cls) -> Effort:
        """From the plan before, after a pin, a ban or a move: within 2 seconds."""
        return cls(seconds=1.5)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """prize: of the best plan so far. seconds: since the beginning, of `of`. A plan may be there sooner than that."""

    prize: float
    seconds: float
    of: float


@dataclass(frozen=True, kw_only=True)
class Watch:
    """told: called after each round of searching. broken_off: asked often; once True, the best so far is the answer."""

    told: Callable[[Progress], None] = lambda progress: None
    broken_off: Callable[[], bool] = lambda: False
