"""`check` on whole and partial deliveries, and on the official files as they lie."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from features.check import CheckReport, check
from features.delivery import Delivery
from features.reports import to_json
from tests.features.deliveries import CANARY_BSN, ground, write_brp, write_delivery
from tests.features.official import official

KEY = b"a key for tests"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_delivery(tmp_path_factory.mktemp("whole") / "levering")


def checked(folder: Path, **more: Path) -> CheckReport:
    return check(Delivery.open(folder), KEY, **more)


def test_a_whole_delivery_is_ready(whole: Path) -> None:
    report = checked(whole)
    assert report.ready
    assert report.ingest.off == ()
    assert report.ingest.adressen == {"0175": 4}


def test_a_source_without_ground_is_read_for_the_report_and_named_as_off(whole: Path, tmp_path: Path) -> None:
    levering = Path(shutil.copytree(whole, tmp_path / "levering"))
    (levering / "levering.toml").write_text(ground("bag", "vastgoed"))
    report = checked(levering)
    assert report.blocking == ("brp has no grondslag in levering.toml: it may not be read",)
    assert {o.source for o in report.ingest.off} == {"brp", "energie", "signalen", "onderzoeken", "omgeving"}
    assert next(t.used for t in report.ingest.tables if t.table == "signalen") == 1


def test_a_folder_with_only_a_brp(tmp_path: Path) -> None:
    write_brp(tmp_path)
    report = checked(tmp_path)
    assert len(report.blocking) == 2
    (table,) = report.ingest.tables
    assert (table.read, table.used) == (3, 3)
    assert table.routes == {"geen": 3}  # without a BAG nothing can be linked


def test_a_file_in_another_place_is_known_by_its_header(whole: Path, tmp_path: Path) -> None:
    shutil.copy(whole / "vastgoed/woz.csv", tmp_path / "export van dinsdag.csv")
    report = checked(tmp_path)
    assert report.recognised == ("export van dinsdag.csv",)
    assert [(t.table, t.used) for t in report.ingest.tables] == [("woz", 2)]


def test_the_report_is_json_without_who_it_is_about(whole: Path) -> None:
    text = to_json(checked(whole))
    assert json.loads(text)["ingest"]["gemeenten"] == ["0175"]
    assert CANARY_BSN not in text


def test_the_official_test_set_is_read_whole(tmp_path: Path) -> None:
    listed = tmp_path / "afgekeurd.csv"
    report = checked(official("brp_gbav_testset"), rejects=listed)
    (table,) = report.ingest.tables
    assert table.read == 2156 == table.used + sum(table.rejected.values())
    assert any(note.startswith("687 persoonslijsten, 682 verschillende BSN") for note in table.notes)
    assert len(listed.read_text().splitlines()) == 1 + sum(table.rejected.values())


def test_the_open_files_of_a_grid_operator_are_read_whole() -> None:
    folder = official("dso_kleinverbruik")
    lines = sum(len(p.read_text(encoding="utf-8").splitlines()) - 1 for p in folder.glob("*.csv"))
    (table,) = checked(folder).ingest.tables
    assert table.table == "kleinverbruik"
    assert table.read == lines == table.used
    assert table.period == ("2018-01-01", "2020-01-01")


def test_a_ground_without_a_purpose_is_no_ground(whole: Path, tmp_path: Path) -> None:
    levering = Path(shutil.copytree(whole, tmp_path / "levering"))
    toml = (levering / "levering.toml").read_text()
    brp, rest = toml.split("[bron.bag]")
    brp = brp.replace('doel = ["spookbewoning", "schijnbewoning"]', "doel = []")
    (levering / "levering.toml").write_text(f"{brp}[bron.bag]{rest}")
    assert [o.source for o in checked(levering).ingest.off] == ["brp"]
