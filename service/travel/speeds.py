"""How fast a car goes on each kind of road, in km/h over a whole trip: what a road file tells, made into numbers.

Two files are understood, by the columns of their line layer (names in any case):
NWB  `rijrichtng` and `bst_code` (Nationaal Wegenbestand, docs.ndw.nu, "NWB-wegen"): rijrichtng H = along the line,
     T = against it, anything else = both; `wegbehsrt` R P W G T; a limit in `maxshd` when the WKD was joined to it.
OSM  `highway` (OpenStreetMap's own tags) or `fclass` (Geofabrik's extract), with `oneway`, `maxspeed`, `junction`,
     `access` when they are there: oneway yes, true, 1, F = along the line; -1, T = against it.

Speeds are chosen, from the limit of such roads less what junctions, bends and farm traffic take, as OSRM's car profile
does. Where a limit is known, `OF_LIMIT` of it is driven.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Kmh = NDArray[np.float64]

OF_LIMIT = 0.8  # share of the limit that is driven over a whole trip
BELONGS = {
    "R": 90.0,
    "P": 62.0,
    "W": 48.0,
    "G": 36.0,
    "T": 22.0,
}  # NWB wegbehsrt: state, province, water board, gemeente
SLIP = {"AFR", "OPR", "PST", "VBD", "VBI", "VBK", "VBR", "VBS", "VBW"}  # NWB bst_code: on, off and between motorways
SLIP_KMH = 60.0
# NWB bst_code without cars: cycle, foot and bridle paths, bus and tram lanes, emergency gaps, ferries, aviation.
NO_CARS = {"FP", "VP", "VZ", "RP", "BU", "OVB", "CADO", "VD", "VV"}
HIGHWAY: Mapping[str, float] = {
    "motorway": 95,
    "motorway_link": 60,
    "trunk": 80,
    "trunk_link": 55,
    "primary": 60,
    "primary_link": 45,
    "secondary": 55,
    "secondary_link": 45,
    "tertiary": 45,
    "tertiary_link": 40,
    "unclassified": 42,
    "residential": 25,
    "living_street": 12,
    "service": 15,
    "track": 12,
    "track_grade1": 18,
    "track_grade2": 15,
    "road": 30,
}
ALWAYS_ONEWAY = {"motorway", "motorway_link"}
MOST, LEAST = 110.0, 5.0


def nwb(columns: pd.DataFrame) -> tuple[Kmh, Kmh]:
    """km/h along each line and against it; 0 = not allowed. columns: names in lower case."""
    kind = _words(columns, "bst_code").str.upper()
    speed = _words(columns, "wegbehsrt").str.upper().map(BELONGS).fillna(BELONGS["G"]).to_numpy(float)
    speed = np.where(kind.isin(SLIP), SLIP_KMH, speed)
    limit = _number(columns, "maxshd")
    speed = np.where(limit > 0, np.clip(limit * OF_LIMIT, LEAST, MOST), speed)
    speed = np.where(kind.isin(NO_CARS), 0.0, speed)
    way = _words(columns, "rijrichtng").str.upper()
    return np.where(way == "T", 0.0, speed), np.where(way == "H", 0.0, speed)


def osm(columns: pd.DataFrame) -> tuple[Kmh, Kmh]:
    """As `nwb`."""
    kind = _words(columns, "highway" if "highway" in columns else "fclass").str.lower()
    speed = kind.map(HIGHWAY).fillna(0.0).to_numpy(float)
    limit = _number(columns, "maxspeed")
    speed = np.where((limit > 0) & (speed > 0), np.clip(limit * OF_LIMIT, LEAST, MOST), speed)
    barred = _words(columns, "access").str.lower().isin({"no"}) | _words(columns, "motor_vehicle").str.lower().eq("no")
    speed = np.where(barred, 0.0, speed)
    way = _words(columns, "oneway").str.lower()
    round_ = _words(columns, "junction").str.lower().eq("roundabout")
    along = way.isin({"yes", "true", "1", "f"}) | (
        (round_ | kind.isin(ALWAYS_ONEWAY)) & ~way.isin({"no", "-1", "t", "b"})
    )
    against = way.isin({"-1", "t"})
    return np.where(against, 0.0, speed), np.where(along, 0.0, speed)


def _words(columns: pd.DataFrame, name: str) -> pd.Series:
    if name not in columns:
        return pd.Series("", index=columns.index, dtype=object)
    return columns[name].astype(object).where(columns[name].notna(), "").astype(str).str.strip()


def _number(columns: pd.DataFrame, name: str) -> Kmh:
    """The first whole number of the text ("60", "60 km/h", 60.0), 0 without one."""
    found = _words(columns, name).str.extract(r"^(\d{1,3})\b", expand=False)
    return pd.to_numeric(found, errors="coerce").fillna(0.0).to_numpy(float)
