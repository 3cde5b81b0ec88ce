"""A GeoPackage of roads as lines in RD with two speeds each (see speeds.py for what is recognised)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError

from features.errors import Refusal
from service.travel import speeds

RD = 28992
EXPECTED = "a layer of lines with rijrichtng and bst_code (NWB), or with highway or fclass (OpenStreetMap)"
OF_INTEREST = {
    "nwb": {"rijrichtng", "bst_code", "wegbehsrt", "maxshd"},
    "osm": {"highway", "fclass", "oneway", "maxspeed", "junction", "access", "motor_vehicle"},
}


@dataclass(frozen=True, kw_only=True)
class Roads:
    """coords: (v, 2) RD of all lines after each other; first: (lines + 1,) where each begins. along, against: km/h, 0 =
    not allowed. crossing: whether lines meet at any vertex they share (OSM), or at their ends alone (NWB).
    """

    coords: NDArray[np.float64]
    first: NDArray[np.int64]
    along: NDArray[np.float64]
    against: NDArray[np.float64]
    crossing: bool


def read(file: Path, layer: str = "") -> Roads:
    """The roads in `file` that a car may use. Raises Refusal when there are none that we understand."""
    try:
        name, kind, wanted = _layer(file, layer)
        frame = gpd.GeoDataFrame(pyogrio.read_dataframe(file, layer=name, columns=wanted))
    except (DataSourceError, OSError, ValueError) as fault:
        raise _refusal(file, type(fault).__name__) from None
    if frame.crs is None:
        raise _refusal(file, f"layer {name} without a coordinate reference system")
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    columns = frame.drop(columns=frame.geometry.name).rename(columns=str.lower)
    along, against = speeds.nwb(columns) if kind == "nwb" else speeds.osm(columns)
    drivable = (along > 0) | (against > 0)
    lines = frame.geometry[drivable].to_crs(RD).to_numpy()
    parts, line_of = shapely.get_parts(lines, return_index=True)
    straight = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    parts, line_of = parts[straight], line_of[straight]
    if not len(parts):
        raise _refusal(file, f"layer {name} without one road for cars")
    first = np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(parts))]).astype(np.int64)
    return Roads(
        coords=shapely.get_coordinates(parts),
        first=first,
        along=along[drivable][line_of],
        against=against[drivable][line_of],
        crossing=kind == "osm",
    )


def _layer(file: Path, asked: str) -> tuple[str, str, list[str]]:
    """(layer, kind, columns to read) of the layer asked for, or of the first that fits."""
    names = [str(name) for name, shape in pyogrio.list_layers(file) if shape is not None]
    for name in [asked] if asked in names else [] if asked else names:
        fields = [str(field) for field in pyogrio.read_info(file, layer=name)["fields"]]
        known = {field.lower() for field in fields}
        kind = "nwb" if {"rijrichtng", "bst_code"} <= known else "osm" if known & {"highway", "fclass"} else ""
        if kind:
            return name, kind, [field for field in fields if field.lower() in OF_INTEREST[kind]]
    raise _refusal(file, f"layers {', '.join(names) or 'none'}" + (f", asked for {asked}" if asked else ""))


def _refusal(file: Path, found: str) -> Refusal:
    return Refusal(f"[reistijd] bestand, {file}", found=found, expected=EXPECTED, do="export the roads again")
