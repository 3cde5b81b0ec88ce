"""Bad input through the command line: refused with place, found, expected and what to do; what was good stays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.cli import call
from tests.loop.conftest import KEY, Made


def truncated(file: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        path = folder / file
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def replaced(file: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / file).write_bytes(content) and None


def missing(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


def another_gemeente(folder: Path) -> None:
    path = folder / "levering.toml"
    path.write_text(path.read_text().replace('"0175"', '"0344"'))


@pytest.fixture
def delivered(unlabelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A delivery to damage, and a command line in this process."""
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", str(tmp_path / "werk"))
    monkeypatch.setenv("SCHIJNWERPER_SLEUTEL", KEY)
    monkeypatch.setenv("SCHIJNWERPER_TAKEN", "1")
    return Path(shutil.copytree(unlabelled, tmp_path / "levering"))


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        (missing("brp/persoonslijsten.csv"), "brp"),
        (replaced("vastgoed/woz.csv", "wozobjectnummer;straße\n1;é\n".encode("utf-16")), "woz.csv"),
        (replaced("vastgoed/woz.csv", b""), "woz.csv"),
        (replaced("energie/maandafname.csv.gz", b"\x1f\x8b\x08\x00broken"), "maandafname"),
        (replaced("signalen/signalen.parquet", b"PAR1broken"), "signalen"),
        (truncated("bag/bag-light.gpkg"), "bag-light.gpkg"),
        (another_gemeente, "bag"),
    ],
    ids=["missing", "encoding", "empty", "gz", "parquet", "gpkg", "another gemeente"],
)
def test_refused_and_the_last_good_publication_stays(
    delivered: Path, cold: Made, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None], place: str
) -> None:
    damage(delivered)
    before = {p.name: p.stat().st_mtime_ns for p in cold.publicaties.rglob("*")}
    assert call(["run", str(delivered), "--out", str(cold.publicaties), "--json"]) == 1
    refused = json.loads(capsys.readouterr().out)
    assert place in refused["place"]
    assert all(refused[part] for part in ("found", "expected", "do"))
    assert {p.name: p.stat().st_mtime_ns for p in cold.publicaties.rglob("*")} == before


def test_rows_that_cannot_be_used_are_counted_not_fatal(delivered: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A signal twice, and a month of negative use: each is one rejected row more than in the whole delivery."""
    assert call(["check", str(delivered), "--json"]) == 0
    whole = rejected(capsys.readouterr().out)
    signals, months = delivered / "signalen" / "signalen.csv", delivered / "energie" / "maandafname.csv"
    signals.write_text(signals.read_text() + signals.read_text().splitlines()[1] + "\n")
    ean = months.read_text().splitlines()[1].split(";")[0]
    months.write_text(months.read_text() + f"{ean};ELK;2023-09;-5;0;G\n")
    assert call(["check", str(delivered), "--json"]) == 0
    damaged = rejected(capsys.readouterr().out)
    more = {table: count - whole[table] for table, count in damaged.items() if count != whole[table]}
    assert more == {"signalen": 1, "maandafname": 1}


@pytest.mark.parametrize("command", ["run", "score", "build", "residence", "synthesize"])
def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    command: str, delivered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bestand").write_text("x")
    source = [] if command == "synthesize" else [str(delivered)]
    assert call([command, *source, "--out", str(tmp_path / "bestand" / "daarin"), "--json"]) == 1
    assert "--out" in json.loads(capsys.readouterr().out)["place"]
    assert not (tmp_path / "werk").exists(), "nothing was read yet"


def rejected(document: str) -> dict[str, int]:
    tables = json.loads(document)["ingest"]["tables"]
    return {table["table"]: sum(table["rejected"].values()) for table in tables}
