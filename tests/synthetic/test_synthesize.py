"""A delivery on disk: the same seed gives the same bytes, whole or not at all, one gemeente or several."""

import hashlib
import tomllib
from pathlib import Path

import pandas as pd
import pyogrio
import pytest

from features.errors import Refusal
from synthetic import params, synthesize
from synthetic.params import Params


def digests(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("een") / "levering"
    synthesize.synthesize(Params(addresses=400, seed=3), out)
    return out


def test_the_same_seed_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    again = tmp_path / "levering"
    synthesize.synthesize(Params(addresses=400, seed=3), again)
    assert digests(again) == digests(written)
    assert digests(tmp_path / "levering-waarheid") == digests(written.parent / "levering-waarheid")


def test_the_delivery_is_complete(written: Path) -> None:
    names = {p.split(".")[0].split("_20")[0] for p in digests(written)}
    assert names >= {
        "levering", "brp/persoonslijsten", "bag/bag-light", "energie/jaarafname", "energie/maandafname",
        "energie/kleinverbruik", "vastgoed/woz", "vastgoed/eigendom", "vastgoed/vestigingen", "vastgoed/energielabels",
        "signalen/signalen", "onderzoeken/onderzoeken", "omgeving/omgeving",
    }  # fmt: skip
    said = tomllib.loads((written / "levering.toml").read_text(encoding="utf-8"))
    assert said["levering"]["gemeenten"] == ["0175"]
    assert set(said["bron"]) == {"brp", "bag", "energie", "vastgoed", "signalen", "onderzoeken", "omgeving"}


def test_the_truth_stands_apart_with_a_row_per_object(written: Path) -> None:
    truth = pd.read_parquet(written.parent / "levering-waarheid" / "waarheid.parquet")
    assert truth["adresseerbaarobject_identificatie"].is_unique
    assert len(truth) == 400
    months = pd.read_parquet(written.parent / "levering-waarheid" / "waarheid_maand.parquet")
    now = months[months["maand"] == "2026-09"].set_index("adresseerbaarobject_identificatie")
    for doel in ("spookbewoning", "schijnbewoning"):
        assert now[doel].sum() == truth[doel].sum()


def test_another_folder_is_left_alone_and_an_earlier_delivery_is_replaced(written: Path, tmp_path: Path) -> None:
    (tmp_path / "brieven").mkdir()
    (tmp_path / "brieven" / "aan_moeder.txt").write_text("lieve moeder", encoding="utf-8")
    with pytest.raises(Refusal, match="other files"):
        synthesize.synthesize(Params(addresses=400), tmp_path / "brieven")
    (tmp_path / "oud").mkdir()
    (tmp_path / "oud" / "levering.toml").write_text("", encoding="utf-8")
    (tmp_path / "oud" / "weg.csv").write_text("", encoding="utf-8")
    synthesize.synthesize(Params(addresses=400, seed=3), tmp_path / "oud")
    assert digests(tmp_path / "oud") == digests(written)


def test_a_run_that_fails_leaves_the_earlier_delivery(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "levering"
    synthesize.synthesize(Params(addresses=400, seed=3), out)

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(synthesize.truth, "write", broken)
    with pytest.raises(OSError, match="disk full"):
        synthesize.synthesize(Params(addresses=400, seed=4), out)
    assert digests(out) == digests(written)


def test_several_gemeenten_share_one_map_and_no_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(params, "MOST_PER_GEMEENTE", 400)
    synthesize.synthesize(Params(addresses=800, seed=3), tmp_path / "levering")
    people = sorted(p.name for p in (tmp_path / "levering" / "brp").iterdir())
    assert people == ["persoonslijsten-0175.csv", "persoonslijsten-0180.csv"]
    places = [
        pyogrio.read_dataframe(tmp_path / "levering" / "bag" / "bag-light.gpkg", layer=layer)
        for layer in ("verblijfsobject", "ligplaats", "standplaats")
    ]
    every = pd.concat(places)
    assert len(every) == 800
    assert every["identificatie"].is_unique
    assert set(every["bronhouder_identificatie"]) == {"0175", "0180"}
    assert places[0].crs.to_epsg() == 28992
    assert places[0].active_geometry_name == "geometry"  # as pyogrio names it on reading
