"""`schijnwerper residence`: the columns of the report, and every spell once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.cli import call
from pipelines.residence import once
from tests.features.official import official

COLUMNS = ["persoon", "adresseerbaarobject_identificatie", "datum_van", "datum_tot"]
COLUMNS += ["van_vroegst", "van_laatst", "tot_vroegst", "tot_laatst", "functie", "einde_reden"]


def test_the_official_test_set_has_the_declared_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = official("brp_gbav_testset")
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", str(tmp_path / "werk"))
    assert call(["residence", str(source), "--out", str(tmp_path / "verblijf.parquet"), "--json"]) == 0
    spells = pd.read_parquet(tmp_path / "verblijf.parquet")
    assert list(spells.columns) == COLUMNS and len(spells)
    assert (spells["van_vroegst"] <= spells["van_laatst"]).all()


def test_a_spell_that_landed_in_two_gemeenten_is_told_once_and_linked() -> None:
    """Person p's first stay is linked in 0175 alone, the second in 0344 alone; q was twice somewhere from one day."""
    rows = [
        ("0175", "p", "0175010000000001", "20200101", "W"),
        ("0175", "p", "", "20210101", "W"),
        ("0344", "p", "", "20200101", "W"),
        ("0344", "p", "0344010000000001", "20210101", "W"),
        ("0175", "q", "", "00000000", "W"),
        ("0175", "q", "", "00000000", "W"),
    ]
    names = ["gemeente", "persoon", "adresseerbaarobject_identificatie", "datum_van", "functie"]
    kept = once(pd.DataFrame(rows, columns=names))
    assert kept.to_numpy().tolist() == [
        ["p", "0175010000000001", "20200101", "W"],
        ["p", "0344010000000001", "20210101", "W"],
        ["q", "", "00000000", "W"],
        ["q", "", "00000000", "W"],
    ]
