"""GeoPackages of which the same content gives the same bytes, and several of which can be joined to one."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pyogrio

RD = "EPSG:28992"
STAMP = {"OGR_CURRENT_DATE": "2026-10-01T00:00:00.000Z"}  # else the time of writing is in the file


def append(frame: gpd.GeoDataFrame, path: Path, layer: str) -> None:
    """Write `frame` as a layer of `path`, behind what stands there already. Geometry column `geom`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    there = path.exists() and layer in {name for name, _ in pyogrio.list_layers(path)}
    pyogrio.set_gdal_config_options(STAMP)
    pyogrio.write_dataframe(
        frame.rename_geometry("geom"), path, layer=layer, driver="GPKG", append=there, use_arrow=True
    )


def join(part: Path, whole: Path) -> None:
    """Move `part` to `whole`, or add its layers to it; `part` is gone afterwards."""
    whole.parent.mkdir(parents=True, exist_ok=True)
    if not whole.exists():
        part.rename(whole)
        return
    pyogrio.set_gdal_config_options(STAMP)
    for layer, geometry in pyogrio.list_layers(part):
        meta, table = pyogrio.read_arrow(part, layer=layer)
        if len(table):
            table = table.drop_columns([c for c in (meta["fid_column"],) if c and c in table.column_names])
            name = meta["geometry_name"] or "wkb_geometry"
            pyogrio.write_arrow(
                table,
                whole,
                layer=layer,
                driver="GPKG",
                append=True,
                geometry_name=name,
                geometry_type=geometry,
                crs=RD,
            )
    part.unlink()
