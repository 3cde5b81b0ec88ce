"""What a visit is worth: the confirmed findings to be expected of it, by weekday and hour.

    worth = sum over targets of   kans x worth of a finding x (1 - known already) x chance of an answer
    answer = met + (1 - met) x from outside

kans is calibrated (models/calibration.py). In a cold start there is none: then the band's prior speaks, a declared
guess that keeps the order of the bands, and figures that rest on it should say so (`is_guess`).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan

import numpy as np

from service.planning.calendar import FIRST_HOUR, LAST_HOUR, SATURDAY, SUNDAY
from service.planning.chance import Floats, chances
from service.planning.doors import Candidate, Visiting

# Of the addresses first in a list about three in ten are confirmed (rounds on spookbewoning: 28-33%); of all dwellings
# some in a hundred are not registered right (CBS 2021). Between them the bands of models/scores.py fall off as they do
# in our own back-tests. "": while the model is stopped nobody is more likely than another.
PRIOR = {"A": 0.30, "B": 0.18, "C": 0.08, "D": 0.03, "E": 0.005, "": 0.02}
FADES = 0.5  # what an attempt leaves of the chance to see something new from outside


def is_guess(candidate: Candidate) -> bool:
    """Whether its chance is the band's prior."""
    return isnan(candidate.kans)


def chance_of(candidate: Candidate) -> float:
    """The chance that it is as suspected, 0-1."""
    return PRIOR[candidate.band] if is_guess(candidate) else min(max(candidate.kans, 0.0), 1.0)


def answered(candidate: Candidate, visiting: Visiting) -> Floats:
    """(7, 24): the chance that a visit gives an answer, by weekday and hour, 0 where no visit is allowed."""
    met = chances(candidate.pogingen)
    outside = visiting.van_buiten.get(candidate.doel, 0.0) * FADES ** len(candidate.pogingen)
    return np.where(allowed(candidate, visiting), met + (1 - met) * outside, 0.0)


def allowed(candidate: Candidate, visiting: Visiting) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """(7, 24): when this door may be called at. Evenings and weekends are for where nobody was met (see Visiting)."""
    may = np.zeros((7, 24), dtype=np.bool_)
    tried = bool(candidate.pogingen)
    until = visiting.einde if visiting.avond is None or tried else min(visiting.avond, visiting.einde)
    may[:SATURDAY, max(visiting.begin, FIRST_HOUR) : min(until, LAST_HOUR)] = True
    for day, wanted in ((SATURDAY, visiting.zaterdag), (SUNDAY, visiting.zondag)):
        may[day, visiting.begin : visiting.einde] = wanted and tried
    return may


def worth(candidates: Iterable[Candidate], visiting: Visiting) -> Floats:
    """(7, 24): expected findings of calling at all these, worth per target counted in."""
    total = np.zeros((7, 24))
    for one in candidates:
        left = chance_of(one) * visiting.waarde.get(one.doel, 1.0) * (1 - min(max(one.bekend, 0.0), 1.0))
        total += left * answered(one, visiting)
    return total
