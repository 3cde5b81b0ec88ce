"""Several files of one source are read as one, whatever the source: that is how several gemeenten are delivered."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.columns import SourceTable
from features.delivery import Delivery
from features.sources.all import TABLES


@pytest.mark.parametrize("table", [t for t in TABLES if not t.layer], ids=lambda table: table.name)
def test_a_name_may_go_on_after_what_formats_gives(table: SourceTable, tmp_path: Path) -> None:
    place = tmp_path / table.files[0].rstrip("*")
    place.parent.mkdir(parents=True)
    header = table.separator.join(column.name for column in table.columns) + "\n"
    for code in ("0175", "0180"):
        empty = table.separator * (len(table.columns) - 1) + "\n"
        place.with_name(f"{place.name}-{code}.csv").write_text(header + empty)
    assert len(Delivery.open(tmp_path).of(table)) == 2
