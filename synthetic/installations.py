"""How each home is heated, what lies on its roof, and whose meter serves it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd


def heating(out: pd.DataFrame, layout: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """Heat networks by street, heat pumps in new homes and in some old ones, no gas main at some farms and boats."""
    n = len(out)
    network = (rng.random(int(layout["street"].max()) + 1) < 0.035)[layout["street"]] & (
        out["zone"] == "kern"
    ).to_numpy()
    pump = rng.random(n) < np.where(out["bouwjaar"] >= 2018, 0.7, np.where(out["bouwjaar"] >= 2005, 0.08, 0.025))
    other = rng.random(n) < np.where(
        out["soort"] != "verblijfsobject", 0.5, np.where(out["zone"] == "buitengebied", 0.10, 0.012)
    )
    other |= (out["type"] == "recreatiewoning").to_numpy() & (rng.random(n) < 0.3)
    return np.where(network, "warmtenet", np.where(pump, "warmtepomp", np.where(other, "overig", "gas")))


def panels(out: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Solar panels, kWp."""
    share = (
        out["type"]
        .map(
            {
                "appartement": 0.05,
                "tussenwoning": 0.34,
                "hoekwoning": 0.38,
                "twee_onder_een_kap": 0.44,
                "vrijstaand": 0.46,
                "boerderij": 0.5,
                "bedrijfswoning": 0.4,
            }
        )
        .fillna(0.06)
        .to_numpy()
    )
    size = rng.gamma(6.0, 0.62, len(out)) * np.where(out["type"] == "boerderij", 2.2, 1.0)
    return np.where(rng.random(len(out)) < share, np.round(size, 1), 0.0)


def meters(
    out: pd.DataFrame, kind: npt.NDArray[np.str_], layout: pd.DataFrame, rng: np.random.Generator
) -> npt.NDArray[np.int32]:
    """Whose meter serves an address: its own, the first of its block (one connection for several), or none (parks)."""
    own = np.arange(len(out))
    first = own - layout["rank"].to_numpy()
    shares = np.isin(kind, ["boven_winkel"]) & (rng.random(int(layout["block"].max()) + 1) < 0.2)[layout["block"]]
    park = (out["zone"] == "recreatiepark").to_numpy()
    central = park & (rng.random(int(layout["place"].max()) + 1) < 0.35)[layout["place"]]
    lone = rng.random(len(out)) < np.where(park, 0.06, 0.004)
    return np.where(central | lone, -1, np.where(shares, first, own)).astype(np.int32)
