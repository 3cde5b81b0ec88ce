"""The surroundings: how remote, how near to what, and how many neighbours would notice."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from features.landing import Sources
from features.per_address import Floats

AS_THEY_ARE = (
    "buitengebied", "afstand_kom", "recreatiepark", "bedrijventerrein", "afstand_recreatiepark",
    "afstand_bedrijventerrein", "afstand_jachthaven", "afstand_hoofdweg", "afstand_landsgrens",
)  # fmt: skip


def omgeving(sources: Sources) -> pd.DataFrame:
    """n x k. Without map layers only the neighbours are counted (the table fills the rest with NaN)."""
    columns: dict[str, Floats] = {}
    layers = sources.omgeving
    if layers is not None:
        columns |= {name: layers[name].to_numpy() for name in AS_THEY_ARE}
        erf = layers["erf"].to_numpy()
        columns["vrijgekomen_erf"] = np.where(np.isnan(erf), np.nan, erf == 2)
        columns["agrarisch_erf"] = np.where(np.isnan(erf), np.nan, erf == 1)
    columns["buren_100"] = neighbours(sources.adressen, 100.0)
    columns["buren_500"] = neighbours(sources.adressen, 500.0)
    return pd.DataFrame(columns, index=range(sources.size))


def neighbours(adressen: pd.DataFrame, metres: float) -> Floats:
    """Other dwellings within so many metres in a straight line (RD); NaN where the place is unknown."""
    places = adressen[["x", "y"]].to_numpy()
    placed = ~np.isnan(places).any(axis=1)
    counted = placed & adressen["gescoord"].to_numpy(dtype=bool)
    result = np.full(len(adressen), np.nan)
    if counted.any():
        found = cKDTree(places[counted]).query_ball_point(places[placed], metres, return_length=True)
        result[placed] = found - counted[placed]
    return result
