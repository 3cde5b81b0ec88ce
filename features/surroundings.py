"""The map layers seen from each address: inside or outside, and how far to the nearest."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from features.landing import OMGEVING

FAR = 50_000.0  # metres: beyond this a distance says nothing more


def surroundings(x: np.ndarray, y: np.ndarray, layers: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per address in the columns of OMGEVING.

    x, y: RD metres, length n. layers: name -> frame with `geometry` (shapely) and, for agrarisch_erf, `status`.
    A layer that is absent gives NaN; an empty one gives "outside" (and a distance of FAR).
    """
    points = shapely.points(x, y)
    found = {name: np.full(len(points), np.nan) for name in OMGEVING.columns}
    for name, inside, distance in (
        ("bebouwde_kom", "buitengebied", "afstand_kom"),
        ("recreatiepark", "recreatiepark", "afstand_recreatiepark"),
        ("bedrijventerrein", "bedrijventerrein", "afstand_bedrijventerrein"),
        ("jachthaven", "", "afstand_jachthaven"),
        ("hoofdweg", "", "afstand_hoofdweg"),
        ("landsgrens", "", "afstand_landsgrens"),
    ):
        if name in layers:
            metres = distances(points, layers[name]["geometry"].to_numpy(dtype=object))
            found[distance] = metres
            if inside:
                found[inside] = (metres == 0).astype("float64")
    if "bebouwde_kom" in layers:
        found["buitengebied"] = 1.0 - found["buitengebied"]
    if "agrarisch_erf" in layers:
        found["erf"] = yards(points, layers["agrarisch_erf"])
    return pd.DataFrame(found)


def distances(points: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Metres from each point to the nearest shape, 0 inside; at most FAR.

    Outlines are cut into pieces of two corners first: the nearest piece is found by the tree, however long the border.
    """
    metres = np.full(len(points), FAR)
    if len(shapes):
        outline = pieces(shapes)
        nearest = outline[shapely.STRtree(outline).nearest(points)]
        metres = np.minimum(shapely.distance(points, nearest), FAR)
        inside, _ = shapely.STRtree(shapes).query(points, predicate="intersects")
        metres[inside] = 0.0
    return metres


def pieces(shapes: np.ndarray) -> np.ndarray:
    """The outlines of areas and the lines, cut at every corner; points as they are."""
    parts = shapely.get_parts(shapes)
    areas = shapely.get_dimensions(parts) == 2
    lines = shapely.get_parts(np.append(shapely.boundary(parts[areas]), parts[shapely.get_dimensions(parts) == 1]))
    corners, line = shapely.get_coordinates(lines, return_index=True)
    pairs = np.stack([corners[:-1], corners[1:]], axis=1)[line[:-1] == line[1:]]
    return np.append(shapely.linestrings(pairs), parts[shapely.get_dimensions(parts) == 0])


def yards(points: np.ndarray, erven: pd.DataFrame) -> np.ndarray:
    """1 on a farmyard in use, 2 on a vacated one (where both overlap: in use), 0 on none."""
    kind = np.zeros(len(points))
    if len(erven):
        row, yard = shapely.STRtree(erven["geometry"].to_numpy(dtype=object)).query(points, predicate="intersects")
        vacated = (erven["status"].astype("str") == "vrijgekomen").to_numpy(dtype=bool)[yard]
        kind[row[vacated]] = 2.0
        kind[row[~vacated]] = 1.0
    return kind
