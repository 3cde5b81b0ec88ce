"""RD to the coordinate system a client asks for (NL API Design Rules, geo module: CRS84 unless asked otherwise)."""

from __future__ import annotations

from functools import cache

from pyproj import Transformer

from service.schemas import Crs, Point

METRES, DEGREES = 1, 6  # decimals: 0.1 m either way


def point(x: float | None, y: float | None, crs: Crs) -> Point | None:
    """RD metres as a GeoJSON point in `crs`; None when the place is unknown."""
    if x is None or y is None:
        return None
    if crs is Crs.RD:
        return Point(coordinates=(round(x, METRES), round(y, METRES)))
    longitude, latitude = _to_crs84().transform(x, y)
    return Point(coordinates=(round(longitude, DEGREES), round(latitude, DEGREES)))


@cache
def _to_crs84() -> Transformer:
    return Transformer.from_crs("EPSG:28992", "OGC:CRS84", always_xy=True)
