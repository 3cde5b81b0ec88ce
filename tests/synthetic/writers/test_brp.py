"""The persoonslijsten: the columns of the declaration, newest first, in the layout of the official test set."""

import numpy as np
import pandas as pd
import pytest

from features.sources.brp_declaration import PERSOONSLIJSTEN
from synthetic.world import FOREVER, World
from synthetic.writers import brp


@pytest.fixture(scope="module")
def table(made: World, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    folder = tmp_path_factory.mktemp("brp")
    brp.write(made, folder, "")
    path = folder / "brp" / "persoonslijsten.csv"
    header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(";")
    assert header == [c.name for c in PERSOONSLIJSTEN.columns]
    out = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False).rename(columns={"Unnamed: 0": ""})
    out.columns = header
    out["list"] = (out[""] != "").cumsum()
    return out


def test_ids_stand_on_the_first_row_only(table: pd.DataFrame) -> None:
    first = ~table["list"].duplicated()
    for rubriek in ("01.01.10", "01.01.20", "01.03.10", "07.70.10"):
        assert (table.loc[first, rubriek] != "").all()
        assert (table.loc[~first, rubriek] == "").all()
    assert table.loc[first, "01.01.20"].is_unique
    assert table.loc[first, "01.01.10"].is_unique


def test_rows_are_newest_first(table: pd.DataFrame) -> None:
    same = table["list"].to_numpy()[1:] == table["list"].to_numpy()[:-1]
    recorded = table["08.86.10"].to_numpy(dtype=str)
    assert (recorded[:-1] >= recorded[1:])[same].all()


def test_dates_are_eight_digits_or_empty(table: pd.DataFrame) -> None:
    for column in PERSOONSLIJSTEN.columns:
        if column.kind == "partial_date":
            assert table[column.name].str.fullmatch(r"(\d{8})?").all(), column.name
    assert table["08.10.30"].str.endswith("00").any()  # partly unknown
    assert (table["08.86.10"] != "").all()


def test_everything_a_reader_must_cope_with_occurs(table: pd.DataFrame) -> None:
    assert {"W", "B", ""} <= set(table["08.10.10"])
    assert {"A", "I", "T", "W"} <= set(table["08.72.10"])
    assert (table["08.13.10"] == "0000").any()  # VOW
    assert (table["08.13.10"].str.fullmatch(r"[5-7]\d{3}")).any()  # emigrated
    assert {"089999", "080000"} <= set(table["08.83.10"])
    assert "O" in set(table["08.84.10"])
    assert {"O", "E", ""} <= set(table["07.67.20"])
    assert "7" in set(table["07.70.10"])
    home = table["08.10.10"] == "W"
    assert (home & (table["08.11.80"] == "") & (table["08.11.60"] != "")).any()  # to be linked by text
    assert (home & (table["08.11.80"] == "") & (table["08.11.90"] != "")).any()


def test_technical_rows_keep_the_begin_and_lend_the_ids(table: pd.DataFrame) -> None:
    technical = np.flatnonzero((table["08.72.10"] == "T").to_numpy())
    under = technical + 1
    assert (table["08.10.30"].to_numpy()[technical] == table["08.10.30"].to_numpy()[under]).mean() > 0.97
    assert (table["08.11.80"].to_numpy()[technical] != "").mean() > 0.95
    assert (table["08.11.80"].to_numpy()[under] == "").mean() > 0.95


def test_addresses_are_those_of_the_town(table: pd.DataFrame, made: World) -> None:
    ours = table[table["08.11.80"].str.startswith("0175")]
    known = made.town.adressen.set_index("identificatie")
    assert (ours["08.11.60"].to_numpy() == known.loc[ours["08.11.80"], "postcode"].to_numpy()).all()
    assert (ours["08.11.90"].to_numpy() == known.loc[ours["08.11.80"], "nummeraanduiding"].to_numpy()).all()


def test_dates_in_words_of_the_register() -> None:
    day = int(np.datetime64("1998-06-04", "D").astype(int))
    found = brp.dates(np.array([day, day, day, day, FOREVER]), np.array([0, 1, 2, 3, 0]))
    assert found.to_pylist() == ["19980604", "19980600", "19980000", "00000000", ""]
