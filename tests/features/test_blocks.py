"""A large table done in blocks of addresses is the same as done at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from features import ingest_rows
from features.delivery import Delivery
from features.ingest import ingest, read_report
from tests.features.deliveries import write_delivery


def test_blocks_of_one_address_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    levering = write_delivery(tmp_path / "levering")
    path = levering / "energie/maandafname_2026.csv"
    rows = pd.read_csv(path, sep=";", dtype="str")
    pd.concat([rows, rows.iloc[[0]]]).to_csv(path, sep=";", index=False)  # one row repeats a key
    found = []
    for block in (1 << 16, 1):
        monkeypatch.setattr(ingest_rows, "BLOCK", block)
        out = tmp_path / f"landing-{block}"
        ingest(Delivery.open(levering), out, key=b"key")
        report = read_report(out)
        assert report is not None
        counts = next(t for t in report.tables if t.table == "maandafname")
        assert (counts.read, counts.used, counts.coverage) == (7, 6, 0.5)
        found.append(pd.read_parquet(out / "0175/energie_maand.parquet"))
    pd.testing.assert_frame_equal(*found)
