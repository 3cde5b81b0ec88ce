"""How many of a round fall to each stream: whole numbers whose sums are exact over the rounds together."""

from __future__ import annotations

from dataclasses import dataclass

from service.worklist.policy import UNIT, Werkvoorraad


@dataclass(frozen=True, kw_only=True)
class Rest:
    """What earlier rounds left over of the two small streams, in ten-thousandths of an address."""

    verkenning: int = 0
    steekproef: int = 0


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Numbers of addresses, together the capacity, and what goes on to the next round."""

    risico: int
    verkenning: int
    steekproef: int
    rest: Rest


def shares(policy: Werkvoorraad, before: Rest) -> Shares:
    """Divide one round. Over k rounds a stream gets its share of all k capacities, rounded down once.

    >>> seven = Werkvoorraad(capaciteit=7)
    >>> shares(seven, Rest()).steekproef, shares(seven, Rest(steekproef=7000)).steekproef
    (0, 1)
    """
    owed = policy.capaciteit * round(policy.aandeel_steekproef * UNIT) + before.steekproef
    by_chance = min(owed // UNIT, policy.capaciteit)
    owed_to_explore = policy.capaciteit * round(policy.aandeel_verkenning * UNIT) + before.verkenning
    exploring = min(owed_to_explore // UNIT, policy.capaciteit - by_chance)
    return Shares(
        risico=policy.capaciteit - by_chance - exploring,
        verkenning=exploring,
        steekproef=by_chance,
        rest=Rest(verkenning=owed_to_explore - exploring * UNIT, steekproef=owed - by_chance * UNIT),
    )
