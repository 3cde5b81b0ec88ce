"""What the planner knows of travel: points in, seconds out, and the name of what they were computed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 2), RD (EPSG:28992), metres
Seconds = NDArray[np.float64]  # (n, n), from row to column; 0 on the diagonal and between places at the same spot


@dataclass(frozen=True, kw_only=True)
class Times:
    """seconds: as `Seconds`. geschat: ordered pairs that no road joined and that were estimated by straight line."""

    seconds: Seconds
    geschat: int = 0


class Travel(Protocol):
    """Driving times by car, parking at each stop included."""

    @property
    def name(self) -> str:
        """Dutch, for people: what the plan says its times were computed with."""
        ...

    def times(self, points: Points) -> Times:
        """Raises ValueError on points that are not (n, 2) finite metres, TravelFault when there are no times."""
        ...

    def seconds(self, points: Points) -> Seconds:
        """The matrix alone: `times(points).seconds`."""
        ...


class TravelFault(Exception):
    """No travel times: the plan is not made. detail: Dutch, shown to the planner; no coordinates in it."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


def checked(points: Points) -> Points:
    """`points` as (n, 2) float64. Raises ValueError on another shape or on what is not finite."""
    found = np.asarray(points, dtype=np.float64)
    if found.ndim != 2 or found.shape[1] != 2 or not np.isfinite(found).all():
        raise ValueError("points: expected (n, 2) finite metres in RD")
    return found
