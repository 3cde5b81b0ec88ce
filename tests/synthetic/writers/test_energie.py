"""The three files of the grid operator."""

import numpy as np
import pandas as pd
import pytest

from features.sources import energie as declared
from synthetic import energy
from synthetic.writers import energie
from tests.synthetic.handmade import homes, world

TABLES = {
    "jaarafname": declared.JAARAFNAME,
    "maandafname": declared.MAANDAFNAME,
    "kleinverbruik_2025": declared.KLEINVERBRUIK,
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    made = world(homes(300, huisletter=np.resize(["", "A"], 300)))
    folder = tmp_path_factory.mktemp("levering")
    seen = energy.simulate(made)
    return made, seen, folder, energie.write(made, seen, folder)


def read(folder, name):
    return pd.read_csv(folder / "energie" / f"{name}.csv", sep=TABLES[name].separator, dtype=str, keep_default_na=False)


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_are_the_declared_ones_in_order(written, name):
    assert read(written[2], name).columns.tolist() == [c.name for c in TABLES[name].columns]


def test_every_row_is_counted(written):
    for counts in written[3]:
        name = counts.file.removesuffix(".csv")
        if name in TABLES:
            assert len(read(written[2], name)) == counts.rows


def test_the_same_world_gives_the_same_bytes(written, tmp_path):
    made, seen, folder, _ = written
    energie.write(made, seen, tmp_path)
    for path in sorted((folder / "energie").iterdir()):
        assert (tmp_path / "energie" / path.name).read_bytes() == path.read_bytes()


def test_months_end_two_before_the_peildatum_and_hold_what_was_metered(written):
    made, seen, _folder, _ = written
    rows = energie.maandafname(made, seen)
    assert rows["maand"].max() == "2026-08" and rows["maand"].min() == "2023-10"
    assert rows["afname"].sum() == seen.afname[seen.quality > 0].sum()
    assert len(rows) == (seen.quality > 0).sum()
    assert rows.loc[rows["product"] == "GAS", "invoeding"].isna().all()


def test_both_tariffs_make_the_standard_year(written):
    rows = energie.jaarafname(written[1])
    whole = rows["sja_normaal"] + rows["sja_laag"].fillna(0)
    np.testing.assert_array_equal(whole.astype(int), written[1].years["sja"])
    assert rows["sja_laag"].isna().any()


def test_ranges_join_whole_postcodes_to_ten_connections():
    codes = np.array(["1000AA"] * 4 + ["1000AB"] * 7 + ["1000AC"] * 12 + ["1000AD"] * 3)
    # 4 + 7 reach ten; 12 do alone; a rest of 3 joins the last
    np.testing.assert_array_equal(energie.range_of(codes), [0] * 11 + [1] * 15)


def test_the_open_file_shows_no_range_under_ten_and_the_mean_of_all(written):
    made, seen, _, _ = written
    day = int(made.params.month_starts[15])
    rows = energie.kleinverbruik(made, seen, day)
    assert (rows["AANSLUITINGEN_AANTAL"] >= 10).all()
    power = rows[rows["PRODUCTSOORT"] == "ELK"]
    mean = np.average(power["SJV_GEMIDDELD"], weights=power["AANSLUITINGEN_AANTAL"])
    mine = seen.years[
        (seen.years["peildatum"] == day) & (seen.connections["product"].to_numpy()[seen.years["connection"]] == "ELK")
    ]
    assert power["AANSLUITINGEN_AANTAL"].sum() == len(mine)
    assert mean == pytest.approx(mine["sja"].mean(), rel=1e-3)


def test_a_large_gemeente_gets_parquet(written, tmp_path, monkeypatch):
    made, seen, _, _ = written
    monkeypatch.setattr(energie, "MANY", 100)
    counts = energie.write(made, seen, tmp_path, "-0175")[1]
    frame = pd.read_parquet(tmp_path / "energie" / "maandafname-0175.parquet")
    assert counts.file == "maandafname-0175.parquet" and len(frame) == counts.rows
    assert frame.columns.tolist() == [c.name for c in declared.MAANDAFNAME.columns]
