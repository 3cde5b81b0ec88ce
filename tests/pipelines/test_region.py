"""Sharing and joining through the command line's own steps: files that hold no person, and a start for who has none."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from tests.loop.conftest import Terminal, published


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two gemeenten that shared and joined. Holds levering-0180, aandelen and regio."""
    place = tmp_path_factory.mktemp("regio")
    terminal = Terminal(place / "werk")
    for code, seed in (("0175", 5), ("0180", 6)):
        levering = place / f"levering-{code}"
        _fine(terminal("synthesize", "--out", levering, "--addresses", 1500, "--seed", seed, "--gemeente", code))
        _fine(terminal("share", levering, "--out", place / "aandelen"))
    _fine(terminal("join", place / "aandelen", "--out", place / "regio"))
    return place


def _fine(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_leaves_the_house_is_tables_alone(region: Path) -> None:
    """Canary: no BSN, A-nummer, object id, street or pseudonym of the delivery is in any shared or joined file."""
    brp = pd.read_csv(next((region / "levering-0175" / "brp").glob("*.csv")), sep=";", dtype=str, nrows=400)
    canaries = {value for name in ("01.01.10", "01.01.20", "08.11.80", "08.11.60") for value in brp[name].dropna()}
    onderzoeken = pd.read_csv(region / "levering-0175" / "onderzoeken" / "onderzoeken.csv", sep=";", dtype=str)
    canaries |= set(onderzoeken["onderzoek_id"]) | set(onderzoeken["adresseerbaarobject_identificatie"])
    files = [*(region / "aandelen").glob("*.json"), *(region / "regio").glob("*.json")]
    assert len(files) >= 3 and len(canaries) > 100
    text = "\n".join(file.read_text() for file in files)
    assert [one for one in canaries if len(one) > 4 and one in text] == []
    for file in (region / "aandelen").glob("*.json"):
        for table in json.loads(file.read_text())["tabellen"]:
            inner = table["labels"][1:-1]
            assert len(inner) == 1 or min(inner) >= 10


def test_who_has_no_labels_starts_from_the_others(region: Path, tmp_path: Path) -> None:
    """The region's tables rank, on trial; the model names no outcome of its own and cannot be promoted."""
    levering = region / "levering-0180"
    bare = tmp_path / "levering"
    bare.mkdir()
    for part in levering.iterdir():
        if part.name != "onderzoeken":
            (bare / part.name).symlink_to(part)
    settings = tmp_path / "schijnwerper.toml"
    settings.write_text(f'[pipeline]\nregio = "{region / "regio"}"\n')
    terminal = Terminal(tmp_path / "werk", instellingen=settings)
    told = _fine(terminal("run", bare, "--out", tmp_path / "publicaties"))
    assert "trial" in told
    _, manifest = published(tmp_path / "publicaties")
    found = manifest["doelen"]["schijnbewoning"]
    assert found["goedgekeurd"] is False
    assert "geen eigen uitkomsten" in found["kalibratie"]
    refused = terminal("promote", "schijnbewoning", "--proposer", "anna", "--approver", "bert")
    assert refused.returncode == 1


@pytest.mark.parametrize("given", [["nergens.json"], ["."]])
def test_nothing_to_join_is_told(given: list[str], tmp_path: Path) -> None:
    done = Terminal(tmp_path / "werk")("join", *[tmp_path / one for one in given], "--out", tmp_path / "regio")
    assert done.returncode == 1
    assert "expected share files" in " ".join(done.stderr.split())
    assert not (tmp_path / "regio").exists()
