"""How many addresses one person may read in a minute, an hour and a day: nobody leafs through a town for an afternoon.

Counted in the transaction that logs the answer, so that no worker process sees less than there is and a restart
forgets nothing. A window begins with the first address read after the one before it ended.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Leesgrens:
    """The most addresses per person. A morning at the desk is some 20 pages of 25 and 60 dossiers; a whole gemeente
    would take weeks. Who needs more asks for an export, with a reason and a second person.
    """

    per_minuut: int = 600
    per_uur: int = 3_000
    per_dag: int = 10_000

    def __post_init__(self) -> None:
        """Raises ValueError on limits with which nobody could read a page, or of which one can never be met."""
        if not 1 <= self.per_minuut <= self.per_uur <= self.per_dag:
            raise ValueError("1 <= per_minuut <= per_uur <= per_dag")


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Too much. grens: which limit. after: whole seconds until its window ends, at least 1."""

    grens: str
    after: int


WINDOWS = (("minuut", 60), ("uur", 3_600), ("dag", 86_400))  # seconds
Counters = tuple[int, int, int, int, int, int]  # (begin, count) of minute, hour and day: the columns of `leestellers`
NONE: Counters = (0, 0, 0, 0, 0, 0)


def count(counters: Counters, aantal: int, now: float, limits: Leesgrens) -> Counters | Refused:
    """`counters` after reading `aantal` addresses at `now` (epoch seconds); Refused changes nothing."""
    after: list[int] = []
    most = (limits.per_minuut, limits.per_uur, limits.per_dag)
    for place, ((name, seconds), limit) in enumerate(zip(WINDOWS, most, strict=True)):
        begun, read = counters[2 * place : 2 * place + 2]
        if not begun <= now < begun + seconds:
            begun, read = int(now), 0
        if read + aantal > limit:
            return Refused(grens=name, after=max(1, math.ceil(begun + seconds - now)))
        after += (begun, read + aantal)
    return tuple(after)  # type: ignore[return-value]  # three windows of two
