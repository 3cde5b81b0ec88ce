"""Files that cannot be used: each is refused with place, found, expected and what to do, and nothing is written."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from features.delivery import Delivery
from features.errors import Refusal
from features.ingest import ingest
from tests.features import deliveries
from tests.features.deliveries import IDS, ground, objects, write_bag, write_csv, write_delivery

KEY = b"a key for tests"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_delivery(tmp_path_factory.mktemp("whole") / "levering")


@pytest.fixture
def levering(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "levering"))


def refused(folder: Path) -> Refusal:
    """The refusal of a delivery; the landing is not there afterwards, nor anything half-made."""
    out = folder.parent / "landing"
    with pytest.raises(Refusal) as caught:
        ingest(Delivery.open(folder), out, key=KEY)
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]
    refusal = caught.value
    assert all((refusal.place, refusal.found, refusal.expected, refusal.do))
    return refusal


def replace_text(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"nergens: found no such folder; expected a delivery folder; what to do: check"):
        Delivery.open(tmp_path / "nergens")


def test_a_folder_without_registers(tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_bytes(b"x")
    with pytest.raises(Refusal, match=r"found foto\.jpg; expected registers in the places of docs"):
        Delivery.open(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('gemeenten = ["0175"]', 'gemeenten = ["175"]', "levering.toml, [levering] gemeenten"),
        ("peildatum = 2026-10-01", 'peildatum = "vandaag"', "levering.toml, [levering] peildatum"),
        ("[bron.bag]", "[bron.gba]", "levering.toml, [bron.gba]"),
        ('["spookbewoning"', '["opsporing"', "levering.toml, [bron.brp] doel"),
        ("bewaartermijn_maanden = 12", "bewaartermijn_maanden = -1", "levering.toml, [bron.brp] bewaartermijn_maanden"),
        ("[levering]", "[levering", "levering.toml"),
    ],
)
def test_a_levering_toml_that_is_wrong(levering: Path, old: str, new: str, place: str) -> None:
    replace_text(levering / "levering.toml", old, new)
    assert refused(levering).place == place


def test_no_levering_toml(levering: Path) -> None:
    (levering / "levering.toml").unlink()
    assert refused(levering).place.endswith("levering.toml")


@pytest.mark.parametrize("source", ["brp", "bag"])
def test_a_required_source_without_ground(levering: Path, source: str) -> None:
    others = [s for s in deliveries.SOURCES if s != source]
    (levering / "levering.toml").write_text(ground(*others), encoding="utf-8")
    refusal = refused(levering)
    assert refusal.place == f"levering.toml, [bron.{source}]"
    assert refusal.found == "no grondslag, or no doel"


@pytest.mark.parametrize("source", ["brp", "bag"])
def test_a_required_source_that_is_absent(levering: Path, source: str) -> None:
    shutil.rmtree(levering / source)
    refusal = refused(levering)
    assert refusal.place.endswith(source)
    assert refusal.found == "no file"


def test_a_missing_column_names_the_nearest(levering: Path) -> None:
    replace_text(levering / "vastgoed/woz.csv", "vastgestelde_waarde", "vastgesteldewaarde")
    refusal = refused(levering)
    assert refusal.place == "vastgoed/woz.csv, column vastgestelde_waarde"
    assert "nearest is vastgesteldewaarde" in refusal.found


def test_a_column_twice(levering: Path) -> None:
    replace_text(levering / "vastgoed/woz.csv", "gebruiker_type", "gebruikscode")
    assert refused(levering).found == "column gebruikscode twice"


def test_another_encoding(levering: Path) -> None:
    (levering / "signalen/signalen.csv").write_bytes(
        (levering / "signalen/signalen.csv").read_text().replace("s1", "één").encode("latin-1")
    )
    refusal = refused(levering)
    assert refusal.place == "signalen/signalen.csv"
    assert "UTF-8" in refusal.expected


def test_an_empty_file(levering: Path) -> None:
    (levering / "signalen/signalen.csv").write_text("")
    assert refused(levering).found == "an empty file"


def test_a_brp_of_a_header_alone(levering: Path) -> None:
    path = levering / "brp/persoonslijsten.csv"
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert refused(levering).found == "a header without rows"


def test_a_quotation_mark_that_is_not_closed_swallows_no_rows(levering: Path) -> None:
    replace_text(levering / "vastgoed/woz.csv", ";10;2024", ';"10;2024')
    refusal = refused(levering)
    assert refusal.place == "vastgoed/woz.csv"
    assert refusal.found.startswith("3 lines but 1 rows")  # the header; the mark opens a value that never ends


def truncate_gz(folder: Path) -> str:
    path = folder / "energie/jaarafname.csv"
    rows = [deliveries.year_row(n, 1 + n % 2) for n in range(5000)]
    packed = gzip.compress(write_csv(path, rows).read_bytes())
    path.unlink()
    path.with_suffix(".csv.gz").write_bytes(packed[: len(packed) // 2])
    return "energie/jaarafname.csv.gz"


def truncate_parquet(folder: Path) -> str:
    path = folder / "vastgoed/woz.csv"
    frame = pd.read_csv(path, sep=";", dtype="str")
    path.unlink()
    frame.to_parquet(path.with_suffix(".parquet"))
    whole = path.with_suffix(".parquet").read_bytes()
    path.with_suffix(".parquet").write_bytes(whole[: len(whole) // 2])
    return "vastgoed/woz.parquet"


def truncate_gpkg(folder: Path) -> str:
    path = folder / "bag/bag-light.gpkg"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    return "bag/bag-light.gpkg"


def truncate_map(folder: Path) -> str:
    path = folder / "omgeving/omgeving.gpkg"
    path.write_bytes(path.read_bytes()[:100])
    return "omgeving/omgeving.gpkg"


@pytest.mark.parametrize("truncate", [truncate_gz, truncate_parquet, truncate_gpkg, truncate_map])
def test_a_file_that_breaks_off(levering: Path, truncate: Callable[[Path], str]) -> None:
    name = truncate(levering)
    refusal = refused(levering)
    assert refusal.place.startswith(name)
    assert refusal.found.startswith("a file that breaks off")


def test_an_identifier_that_was_stored_as_a_number(levering: Path) -> None:
    path = levering / "vastgoed/woz.csv"
    frame = pd.read_csv(path, sep=";")  # reads identifiers as numbers, as a careless export does
    path.unlink()
    frame.to_parquet(path.with_suffix(".parquet"))
    refusal = refused(levering)
    assert refusal.place == "vastgoed/woz.parquet, column wozobjectnummer"
    assert "leading zeros" in refusal.expected


def test_coordinates_in_another_system(levering: Path) -> None:
    write_bag(levering, objects().to_crs("EPSG:4326"))
    refusal = refused(levering)
    assert refusal.place == "bag/bag-light.gpkg, layer verblijfsobject"
    assert "EPSG:4326" in refusal.found
    assert "EPSG:28992" in refusal.expected


def test_a_layer_of_another_geometry(levering: Path) -> None:
    write_bag(levering, objects().set_geometry(objects().buffer(1)))
    assert refused(levering).expected == "Point"


def test_a_bag_without_its_main_layer(levering: Path) -> None:
    (levering / "bag/bag-light.gpkg").unlink()
    deliveries.write_layer(
        levering / "bag/bag-light.gpkg", "adres", gpd.GeoDataFrame(geometry=[Point(0, 0)], crs=28992)
    )
    assert refused(levering).place.startswith("bag")


def test_the_bag_of_another_gemeente(levering: Path) -> None:
    write_bag(levering, objects(gemeente="0222"))
    deliveries.write_layer(
        levering / "bag/bag-light.gpkg", "ligplaats", deliveries.berths().assign(bronhouder_identificatie="0222")
    )
    refusal = refused(levering)
    assert refusal.place == "bag/bag-light.gpkg, bronhouder_identificatie"
    assert "0175" in refusal.found


def test_a_register_of_another_gemeente(levering: Path) -> None:
    row = {"signaal_id": "", "bron": "post", "soort": "retourpost", "datum_ontvangst": "2026-02-01",
           "adresseerbaarobject_identificatie": "0222" + IDS[0][4:], "datum_afgehandeld": ""}  # fmt: skip
    write_csv(levering / "signalen/signalen.csv", [{**row, "signaal_id": str(n)} for n in range(30)])
    refusal = refused(levering)
    assert refusal.place == "signalen/signalen.csv, adresseerbaarobject_identificatie"
    assert "30 rows, none of them" in refusal.found


def test_the_brp_of_another_gemeente(levering: Path) -> None:
    path = levering / "brp/persoonslijsten.csv"
    text = path.read_text().replace("0175", "0222").replace("7777AA", "9999XX")
    path.write_text(text)
    refusal = refused(levering)
    assert refusal.place == "brp/persoonslijsten.csv, 08.09.10"
    assert deliveries.CANARY_BSN not in str(refusal)


def test_months_without_the_connections_they_belong_to(levering: Path) -> None:
    (levering / "energie/jaarafname.csv").unlink()
    months = [deliveries.month_row(n, "2026-07", 1) for n in range(30)]
    write_csv(levering / "energie/maandafname_2026.csv", months)
    refusal = refused(levering)
    assert refusal.place.startswith("energie/maandafname_2026.csv")
    assert "jaarafname" in refusal.do


def test_a_product_that_nothing_tells(levering: Path) -> None:
    path = levering / "energie/kleinverbruik_elk_01012026.csv"
    path.rename(path.with_name("kleinverbruik.csv"))
    replace_text(path.with_name("kleinverbruik.csv"), "PRODUCTSOORT", "SOORT")
    assert refused(levering).place == "energie/kleinverbruik.csv, column PRODUCTSOORT"
