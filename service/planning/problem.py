"""What a round is made of: stops with a prize, shifts with a length, and the travel times between places.

Time is in seconds from the beginning of the period (days lie one after another), so a week is one problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Window:
    """The whole visit lies between these moments."""

    begin: float
    end: float


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One erf or building, with all its doors. place: its row in the travel matrix. prize: expected findings, higher =
    more worth visiting. windows: any of them will do; none = at any time. needs: what the team must offer
    ("twee_personen", "politie"). pinned: the planner wants it whatever it is worth; shifts: only in these (empty = in
    any).
    """

    id: str
    place: int
    service: float
    prize: float
    windows: tuple[Window, ...] = ()
    needs: frozenset[str] = frozenset()
    pinned: bool = False
    shifts: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One team on one day: from `start` to `finish` (rows of the travel matrix) within [begin, end]."""

    id: str
    start: int
    finish: int
    begin: float
    end: float
    offers: frozenset[str] = frozenset()

    def takes(self, stop: Stop) -> bool:
        """Whether the team has what the visit needs, and the stop is not kept for other shifts."""
        return stop.needs <= self.offers and (not stop.shifts or self.id in stop.shifts)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """travel: (places, places) seconds, not necessarily symmetric. Raises ValueError on what cannot be meant: what is
    not a number, a place that is not there, one id for two things. What merely cannot be done (a window that ends
    before it begins, a shift of no length) is allowed: the plan says so.
    """

    stops: tuple[Stop, ...]
    shifts: tuple[Shift, ...]
    travel: Seconds

    def __post_init__(self) -> None:
        n = len(self.travel)
        if self.travel.shape != (n, n) or not np.isfinite(self.travel).all() or (self.travel < 0).any():
            raise ValueError("travel: expected a square matrix of finite, non-negative seconds")
        places = [stop.place for stop in self.stops] + [p for shift in self.shifts for p in (shift.start, shift.finish)]
        if any(not 0 <= place < n for place in places):
            raise ValueError(f"a place outside the travel matrix of {n} places")
        if len({stop.id for stop in self.stops}) < len(self.stops):
            raise ValueError("two stops with the same id")
        if len({shift.id for shift in self.shifts}) < len(self.shifts):
            raise ValueError("two shifts with the same id")
        if any(not _sane(stop.prize) or not _sane(stop.service) for stop in self.stops):
            raise ValueError("a stop with a negative or unknown prize or service time")
        moments = [m for stop in self.stops for window in stop.windows for m in (window.begin, window.end)]
        moments += [m for shift in self.shifts for m in (shift.begin, shift.end)]
        if not np.isfinite(moments).all():
            raise ValueError("a window or shift that begins or ends at an unknown moment")


def _sane(value: float) -> bool:
    return bool(np.isfinite(value)) and value >= 0


class Why(StrEnum):
    """Why a stop is not in the plan. The words for people are in the catalogue of texts."""

    GEEN_TEAM = "geen_team"  # no shift offers what the visit needs, or the pin names none
    GEEN_TIJD = "geen_tijd"  # its windows and the shifts do not meet
    TE_VER = "te_ver"  # even alone it does not fit in a shift
    PAST_NIET = "past_niet"  # pinned, and not with the other pins
    MINDER_WAARDE = "minder_waarde"  # others are worth more of the same hours


@dataclass(frozen=True, kw_only=True)
class Visit:
    """When one stop is reached, begun (after waiting for its window) and left."""

    stop: str
    arrival: float
    begin: float
    end: float


@dataclass(frozen=True, kw_only=True)
class Route:
    """The visits of one shift in order; departure from the start, back at the finish."""

    shift: str
    visits: tuple[Visit, ...]
    departure: float
    back: float


@dataclass(frozen=True, kw_only=True)
class Plan:
    """prize: the sum over the stops in it. left_out: every other stop, and why."""

    routes: tuple[Route, ...]
    left_out: tuple[tuple[str, Why], ...]
    prize: float
