"""What a visit is worth: the confirmed findings to be expected of it, by weekday and hour.

    worth = sum over targets of   chance that it is so x worth of a finding x (1 - known already) x answer if it is so
    answer = met + (1 - met) x from outside

The chance that it is so is kans, which is calibrated (models/calibration.py), after what shut doors tell: where nobody
lives, or only by night, doors stay shut more often. In a cold start there is no kans: then the band's prior speaks, a
declared guess that keeps the order of the bands, and figures that rest on it should say so (`is_guess`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isnan

import numpy as np

from service.planning.calendar import FIRST_HOUR, LAST_HOUR, SATURDAY, SUNDAY
from service.planning.chance import KINDS, Floats, if_so
from service.planning.doors import Candidate, Visiting

# Of the addresses first in a list about three in ten are confirmed (rounds on spookbewoning: 28-33%); of all dwellings
# some in a hundred are not registered right (CBS 2021). Between them the bands of models/scores.py fall off as they do
# in our own back-tests. "": while the model is stopped nobody is more likely than another.
PRIOR = {"A": 0.30, "B": 0.18, "C": 0.08, "D": 0.03, "E": 0.005, "": 0.02}
# How well an unlived-in house shows it, by kind of household: one where nobody lives fully, a lived-in one hardly.
SHOWS: Floats = np.array([{"niemand": 1.0, "zelden": 0.5}.get(kind, 0.2) for kind in KINDS])
FADES = 0.5  # what an attempt leaves of the chance to see something new from outside


def is_guess(candidate: Candidate) -> bool:
    """Whether its chance is the band's prior."""
    return isnan(candidate.kans)


def chance_of(candidate: Candidate) -> float:
    """The chance that it is as suspected, 0-1."""
    return PRIOR[candidate.band] if is_guess(candidate) else min(max(candidate.kans, 0.0), 1.0)


def answered(candidate: Candidate, visiting: Visiting) -> tuple[float, Floats]:
    """The chance that it is so after the attempts so far, and (7, 24) the chance that a visit then shows it, by weekday
    and hour, 0 where no visit is allowed.
    """
    so, answer = _so_and_answer(candidate, visiting)
    return so, np.where(allowed(candidate, visiting), answer, 0.0)


def _so_and_answer(candidate: Candidate, visiting: Visiting) -> tuple[float, Floats]:
    faded = visiting.van_buiten.get(candidate.doel, 0.0) * FADES ** len(candidate.pogingen)
    odds, answer = if_so(candidate.pogingen, candidate.doel, faded * SHOWS)
    so = chance_of(candidate)
    return so * odds / (so * odds + 1 - so), answer


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
        so, answer = answered(one, visiting)
        total += so * visiting.waarde.get(one.doel, 1.0) * (1 - min(max(one.bekend, 0.0), 1.0)) * answer
    return total


def usual(candidates: Iterable[Candidate], visiting: Visiting) -> Floats:
    """(7, 24): what it would be worth had nobody been there yet, in every hour in which there is somebody to meet.

    Evenings are worth more of nearly every door, and there are few of them: an hour is good for a door when it is worth
    much beside this, not beside the door's other hours (comparative advantage).
    """
    fresh = [replace(one, pogingen=()) for one in candidates]
    return np.sum([np.multiply(*_so_and_answer(one, visiting)) for one in fresh], axis=0)
