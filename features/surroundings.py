"""The map layers seen from each address: inside or outside, and how far to the nearest."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from features.landing import OMGEVING

FAR = 50_000.0  # metres: beyond this a distance says nothing more, and the search stops


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
    """Metres from each point to the nearest shape, 0 inside; at most FAR."""
    metres = np.full(len(points), FAR)
    if len(shapes):
        (row, _), length = shapely.STRtree(shapes).query_nearest(
            points, max_distance=FAR, return_distance=True, all_matches=False
        )
        metres[row] = length
    return metres


def yards(points: np.ndarray, erven: pd.DataFrame) -> np.ndarray:
    """1 on a farmyard in use, 2 on a vacated one (where both overlap: in use), 0 on none."""
    kind = np.zeros(len(points))
    if len(erven):
        row, yard = shapely.STRtree(erven["geometry"].to_numpy(dtype=object)).query(points, predicate="intersects")
        vacated = (erven["status"].astype("str") == "vrijgekomen").to_numpy(dtype=bool)[yard]
        kind[row[vacated]] = 2.0
        kind[row[~vacated]] = 1.0
    return kind
