"""The maps carry the layers and columns of their declarations."""

from pathlib import Path

import pyogrio

from features.sources import bag as bag_declared
from features.sources import omgeving as omgeving_declared
from synthetic.world import World
from synthetic.writers import bag, geopackage, omgeving


def test_layers_and_columns_are_the_declared_ones(made: World, tmp_path: Path) -> None:
    for writer, tables in ((bag, bag_declared.TABLES), (omgeving, omgeving_declared.TABLES)):
        path = tmp_path / f"{writer.__name__}.gpkg"
        writer.write(made, path)
        assert {name for name, _ in pyogrio.list_layers(path)} == {t.layer for t in tables}
        for table in tables:
            info = pyogrio.read_info(path, layer=table.layer)
            assert list(info["fields"]) == [c.name for c in table.columns]
            assert info["geometry_name"] == "geom"
            assert info["crs"] == "EPSG:28992"


def test_all_objects_are_written(made: World, tmp_path: Path) -> None:
    bag.write(made, tmp_path / "bag.gpkg")
    count = {
        t: pyogrio.read_info(tmp_path / "bag.gpkg", layer=t)["features"]
        for t in ("verblijfsobject", "ligplaats", "standplaats", "pand")
    }
    soort = made.town.adressen["soort"].value_counts()
    assert count == {**soort.to_dict(), "pand": len(made.town.panden)}


def test_joining_adds_rows_and_removes_the_part(made: World, tmp_path: Path) -> None:
    for name in ("a", "b"):
        omgeving.write(made, tmp_path / f"{name}.gpkg")
        geopackage.join(tmp_path / f"{name}.gpkg", tmp_path / "whole.gpkg")
    once = len(made.town.lagen["agrarisch_erf"])
    assert pyogrio.read_info(tmp_path / "whole.gpkg", layer="agrarisch_erf")["features"] == 2 * once
    assert not (tmp_path / "b.gpkg").exists()
