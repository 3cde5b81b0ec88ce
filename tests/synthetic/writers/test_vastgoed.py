"""The files of property, signals and investigations: columns and codes as declared."""

import re

import numpy as np
import pandas as pd
import pytest

from features.sources import onderzoeken as onderzoeken_declared
from features.sources import signalen as signalen_declared
from features.sources import vastgoed as declared
from synthetic import practice, property
from synthetic.writers import onderzoeken, signalen, vastgoed
from tests.synthetic.handmade import homes, households, world

TABLES = [*declared.TABLES, signalen_declared.SIGNALEN, onderzoeken_declared.ONDERZOEKEN]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    kinds = np.resize(["verblijfsobject"] * 30 + ["ligplaats", "standplaats"], 3000)
    made = world(
        homes(3000, soort=kinds), occupants=np.arange(3000) % 4, registered=np.arange(3000) % 3, stays=households(3000)
    )
    folder = tmp_path_factory.mktemp("levering")
    done = practice.simulate(made)
    dirt = [
        *vastgoed.write(made, property.simulate(made), folder),
        signalen.write(made, done, folder),
        onderzoeken.write(made, done, folder),
    ]
    return folder, {d.file: d for d in dirt}


def read(folder, table):
    path = folder / f"{table.files[0].rstrip('*')}.csv"
    return path, pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, skiprows=table.preamble)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_columns_and_counts(written, table):
    path, rows = read(written[0], table)
    assert rows.columns.tolist() == [c.name for c in table.columns]
    assert len(rows) == written[1][path.name].rows > 0


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_all_but_the_dirt_keeps_the_declaration(written, table):
    path, rows = read(written[0], table)
    bad = np.zeros(len(rows), dtype=bool)
    for column in table.columns:
        text, rule = rows[column.name].str.strip(), column.constraint
        filled = (text != "").to_numpy()
        if rule.pattern:
            bad |= filled & ~text.map(lambda t, p=rule.pattern: bool(re.fullmatch(p, t))).to_numpy()
        if rule.one_of:
            bad |= filled & ~text.isin(rule.one_of).to_numpy()
        if rule.at_least is not None:
            bad |= filled & (pd.to_numeric(text, errors="coerce") < rule.at_least).to_numpy()
        if column.kind.value == "date":
            bad |= filled & pd.to_datetime(text, format="%Y-%m-%d", errors="coerce").isna().to_numpy()
        if not column.nullable:
            bad |= ~filled
    expected = written[1][path.name]
    assert bad.sum() == expected.rejected - expected.duplicates


def test_labels_stand_under_the_kind_of_object(written):
    _, rows = read(written[0], declared.ENERGIELABELS)
    filled = rows[["Pand_bagverblijfsobjectid", "Pand_bagligplaatsid", "Pand_bagstandplaatsid"]] != ""
    assert (filled.sum(axis=1) == 1).all()
    assert filled.any().all()


def test_a_declared_column_that_is_not_made_is_an_error(written, tmp_path):
    from synthetic.writers.declared import write_csv

    with pytest.raises(KeyError):
        write_csv(pd.DataFrame({"signaal_id": ["1"]}), signalen_declared.SIGNALEN, tmp_path / "x.csv", None)
