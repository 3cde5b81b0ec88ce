"""Values judged by their declaration: what is read, and the one reason for which a row is left out."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from features.columns import Column, Constraint, Kind, SourceTable
from features.errors import Refusal
from features.rawfile import RawBatch
from features.typed import EMPTY, NOT_A_DATE, NOT_A_MONTH, NOT_A_NUMBER, NOT_ALLOWED, TypedBatch, broken_rule, typed

COLUMNS = (
    Column(name="id", kind=Kind.TEXT, nullable=False, constraint=Constraint(pattern=r"\d{3}"), description=""),
    Column(name="aantal", kind=Kind.INT, constraint=Constraint(at_least=0), description=""),
    Column(name="kwh", kind=Kind.FLOAT, constraint=Constraint(at_most=100), description=""),
    Column(name="dag", kind=Kind.DATE, description=""),
    Column(name="maand", kind=Kind.MONTH, description=""),
    Column(name="soort", kind=Kind.TEXT, constraint=Constraint(one_of=("a", "b")), description=""),
    Column(name="meter", kind=Kind.YES_NO, required=False, description=""),
)


def table(*, loose: bool = False) -> SourceTable:
    return SourceTable(
        name="proef", source="energie", files=("proef",), description="", owner="", law="", refresh="", known_faults=(),
        columns=COLUMNS, loose=loose,
    )  # fmt: skip


def read(*, loose: bool = False, **columns: list[object]) -> TypedBatch:
    size = len(next(iter(columns.values())))
    whole = {"id": ["001"] * size, **columns}
    data = pa.RecordBatch.from_pydict({name: pa.array(values) for name, values in whole.items()})
    return typed(table(loose=loose), RawBatch(data, np.arange(2, size + 2)), "proef.csv")


def reasons(batch: TypedBatch) -> list[tuple[str, str, list[int], tuple[str, ...]]]:
    return [(f.reason, f.column, f.rows.tolist(), f.values) for f in batch.faults]


def test_good_rows_keep_their_leading_zeros_and_get_their_types() -> None:
    batch = read(id=["007"], aantal=["3"], kwh=["1.5"], dag=["2026-02-28"], maand=["2026-03"], soort=["b"], meter=["J"])
    row = batch.frame.iloc[0]
    assert (row["id"], row["aantal"], row["kwh"], row["soort"], row["meter"]) == ("007", 3, 1.5, "b", 1.0)
    assert row["dag"] == pd.Timestamp(2026, 2, 28)
    assert row["maand"] == 2026 * 12 + 2  # March is month 2 of the year, counted from zero
    assert batch.faults == ()


def test_an_empty_value_is_unknown_not_zero() -> None:
    row = read(aantal=["", "1"], kwh=[None, "1"], dag=["", "2026-01-01"], soort=["", "a"]).frame.iloc[0]
    assert row[["aantal", "kwh", "dag", "soort"]].isna().all()


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("id", "12", NOT_ALLOWED),
        ("id", " ", EMPTY),
        ("aantal", "-1", NOT_ALLOWED),
        ("aantal", "1.5", NOT_A_NUMBER),
        ("kwh", "1,5", NOT_A_NUMBER),
        ("kwh", "nan", NOT_A_NUMBER),
        ("kwh", "101", NOT_ALLOWED),
        ("dag", "2026-02-30", NOT_A_DATE),
        ("dag", "01-02-2026", NOT_A_DATE),
        ("maand", "2026-13", NOT_A_MONTH),
        ("soort", "c", NOT_ALLOWED),
        ("meter", "ja", NOT_ALLOWED),
    ],
)
def test_a_fault_leaves_out_its_row_with_place_and_value(column: str, value: str, reason: str) -> None:
    good = {"id": "001", "aantal": "1", "kwh": "1", "dag": "2026-01-01", "maand": "2026-01", "soort": "a", "meter": "N"}
    batch = read(**{name: [text, value if name == column else text, text] for name, text in good.items()})
    ((found, place, rows, values),) = reasons(batch)
    assert found.startswith(reason)
    assert (place, rows, values) == (column, [3], (value.strip(),))
    assert batch.rows.tolist() == [2, 4]
    assert len(batch.frame) == 2


def test_a_row_with_two_faults_has_one_reason() -> None:
    batch = read(id=["x"], aantal=["-1"])
    assert [r[1] for r in reasons(batch)] == ["id"]
    assert batch.read == 1


def test_a_decimal_comma_is_read_where_the_declaration_is_loose() -> None:
    assert read(loose=True, kwh=["1,5"]).frame["kwh"].tolist() == [1.5]


def test_typed_parquet_columns_are_taken_as_they_are() -> None:
    batch = read(aantal=[1, 2], kwh=[1.5, float("nan")], dag=[date(2026, 1, 2), None])
    assert batch.frame["aantal"].tolist() == [1, 2]
    assert np.isnan(batch.frame["kwh"][1])
    assert batch.frame["dag"][0] == pd.Timestamp(2026, 1, 2)
    assert batch.faults == ()


def test_an_identifier_stored_as_a_number_is_refused() -> None:
    with pytest.raises(Refusal, match="leading zeros"):
        read(id=[7])


def test_the_reason_says_in_dutch_what_was_agreed() -> None:
    limits = Constraint(at_least=0, at_most=1e8)
    assert broken_rule(limits) == f"{NOT_ALLOWED}: minstens 0 en hoogstens 100.000.000"
    assert broken_rule(Constraint(one_of=("a", "b"))) == f"{NOT_ALLOWED}: een van a, b"


def test_a_date_with_a_time_and_a_date_without_dashes_are_dates() -> None:
    days = read(dag=["2026-01-02T10:00:00", "20260102"]).frame["dag"]
    assert (days == pd.Timestamp(2026, 1, 2)).all()
