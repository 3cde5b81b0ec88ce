"""Writes bag-light.gpkg, columns from the BAG's own declaration."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from features.sources import bag
from synthetic.surroundings import rectangles
from synthetic.world import World
from synthetic.writers.geopackage import RD, append


def write(world: World, path: Path) -> None:
    """Write this gemeente's objects to `path`."""
    objects = _objects(world)
    for table in bag.TABLES:
        frame = _geometry(world, table.name, objects)
        columns = [c.name for c in table.columns]
        append(frame[[*columns, frame.geometry.name]], path, table.name)


def _objects(world: World) -> pd.DataFrame:
    """All addresses with the columns of the file."""
    town = world.town
    a = town.adressen
    pand = a["pand"].to_numpy()
    of_pand = town.panden[["identificatie", "status"]].iloc[np.maximum(pand, 0)].reset_index(drop=True)
    text = {name: a[name].where(a[name] != "", None) for name in ("huisletter", "toevoeging")}
    return pd.DataFrame(
        {
            "identificatie": a["identificatie"],
            "oppervlakte": a["oppervlakte"],
            "status": a["status"],
            "gebruiksdoel": a["gebruiksdoel"],
            "openbare_ruimte_naam": a["straat"],
            "huisnummer": a["huisnummer"].astype("int32"),
            **text,
            "postcode": a["postcode"],
            "woonplaats_naam": a["woonplaats"],
            "bouwjaar": a["bouwjaar"].astype("int32"),
            "pand_identificatie": of_pand["identificatie"],
            "pandstatus": of_pand["status"],
            "nummeraanduiding_hoofdadres_identificatie": a["nummeraanduiding"],
            "openbare_ruimte_identificatie": a["openbare_ruimte"],
            "woonplaats_identificatie": a["woonplaats_identificatie"],
            "bronhouder_identificatie": world.params.gemeente,
            "soort": a["soort"],
            "x": a["x"],
            "y": a["y"],
        }
    )


def _geometry(world: World, table: str, objects: pd.DataFrame) -> gpd.GeoDataFrame:
    if table == "pand":
        return _panden(world)
    if table == "woonplaats":
        places = world.town.woonplaatsen
        return places.assign(status="Woonplaats aangewezen", bronhouder_identificatie=world.params.gemeente)
    chosen = objects[objects["soort"] == table]
    x, y = chosen["x"].to_numpy(), chosen["y"].to_numpy()
    points = table == "verblijfsobject"
    shape = shapely.points(x, y) if points else rectangles(x, y, np.full(len(x), 110.0))
    return gpd.GeoDataFrame(chosen, geometry=shape, crs=RD)


def _panden(world: World) -> gpd.GeoDataFrame:
    panden, a = world.town.panden, world.town.adressen
    area = a[a["pand"] >= 0].groupby("pand")["oppervlakte"].agg(["min", "max"]).reindex(range(len(panden)))
    return panden.assign(
        oppervlakte_min=area["min"].to_numpy(),
        oppervlakte_max=area["max"].to_numpy(),
        bouwjaar=panden["bouwjaar"].astype("int32"),
    )
