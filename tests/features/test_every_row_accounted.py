"""Law 2: a row that cannot be used is counted and listed. In = used + rejected, whatever is damaged."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.check import check
from features.delivery import Delivery
from features.errors import Refusal
from features.ingest import walk
from features.job import Job
from features.rejects import Rejects
from tests.features.deliveries import write_delivery

FILES = (
    "energie/jaarafname.csv", "energie/maandafname_2026.csv", "vastgoed/woz.csv", "vastgoed/eigendom.csv",
    "vastgoed/vestigingen.csv", "vastgoed/energielabels.csv", "signalen/signalen.csv", "onderzoeken/onderzoeken.csv",
    "brp/persoonslijsten.csv",
)  # fmt: skip
WORDS = ("", "-1", "x", "2026-02-30", "00000000", "20260230", "0175010000000001", "9" * 18, "J", "W", "12;13", "é")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_delivery(tmp_path_factory.mktemp("whole") / "levering")


damage = st.tuples(
    st.sampled_from(FILES),
    st.sampled_from(("replace", "repeat", "cut")),
    st.integers(0, 5),
    st.integers(0, 30),
    st.sampled_from(WORDS),
)


def break_row(path: Path, how: str, row: int, column: int, word: str) -> None:
    """Damage one data row of a CSV."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    at = row % len(lines)
    cells = lines[at].split(";")
    if how == "replace":
        cells[column % len(cells)] = word
        lines[at] = ";".join(cells)
    elif how == "repeat":
        lines.insert(at, lines[at])
    else:
        lines[at] = ";".join(cells[: 1 + column % len(cells)])
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(damage, min_size=1, max_size=8))
def test_in_is_used_plus_rejected_for_every_table(whole: Path, damages: list[tuple[str, str, int, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as work:
        levering = Path(shutil.copytree(whole, Path(work) / "levering"))
        for file, how, row, column, word in damages:
            break_row(levering / file, how, row, column, word)
        listed = Path(work) / "afgekeurd.csv"
        try:
            report = check(Delivery.open(levering), b"key", rejects=listed).ingest
        except Refusal:
            return  # a whole file can be beyond use: that is said, and nothing is read
        rows = pd.read_csv(listed, sep=";", dtype="str", keep_default_na=False)
        for table in report.tables:
            assert table.read == table.used + sum(table.rejected.values()), table
            if table.table == "kleinverbruik":
                continue  # ranges outside the delivery are one line per file
            lines = Counter(rows.loc[rows["bestand"].isin(table.files), "reden"])
            if table.source not in ("bag", "omgeving"):
                assert lines == Counter(table.rejected), table.table


def test_every_data_row_of_a_file_is_read(whole: Path, tmp_path: Path) -> None:
    """read counts the lines of the file, whatever becomes of them."""
    report = walk(Job(Delivery.open(whole), tmp_path, Rejects(None), b"key"))
    for file in FILES:
        lines = len((whole / file).read_text().splitlines()) - 1
        assert next(t.read for t in report.tables if file in t.files) == lines, file
