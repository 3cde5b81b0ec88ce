"""Who may be family of whom, by years of birth alone: the register of parents and partners is never read.

An adult who has nobody 16 to 50 years older in the household is a head of it: nobody's child there. A family home has
one head or two; more heads are adults without a family tie that ages could explain.
"""

from __future__ import annotations

import numpy as np

from features.per_address import Bools, Floats, Ints, count

YOUNGEST_PARENT, OLDEST_PARENT = 16, 50  # years between parent and child


def heads(household: Ints, geboortejaar: Floats) -> Bools:
    """True per person who may be nobody's child in the household (same `household` code).

    A person whose year of birth is unknown gets the benefit of the doubt: not a head. Sources: none but the years.
    """
    known = ~np.isnan(geboortejaar)
    year = np.where(known, geboortejaar, 0).astype(np.int64)
    place = household.astype(np.int64) * 4096
    members = np.sort((place + year)[known])
    from_ = np.searchsorted(members, place + year - OLDEST_PARENT, "left")
    to = np.searchsorted(members, place + year - YOUNGEST_PARENT, "right")
    return known & (to == from_)


def without_tie(household: Ints, geboortejaar: Floats, size: int) -> Floats:
    """Adults beyond a couple who may be nobody's child there, per household: length `size`, 0 and up."""
    return np.maximum(count(household[heads(household, geboortejaar)], size) - 2, 0)
