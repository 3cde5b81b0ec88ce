"""Quarter-hour readings into months."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from features.convert import convert_slimme_meter
from features.errors import Refusal
from tests.features.official import official


def test_a_whole_month_is_summed_and_half_a_month_left_out(tmp_path: Path) -> None:
    quarters = pd.date_range("2013-01-01", "2013-02-14 23:45", freq="15min")
    readings = pd.DataFrame({"datetime": quarters.strftime("%-d-%-m-%Y %H:%M"), "Klant 2": 10})
    readings.to_csv(tmp_path / "meters.csv", index=False)
    report = convert_slimme_meter(tmp_path / "meters.csv", tmp_path / "maandafname.csv")
    (row,) = pd.read_csv(tmp_path / "maandafname.csv", sep=";", dtype="str").to_dict("records")
    # January has 31 x 96 quarters of 10 Wh = 29.76 kWh; of February half is there.
    assert (row["maand"], float(row["afname"])) == ("2013-01", 29.76)
    assert report.skipped == {"maand niet volledig gemeten": 1}


def test_the_open_readings_give_half_a_year_of_households(tmp_path: Path) -> None:
    source = official("liander_zonnedael_2013", "liander_zonnedael_2013_original.csv")
    report = convert_slimme_meter(source, tmp_path / "maandafname.csv")
    assert report.rows == 56 * 6
    used = pd.read_csv(tmp_path / "maandafname.csv", sep=";")
    assert 200 < used["afname"].mean() < 400  # kWh a month: 2,400 to 4,800 a year


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Refusal, match="a column datetime"):
        convert_slimme_meter(tmp_path / "x.csv", tmp_path / "y.csv")
    with pytest.raises(Refusal, match="no such file"):
        convert_slimme_meter(tmp_path / "z.csv", tmp_path / "y.csv")
