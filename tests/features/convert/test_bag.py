"""Kadaster BAG 2.0 XML into bag-light.gpkg."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import fromstring

import geopandas as gpd
import pyogrio
import pytest

from features.check import check
from features.convert import convert_bag
from features.convert.gml import shape
from features.delivery import Delivery
from features.errors import Refusal
from tests.features.official import official

GML = 'xmlns:gml="http://www.opengis.net/gml/3.2"'


def layer(path: Path, name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(path, layer=name).set_index("identificatie")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = official("bag_xml_extract", "BAGNLDL-15092020-small.zip")
    target = tmp_path_factory.mktemp("bag") / "bag" / "bag-light.gpkg"
    report = convert_bag(source, target)
    assert report.read == {"VBO": 5, "PND": 6, "NUM": 14, "OPR": 201, "WPL": 1, "LIG": 2, "STA": 2}
    assert report.written == {"verblijfsobject": 2, "pand": 2, "ligplaats": 2, "standplaats": 2, "woonplaats": 1}
    return target


def test_the_occurrence_that_stands_is_kept(converted: Path) -> None:
    # 0221010000330226 has four occurrences; the fourth (from 2019-11-19) has no end.
    assert layer(converted, "verblijfsobject").loc["0221010000330226", "status"] == "Verbouwing verblijfsobject"


def test_address_town_and_pand_are_joined(converted: Path) -> None:
    home = layer(converted, "verblijfsobject").loc["0221010000330226"]
    assert home["openbare_ruimte_naam"] == "Kosterstraat"
    assert (home["huisnummer"], home["postcode"], home["woonplaats_naam"]) == (4, "6981CH", "Doesburg")
    assert (home["bouwjaar"], home["pandstatus"], home["bronhouder_identificatie"]) == (1585, "Pand in gebruik", "0221")
    assert not home["geometry"].has_z
    pand = layer(converted, "pand").loc["0221100000312938"]
    assert (pand["aantal_verblijfsobjecten"], pand["oppervlakte_max"]) == (1, 223)


def test_the_reader_takes_it(converted: Path) -> None:
    report = check(Delivery.open(converted.parents[1]), b"key").ingest
    assert all(t.read == t.used for t in report.tables)
    # One dwelling, two berths and two pitches; 0221010000330999 has only an "overige gebruiksfunctie".
    assert report.adressen == {"0221": 5}


def test_a_whole_gemeente_of_panden(tmp_path: Path) -> None:
    target = tmp_path / "bag-light.gpkg"
    report = convert_bag(official("bag_xml_extract", "0221PND15092020.zip"), target)
    assert report.read == {"PND": 13098}
    assert report.written["pand"] + sum(report.skipped.values()) == 13098
    assert pyogrio.read_info(target, layer="pand")["crs"] == "EPSG:28992"
    assert layer(target, "pand").geometry.area.min() > 0


def test_holes_and_height() -> None:
    square = "0 0 5 4 0 5 4 4 5 0 4 5 0 0 5"
    hole = "1 1 5 2 1 5 2 2 5 1 1 5"
    text = f"""<x {GML}><gml:Polygon srsDimension="3"><gml:exterior><gml:LinearRing><gml:posList>{square}</gml:posList>
    </gml:LinearRing></gml:exterior><gml:interior><gml:LinearRing><gml:posList>{hole}</gml:posList></gml:LinearRing>
    </gml:interior></gml:Polygon></x>"""
    found = shape(fromstring(text))
    assert found is not None
    assert found.area == 16 - 0.5  # a square of 4 x 4 less half a square metre
    assert not found.has_z


def test_what_is_no_extract_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "leeg.zip", "w") as archive:
        archive.writestr("lees.txt", "niets")
    with pytest.raises(Refusal, match="no BAG objects"):
        convert_bag(tmp_path / "leeg.zip", tmp_path / "uit.gpkg")
    (tmp_path / "half.zip").write_bytes((tmp_path / "leeg.zip").read_bytes()[:20])
    with pytest.raises(Refusal, match="damaged zip"):
        convert_bag(tmp_path / "half.zip", tmp_path / "uit.gpkg")
    with zipfile.ZipFile(tmp_path / "stuk.zip", "w") as archive:
        archive.writestr("0221PND15092020-000001.xml", "<stand><bagObject>")
    with pytest.raises(Refusal, match="damaged XML"):
        convert_bag(tmp_path / "stuk.zip", tmp_path / "uit.gpkg")
    with pytest.raises(Refusal, match="no such file"):
        convert_bag(tmp_path / "niets.zip", tmp_path / "uit.gpkg")
    assert not (tmp_path / "uit.gpkg").exists()
