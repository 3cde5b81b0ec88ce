"""Shapes of a BAG extract: GML 3.2 of two or three dimensions into shapely, height left out."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import numpy as np
import shapely

GML = "{http://www.opengis.net/gml/3.2}"


def shape(element: Element) -> shapely.Geometry | None:
    """The point, polygon or multipolygon under an element; None when there is none."""
    point = element.find(f".//{GML}Point")
    polygons = [_polygon(p) for p in element.iter(f"{GML}Polygon")]
    if point is not None and not polygons:
        return shapely.Point(_numbers(point.find(f"{GML}pos"), _dimension(point))[0])
    if len(polygons) > 1:
        return shapely.MultiPolygon(polygons)
    return polygons[0] if polygons else None


def _polygon(element: Element) -> shapely.Polygon:
    dimension = _dimension(element)
    rings = [_numbers(ring, dimension) for ring in element.iter(f"{GML}posList")]
    return shapely.Polygon(rings[0], rings[1:])


def _dimension(element: Element) -> int:
    return int(element.get("srsDimension", "2"))


def _numbers(element: Element | None, dimension: int) -> np.ndarray:
    """n x 2 coordinates."""
    text = "" if element is None else element.text or ""
    return np.array(text.split(), dtype="float64").reshape(-1, dimension)[:, :2]
