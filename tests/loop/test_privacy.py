"""Law 6: what tells who a person is does not get past the BRP reader; canaries are searched for everywhere."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd

from features.register import FEATURES
from tests.loop.conftest import KEY, Made, Terminal


def test_no_bsn_a_nummer_or_birth_date_in_any_file(everything: Made) -> None:
    """Every file of the werkmap, the publications, MLflow and the terminal's output is read as bytes and as a table."""
    canaries = {column: _values(everything.levering, column) for column in ("01.01.10", "01.01.20")}
    births = _birth_dates_of_adults(everything.levering)
    assert all(len(values) > 1000 for values in canaries.values()) and len(births) > 500
    files = [p for root in (everything.publicaties, everything.werkmap) for p in root.rglob("*") if p.is_file()]
    assert len(files) > 20
    for text in (_as_text(file) for file in files):
        words = set(text.split())
        for values in canaries.values():
            assert not words & values
    for file in files:
        if file.suffix == ".parquet" and "personen" in file.name:
            assert not set(pd.read_parquet(file).astype("str").fillna("").to_numpy().ravel()) & births
    for values in canaries.values():
        assert not set((everything.stdout + everything.stderr).split()) & values
    assert KEY not in "".join(_as_text(file) for file in files)


def test_a_person_with_secrecy_is_shown_in_no_form(everything: Made) -> None:
    folder = everything.folder
    addresses = pd.read_parquet(folder / "adressen.parquet")
    hidden = addresses[addresses["afgeschermd"] == "J"]
    assert len(hidden), "the synthetic gemeente has persons with secrecy"
    assert hidden["ingeschrevenen"].isna().all()
    timeline = pd.read_parquet(folder / "tijdlijn.parquet")
    ids = set(hidden["adresseerbaarobject_identificatie"])
    assert not set(timeline["adresseerbaarobject_identificatie"]) & ids
    reasons = pd.read_parquet(folder / "redenen.parquet")
    persons = {feature.name for feature in FEATURES if feature.persons}
    told = reasons[reasons["adresseerbaarobject_identificatie"].isin(ids)]
    names = told["kenmerk"].astype("str").str.split(" x ").explode()
    assert not set(names) & persons


def test_a_source_without_ground_is_not_read(unlabelled: Path, terminal: Terminal, tmp_path: Path) -> None:
    """Law 5, second half: the energy file is there, even unreadable, and nothing of it is used."""
    delivery = Path(shutil.copytree(unlabelled, tmp_path / "levering"))
    manifest = delivery / "levering.toml"
    lines = manifest.read_text().splitlines()
    at = lines.index("[bron.energie]")
    end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith("[")), len(lines))
    manifest.write_text("\n".join(lines[:at] + lines[end:]) + "\n")
    for file in (delivery / "energie").iterdir():
        file.write_bytes(b"\xff\xfe not to be opened")
    done = terminal("run", delivery, "--out", tmp_path / "publicaties")
    assert done.returncode == 0, done.stderr
    assert "energie" in done.stdout and "grondslag" in done.stdout


def _values(delivery: Path, column: str) -> set[str]:
    with (delivery / "brp" / "persoonslijsten.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row[column] for row in csv.DictReader(file, delimiter=";") if len(row[column]) >= 8}


def _birth_dates_of_adults(delivery: Path) -> set[str]:
    """As registered; of children the birth is also the day their residence begins, so that day may stand."""
    return {value for value in _values(delivery, "01.03.10") if value < "2000" and not value.endswith("00")}


def _as_text(file: Path) -> str:
    if file.suffix == ".parquet":
        return " ".join(pd.read_parquet(file).astype("str").fillna("").to_numpy().ravel())
    return file.read_bytes().decode("latin-1").translate(str.maketrans(';,"<>=:{}[]()', " " * 13))
