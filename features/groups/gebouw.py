"""The building: what it is, how large and old, what else is in it, and what stands beside it without an address."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from features.landing import Sources
from features.peers import HOLIDAY, dwellings_in_pand, kinds
from features.per_address import Floats

YARD = 50.0  # metres from the dwelling within which a building without address is on its plot


def gebouw(sources: Sources) -> pd.DataFrame:
    """n x k. Without panden the columns that need them are left out (the table fills them with NaN)."""
    adressen = sources.adressen
    kind = kinds(sources)
    use = adressen["gebruiksdoel"].astype("category")
    purposes = use.cat.categories.astype("str").str.count(",") + 1
    status = adressen["status"].astype("str").str.lower()
    columns = {
        "woningtype": kind.astype(np.float64),
        "logies": (kind == HOLIDAY).astype(np.float64),
        "gemengd_gebruik": (np.append(purposes, 1)[use.cat.codes.to_numpy()] > 1).astype(np.float64),
        "oppervlakte": adressen["oppervlakte"].to_numpy(),
        "leeftijd": np.maximum(sources.as_of.year - adressen["bouwjaar"].to_numpy(), 0.0),
        "in_verbouwing": status.str.contains("verbouwing", regex=False).to_numpy(dtype=float),
        "nog_niet_in_gebruik": status.str.contains("gevormd|niet in gebruik|gebouwd").to_numpy(dtype=float),
        "woningen_in_pand": dwellings_in_pand(adressen).astype(np.float64),
    }
    if sources.panden is not None:
        columns["gebouwen_zonder_adres"] = _outbuildings(adressen, sources.panden)
    return pd.DataFrame(columns, index=range(sources.size))


def _outbuildings(adressen: pd.DataFrame, panden: pd.DataFrame) -> Floats:
    """Buildings without any address within fifty metres; NaN where the dwelling has no place."""
    bare = panden[(panden["aantal_verblijfsobjecten"] == 0).to_numpy()][["x", "y"]].to_numpy()
    bare = bare[~np.isnan(bare).any(axis=1)]
    places = adressen[["x", "y"]].to_numpy()
    placed = ~np.isnan(places).any(axis=1)
    result = np.where(placed, 0.0, np.nan)
    if len(bare):
        result[placed] = cKDTree(bare).query_ball_point(places[placed], YARD, return_length=True)
    return result
