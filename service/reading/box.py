"""A rectangle on the map as a filter (`bbox` of the API), in CRS84 degrees or RD metres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

MARGIN = 50.0  # metres around the rectangle's own in RD: its sides are not straight there
_SIDES = 9  # points along each side by which it is put in RD


@dataclass(frozen=True, kw_only=True)
class Box:
    """West, south, east, north. rd: in RD metres, else in degrees (OGC:CRS84)."""

    west: float
    south: float
    east: float
    north: float
    rd: bool


def inside(box: Box, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which RD points lie in the rectangle, its sides included."""
    if box.rd:
        return (x >= box.west) & (x <= box.east) & (y >= box.south) & (y <= box.north)
    found = np.zeros(len(x), dtype=bool)
    west, south, east, north = _around(box)
    near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    longitude, latitude = _transformer().transform(x[near], y[near])
    found[near] = (longitude >= box.west) & (longitude <= box.east) & (latitude >= box.south) & (latitude <= box.north)
    return found


def _around(box: Box) -> tuple[float, float, float, float]:
    along = np.linspace(0, 1, _SIDES)
    longitude, latitude = box.west + along * (box.east - box.west), box.south + along * (box.north - box.south)
    corners = np.meshgrid(longitude, latitude)
    x, y = _transformer().transform(corners[0].ravel(), corners[1].ravel(), direction="INVERSE")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return -np.inf, -np.inf, np.inf, np.inf
    return x.min() - MARGIN, y.min() - MARGIN, x.max() + MARGIN, y.max() + MARGIN


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:28992", "OGC:CRS84", always_xy=True)
