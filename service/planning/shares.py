"""Exploration and random control in the field: exact shares over the periods together, drawn before any route is made.

How many: of all doors that are planned, over the periods together, each stream gets its share, rounded down once. What
is planned is known only after routing, so a period's shares are first reckoned on what is expected (`drawn`) and then
settled on what came of it (`settled`); the difference goes on to the next period.
Which: by keyed lot, as at the desk (service/worklist/streams.py): chance takes n of all N free doors, each with chance
n / N; exploration goes to the bands that were looked at least. Both are pinned over the whole period: routing chooses
the day, never whether. What does not fit is in the next period, first, with the chance with which it was drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from service.planning.doors import CHOSEN, Candidate
from service.worklist.codes import Aanleiding
from service.worklist.lot import lots
from service.worklist.policy import UNIT
from service.worklist.shares import Rest, Shares
from service.worklist.streams import Drawn, draw


@dataclass(frozen=True, kw_only=True)
class Portions:
    """The shares (0-1) of all doors planned. Raises ValueError on what cannot be shared out exactly."""

    verkenning: float = 0.10
    steekproef: float = 0.10

    def __post_init__(self) -> None:
        shares = (self.verkenning, self.steekproef)
        if any(not 0 <= share <= 1 or abs(share * UNIT - round(share * UNIT)) > 1e-6 for share in shares):
            raise ValueError(f"a share lies from 0 to 1, in whole ten-thousandths, not {shares}")
        if sum(shares) > 1:
            raise ValueError(f"the shares together are at most 1, not {sum(shares)}")

    @property
    def units(self) -> tuple[int, int]:
        """Both in ten-thousandths."""
        return round(self.verkenning * UNIT), round(self.steekproef * UNIT)


@dataclass(frozen=True, kw_only=True)
class Period:
    """What the lot gave. candidates: all, in the order given; those drawn say so (gekozen, stroom, selectiekans).

    numbers: of doors newly drawn per stream; waiting: of doors drawn earlier that are still to be visited (they were
    counted then).
    """

    candidates: tuple[Candidate, ...]
    numbers: Shares
    waiting: int = 0


def numbers(portions: Portions, doors: int, before: Rest) -> Shares:
    """How many of `doors` to draw, so that over the periods together each stream is at its share, rounded down.

    >>> numbers(Portions(), 7, Rest()).steekproef, numbers(Portions(), 7, Rest(steekproef=7000)).steekproef
    (0, 1)
    """
    to_explore, by_lot = portions.units
    owed, owed_to_explore = doors * by_lot + before.steekproef, doors * to_explore + before.verkenning
    chance = min(max(owed // UNIT, 0), doors)
    exploring = min(max(owed_to_explore // UNIT, 0), doors - chance)
    return Shares(
        risico=doors - chance - exploring,
        verkenning=exploring,
        steekproef=chance,
        rest=Rest(verkenning=owed_to_explore - exploring * UNIT, steekproef=owed - chance * UNIT),
    )


def settled(portions: Portions, given: Shares, doors: int, before: Rest) -> Rest:
    """What goes on to the next period when `doors` were planned in the end (those carried over not counted again).

    Over all periods: drawn x UNIT + rest = share x doors planned, to the last ten-thousandth.
    """
    to_explore, by_lot = portions.units
    return Rest(
        verkenning=doors * to_explore + before.verkenning - given.verkenning * UNIT,
        steekproef=doors * by_lot + before.steekproef - given.steekproef * UNIT,
    )


def drawn(
    candidates: Sequence[Candidate],
    doors: int,
    seed: str,
    *,
    portions: Portions | None = None,
    before: Rest | None = None,
    seen: Mapping[str, int] | None = None,
    carried: Sequence[Candidate] = (),
) -> Period:
    """Draw for one period of about `doors` doors, of one gemeente and target.

    candidates: the free doors (one target, each door once); carried: drawn in an earlier period and not yet visited,
    left out of the draw and put in whatever it gives. seed: service/worklist/lot.py. seen: per band, how many were
    looked at lately. Raises ValueError when a door is there twice.
    """
    waiting = {one.identificatie: one for one in carried}
    free = [one for one in candidates if one.identificatie not in waiting]
    names = [one.identificatie for one in free]
    if len(set(names)) < len(names) or len({one.doel for one in (*free, *carried)}) > 1:
        raise ValueError("a draw is of one target, with each door once")
    portions, before = portions or Portions(), before or Rest()
    given = numbers(portions, min(doors, len(free)), before)
    bands = np.array([one.band for one in free], dtype=np.str_)
    found = draw(np.array(names, dtype=np.str_), bands, replace(given, risico=0), seen or {}, lots(seed, names))
    lot = {one.identificatie: one for one in found}
    kept = [_marked(one, lot[one.identificatie]) if one.identificatie in lot else one for one in free]
    return Period(
        candidates=(*kept, *(replace(one, gekozen=True) for one in waiting.values())),
        numbers=_counted(portions, given, lot.values(), before),
        waiting=len(waiting),
    )


def _marked(one: Candidate, lot: Drawn) -> Candidate:
    return replace(one, stroom=lot.aanleiding, selectiekans=lot.selectiekans, gekozen=lot.aanleiding in CHOSEN)


def _counted(portions: Portions, given: Shares, lot: Iterable[Drawn], before: Rest) -> Shares:
    """What was truly drawn: a door that both streams drew is of the lot, and exploration is owed another."""
    of = Counter(one.aanleiding for one in lot)
    doors = given.risico + given.verkenning + given.steekproef
    got = replace(given, verkenning=of[Aanleiding.VERKENNING], steekproef=of[Aanleiding.STEEKPROEF])
    return replace(got, risico=doors - got.verkenning - got.steekproef, rest=settled(portions, got, doors, before))
