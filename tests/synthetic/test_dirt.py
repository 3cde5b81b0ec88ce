"""Dirt is counted: every spoiled row breaks the declaration, every other row keeps it."""

import re

import numpy as np
import pandas as pd
import pytest

from features.columns import Constraint, Kind, SourceTable
from features.sources import energie, onderzoeken, signalen, vastgoed
from synthetic.dirt import soil, texts


def broken(table: SourceTable, row: pd.Series) -> bool:
    """Whether a row breaks its declaration: the plain version of what a reader does."""
    for column in table.columns:
        text, rule = row[column.name].strip(), column.constraint
        if text == "":
            if not column.nullable:
                return True
            continue
        if column.kind is Kind.DATE and not _is_day(text):
            return True
        if column.kind in (Kind.INT, Kind.FLOAT) and not _within(float(text), rule):
            return True
        if rule.one_of is not None and text not in rule.one_of:
            return True
        if rule.pattern is not None and not re.fullmatch(rule.pattern, text):
            return True
    return False


def _is_day(text: str) -> bool:
    try:
        np.datetime64(text, "D")
    except ValueError:
        return False
    return len(text) == 10


def _within(value: float, rule: Constraint) -> bool:
    return not (rule.at_least is not None and value < rule.at_least) and not (
        rule.at_most is not None and value > rule.at_most
    )


def clean_woz(rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "wozobjectnummer": [f"0175{i:08d}" for i in range(rows)],
            vastgoed.OBJECT.name: [f"017501{i:010d}" for i in range(rows)],
            "gebruikscode": "10", "waardepeildatum": "2025-01-01", "vastgestelde_waarde": 300_000,
            "eigenaar_type": "natuurlijk_persoon", "gebruiker_type": "",
        }
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_the_counts_are_the_rows_that_break_the_declaration(seed: int):
    clean, dirty, counts = soil(clean_woz(1000), vastgoed.WOZ, "woz.csv", np.random.default_rng(seed), rate=0.004)
    everything = pd.concat([texts(clean), dirty], ignore_index=True)
    wrong = sum(broken(vastgoed.WOZ, row) for _, row in everything.iterrows())
    twice = everything.duplicated().sum()
    assert counts.rejected == wrong + twice
    # four of each fault: 1000 rows, less the ones moved to the dirty part, and four that stand there twice
    assert (counts.duplicates, counts.dates, counts.negatives, counts.zeros, counts.codes, counts.blanks) == (4,) * 6
    assert counts.rows == len(everything) == 1004


@pytest.mark.parametrize("table", [*energie.TABLES[:2], *vastgoed.TABLES, *signalen.TABLES, *onderzoeken.TABLES])
def test_a_short_file_stays_clean(table: SourceTable):
    frame = pd.DataFrame({c.name: ["x"] * 50 for c in table.columns})
    clean, dirty, counts = soil(frame, table, "short.csv", np.random.default_rng(1))
    assert len(clean) == 50 and len(dirty) == 0 and counts.rejected == 0
