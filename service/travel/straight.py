"""Straight line x detour: the default, which needs no file and no network.

Time is a rising, concave function of the distance as the crow flies, so it never breaks the triangle inequality: a stop
in between never makes a trip shorter. Each stretch of a trip has a detour factor and a speed of its own: one begins on
the yard and the lane, and ends up on the through road.

Detour factors. Long trips: the road is about 1.3 times the straight line (Wang, Bette, Schreckenberg and Guhr 2024,
arXiv 2406.06490, motorway networks; 1.34 from homes to the centre of European cities, doi:10.1177/23998083231168870).
Short trips wind more (ditches, canals, lanes that end), so the first kilometre has 1.5 and later stretches less: 1.34
over ten kilometres. In built-up areas streets are dense, and 1.3 holds from the start.

Speeds. Dutch limits are 30 or 50 within and 60 or 80 outside built-up areas; what is driven over a whole trip lies well
under the limit (junctions, bends, farm traffic). Chosen, not measured: a gemeente that has a road file uses that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from service.travel.contract import Points, Seconds, Times, checked

PARKING = 60.0  # s per trip: to find a place, stop, and walk to the door (chosen)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One part of a trip: up to `until` metres straight, the road is `detour` as long and goes at `kmh`."""

    until: float
    detour: float
    kmh: float

    @property
    def pace(self) -> float:
        """Seconds per metre straight."""
        return self.detour / (self.kmh / 3.6)


class Gebied(StrEnum):
    """What kind of roads lies between the places of a plan."""

    BUITENGEBIED = "buitengebied"
    BEBOUWD = "bebouwd"


STRETCHES: Mapping[Gebied, tuple[Stretch, ...]] = {
    Gebied.BUITENGEBIED: (
        Stretch(until=1_000, detour=1.5, kmh=30),  # yard, lane, road of the water board
        Stretch(until=5_000, detour=1.35, kmh=45),  # roads of 60
        Stretch(until=20_000, detour=1.3, kmh=60),  # roads of 80
        Stretch(until=np.inf, detour=1.25, kmh=75),  # provincial road and motorway
    ),
    Gebied.BEBOUWD: (
        Stretch(until=3_000, detour=1.3, kmh=20),  # streets of 30, junctions
        Stretch(until=10_000, detour=1.3, kmh=35),  # roads of 50
        Stretch(until=np.inf, detour=1.25, kmh=65),
    ),
}


class StraightLine:
    """See the module. parking: seconds added to every trip between different places."""

    def __init__(self, gebied: Gebied = Gebied.BUITENGEBIED, parking: float = PARKING) -> None:
        self._gebied, self._parking = gebied, parking

    @property
    def name(self) -> str:
        """As `Travel.name`."""
        return f"rechte lijn met omweg ({self._gebied})"

    def times(self, points: Points) -> Times:
        """As `Travel.times`."""
        return Times(seconds=self.seconds(points))

    def seconds(self, points: Points) -> Seconds:
        """As `Travel.seconds`."""
        found = checked(points)
        return self.over(np.hypot(*(found[:, None, axis] - found[None, :, axis] for axis in (0, 1))))

    def over(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Seconds over so many metres as the crow flies; 0 over 0."""
        total = np.where(metres > 0, self._parking, 0.0)
        begin = 0.0
        for part in STRETCHES[self._gebied]:
            total += np.clip(metres - begin, 0.0, part.until - begin) * part.pace
            begin = part.until
        return total
