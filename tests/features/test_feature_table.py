"""The table: scored addresses in the order of the register; written is read back, another version refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.errors import Refusal
from features.register import FEATURES, version
from features.table import FeatureTable, of_sources, read, write
from tests.features.tiny import adressen, jaar, personen, verblijf, world


def _table(gemeente: str = "0175") -> FeatureTable:
    sources = world(
        adressen=adressen(5, gescoord=[True, False, True, True, False]),
        personen=personen(1980, 1982),
        verblijf=verblijf((0, 0, "2020-01-01"), (1, 2, "2020-01-01")),
        energie_jaar=jaar((0, "ELK", 2000.0)),
    )
    return of_sources(replace(sources, gemeente=gemeente))


def test_scored_addresses_in_the_order_of_the_register() -> None:
    table = _table()
    assert table.frame.columns.tolist() == [feature.name for feature in FEATURES]
    assert (table.frame.dtypes == np.float64).all()
    assert table.adres.tolist() == [0, 2, 3]
    assert table.identificatie.tolist() == ["0175010000000000", "0175010000000002", "0175010000000003"]
    assert table.frame["ingeschrevenen"].tolist() == [1, 1, 0]
    assert table.frame["retourpost_12"].isna().all()  # no signals were delivered


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    tables = [_table("0175"), _table("0200")]
    file = tmp_path / "f.parquet"
    assert write(tables, file) == 6
    for before, after in zip(tables, read(file, version()), strict=True):
        assert (after.gemeente, after.as_of, after.grants, after.version) == (
            before.gemeente,
            date(2026, 10, 1),
            before.grants,
            version(),
        )
        pd.testing.assert_frame_equal(after.frame, before.frame)
        pd.testing.assert_series_equal(after.adres, before.adres, check_names=False)
        assert after.identificatie.tolist() == before.identificatie.tolist()


def test_another_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "f.parquet"
    write([replace(_table(), version="old")], file)
    with pytest.raises(Refusal, match=r"f\.parquet: found features of register old; expected register .*build"):
        read(file, version())


@pytest.mark.parametrize("damage", ["text", "half", "foreign", "absent"])
def test_another_or_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "f.parquet"
    if damage == "text":
        file.write_text("adres;waarde")
    elif damage == "half":
        write([_table()], file)
        file.write_bytes(file.read_bytes()[:1000])
    elif damage == "foreign":
        pd.DataFrame({"a": [1.0]}).to_parquet(file)
    with pytest.raises(Refusal, match="expected a feature file"):
        read(file, version())
