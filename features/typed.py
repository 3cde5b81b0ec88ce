"""From raw batches to typed columns: every value judged by its declaration, every faulty row set apart with its reason.

A row has one reason: that of the first declared column that is at fault. Values are read column-wise; text that
repeats (dates, months, codes) is judged once per distinct value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from features.columns import Column, Constraint, Kind, SourceTable
from features.errors import Refusal
from features.rawfile import RawBatch

EMPTY = "leeg"
NOT_A_NUMBER = "geen getal"
NOT_A_DATE = "geen bestaande datum (JJJJ-MM-DD)"
NOT_A_MONTH = "geen bestaande maand (JJJJ-MM)"
NOT_ALLOWED = "waarde buiten de afspraak"
GEOMETRY = "geometry"  # the shape of a row of a GeoPackage
NO_SHAPE = "geen geometrie"
FIELDS = "ander aantal velden dan de kop"
NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
WHOLE = r"^[+-]?\d{1,18}$"


@dataclass(frozen=True)
class Fault:
    """Rows left out for one reason: `rows` and `values` go together."""

    reason: str
    column: str
    rows: np.ndarray
    values: tuple[str, ...]


@dataclass(frozen=True)
class TypedBatch:
    """What a declaration makes of a batch: `frame` (targets as columns), its row numbers, and the faults."""

    frame: pd.DataFrame
    rows: np.ndarray
    faults: tuple[Fault, ...]

    @property
    def read(self) -> int:
        """Rows that came in: used + rejected."""
        return len(self.rows) + sum(len(f.rows) for f in self.faults)


def typed(table: SourceTable, batch: RawBatch, place: str) -> TypedBatch:
    """`batch` typed by `table`; raises Refusal when a whole column has the wrong type (Parquet only)."""
    size = len(batch.data)
    good = np.ones(size, dtype=bool)
    faults = [Fault(FIELDS, "", np.array([n]), (text,)) for n, text in batch.broken]
    columns: dict[str, object] = {}
    for column in table.columns:
        if column.target not in batch.data.schema.names:
            columns[column.target] = absent(column, size)
            continue
        raw = trimmed(batch.data.column(column.target))
        values, wrong = read_column(column, raw, place, decimal_comma=table.loose)
        for reason, mask in wrong:
            hit = mask & good
            if hit.any():
                texts = tuple("" if v is None else str(v) for v in raw.filter(pa.array(hit)).to_pylist())
                faults.append(Fault(reason, column.name, batch.rows[hit], texts))
                good &= ~hit
        columns[column.target] = values
    if GEOMETRY in batch.data.schema.names:
        columns[GEOMETRY], none = read_shapes(batch.data.column(GEOMETRY))
        if (hit := none & good).any():
            faults.append(Fault(NO_SHAPE, GEOMETRY, batch.rows[hit], ("",) * int(hit.sum())))
            good &= ~hit
    frame = pd.DataFrame(columns, copy=False)
    if not good.all():
        frame = frame[good].reset_index(drop=True)
    return TypedBatch(frame, batch.rows[good], tuple(faults))


def trimmed(raw: pa.Array) -> pa.Array:
    """Text without outer blanks, empty = null; dictionary-encoded text unfolded; other types as they are."""
    if pa.types.is_dictionary(raw.type):
        raw = raw.cast(raw.type.value_type)
    if pa.types.is_large_string(raw.type) or pa.types.is_string_view(raw.type):
        raw = raw.cast(pa.string())
    if not pa.types.is_string(raw.type):
        return raw
    raw = pc.utf8_trim_whitespace(raw)
    return pc.if_else(pc.equal(raw, ""), pa.scalar(None, pa.string()), raw)


def absent(column: Column, size: int) -> object:
    """A column that the file does not have: unknown on every row."""
    if column.kind is Kind.TEXT:
        return pd.Series([None] * size, dtype="str")
    return pd.Series(np.full(size, "NaT"), dtype="datetime64[s]") if column.kind is Kind.DATE else np.full(size, np.nan)


def read_column(
    column: Column, raw: pa.Array, place: str, *, decimal_comma: bool
) -> tuple[object, list[tuple[str, np.ndarray]]]:
    """Values of one column, and per reason the rows at fault."""
    wrong: list[tuple[str, np.ndarray]] = []
    empty = mask(raw.is_null(nan_is_null=True)) if pa.types.is_floating(raw.type) else mask(raw.is_null())
    if not column.nullable and empty.any():
        wrong.append((EMPTY, empty))
    match column.kind:
        case Kind.TEXT | Kind.PARTIAL_DATE | Kind.YES_NO:
            values, fault = read_text(column, raw, place)
        case Kind.INT | Kind.FLOAT:
            values, fault = read_number(column, raw, place, decimal_comma=decimal_comma)
        case Kind.DATE:
            values, fault = read_date(column, raw, place)
        case Kind.MONTH:
            values, fault = read_month(column, raw, place)
    return values, [*wrong, *((reason, m & ~empty) for reason, m in fault)]


def read_text(column: Column, raw: pa.Array, place: str) -> tuple[object, list[tuple[str, np.ndarray]]]:
    """Text as str; words of a closed list as category; J/N as 1, 0, NaN."""
    if pa.types.is_boolean(raw.type) and column.kind is Kind.YES_NO:
        return raw.cast(pa.float64()).to_numpy(zero_copy_only=False), []
    raw = as_text(column, raw, place)
    words = ("J", "N") if column.kind is Kind.YES_NO else column.constraint.one_of
    if words is None:
        pattern = column.constraint.pattern
        bad = [] if pattern is None else [(broken_rule(column.constraint), ~matches(raw, f"^({pattern})$"))]
        return pd.Series(raw.to_pandas(), dtype="str"), bad
    codes = pc.index_in(raw, value_set=pa.array(words)).fill_null(-1).to_numpy(zero_copy_only=False)
    rule = broken_rule(Constraint(one_of=words))
    if column.kind is Kind.YES_NO:
        return np.array([1.0, 0.0, np.nan])[codes], [(rule, codes < 0)]
    return pd.Categorical.from_codes(codes, categories=list(words)), [(rule, codes < 0)]


def read_number(
    column: Column, raw: pa.Array, place: str, *, decimal_comma: bool
) -> tuple[np.ndarray, list[tuple[str, np.ndarray]]]:
    """Numbers as float64, NaN = empty; whole numbers are floats too until the landing gives them their type."""
    bad = []
    if is_number(raw.type):
        values = raw.cast(pa.float64()).to_numpy(zero_copy_only=False)
        if column.kind is Kind.INT:
            bad.append((NOT_A_NUMBER, np.isfinite(values) & (values != np.floor(values))))
        bad.append((NOT_A_NUMBER, np.isinf(values)))
    else:
        raw = as_text(column, raw, place)
        if decimal_comma:
            raw = pc.replace_substring(raw, ",", ".")
        good = matches(raw, WHOLE if column.kind is Kind.INT else NUMBER)
        bad.append((NOT_A_NUMBER, ~good))
        clean = raw if good.all() else pc.if_else(pa.array(good), raw, pa.scalar(None, pa.string()))
        values = clean.cast(pa.float64()).to_numpy(zero_copy_only=False)
    rule, limit = broken_rule(column.constraint), column.constraint
    if limit.at_least is not None or limit.at_most is not None:
        low = -np.inf if limit.at_least is None else limit.at_least
        high = np.inf if limit.at_most is None else limit.at_most
        bad.append((rule, (values < low) | (values > high)))
    return values, bad


def read_date(column: Column, raw: pa.Array, place: str) -> tuple[object, list[tuple[str, np.ndarray]]]:
    """Dates as datetime64[s]; YYYY-MM-DD, with or without a time, or YYYYMMDD."""
    if pa.types.is_date(raw.type) or pa.types.is_timestamp(raw.type):
        return pd.Series(raw.to_pandas()).astype("datetime64[s]"), []
    folded = as_text(column, raw, place).dictionary_encode()
    texts = pd.Series(folded.dictionary.to_pandas(), dtype="str")
    texts = texts.where(texts.str.fullmatch(r"\d{4}-\d{2}-\d{2}([T ].*)?|\d{8}"), "")
    days = pd.to_datetime(texts.str.replace("-", "").str[:8], format="%Y%m%d", errors="coerce").astype("datetime64[s]")
    codes = folded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    values = pd.Series(np.append(days.to_numpy(), np.datetime64("NaT", "s"))[codes])
    return values, [(NOT_A_DATE, values.isna().to_numpy())]


def read_month(column: Column, raw: pa.Array, place: str) -> tuple[np.ndarray, list[tuple[str, np.ndarray]]]:
    """Months as year * 12 + month - 1, float64, NaN = empty or no month."""
    if pa.types.is_date(raw.type) or pa.types.is_timestamp(raw.type):
        raw = pc.strftime(raw, format="%Y-%m")
    folded = as_text(column, raw, place).dictionary_encode()
    texts = pd.Series(folded.dictionary.to_pandas(), dtype="str")
    good = texts.str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])").to_numpy(dtype=bool)
    months = np.full(len(texts) + 1, np.nan)
    months[:-1][good] = texts[good].str[:4].astype("int64") * 12 + texts[good].str[5:7].astype("int64") - 1
    values = months[folded.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
    return values, [(NOT_A_MONTH, np.isnan(values))]


def read_shapes(raw: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Shapes from WKB as an object array, and which are missing, empty or unreadable."""
    shapes = shapely.from_wkb(raw.to_numpy(zero_copy_only=False), on_invalid="ignore")
    return shapes, shapely.is_missing(shapes) | shapely.is_empty(shapes)


def as_text(column: Column, raw: pa.Array, place: str) -> pa.Array:
    """`raw` when it is text; an identifier stored as a number has lost its leading zeros and is refused."""
    if pa.types.is_null(raw.type):
        return raw.cast(pa.string())
    if not pa.types.is_string(raw.type):
        raise Refusal(
            f"{place}, column {column.name}",
            found=f"values of type {raw.type}",
            expected="text (identifiers keep their leading zeros)",
            do="write the column as text",
        )
    return raw


def matches(raw: pa.Array, pattern: str) -> np.ndarray:
    """True where the text matches; False where it is empty (emptiness is judged apart)."""
    return mask(pc.match_substring_regex(raw, pattern))


def mask(raw: pa.Array) -> np.ndarray:
    """An Arrow boolean array as numpy, null = False."""
    return raw.fill_null(False).to_numpy(zero_copy_only=False)


def is_number(kind: pa.DataType) -> bool:
    """True for stored numbers."""
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def broken_rule(constraint: Constraint) -> str:
    """The reason as it stands in afgekeurd.csv: what the value should have been, in Dutch."""
    parts = []
    if constraint.at_least is not None:
        parts.append(f"minstens {amount(constraint.at_least)}")
    if constraint.at_most is not None:
        parts.append(f"hoogstens {amount(constraint.at_most)}")
    if constraint.one_of is not None:
        parts.append("een van " + ", ".join(constraint.one_of))
    if constraint.pattern is not None:
        parts.append(f"van de vorm {constraint.pattern}")
    return f"{NOT_ALLOWED}: {' en '.join(parts)}"


def amount(number: float) -> str:
    """A number as Dutch readers write it: 100.000.000 or 0,5."""
    return f"{number:,.10g}".translate(str.maketrans(",.", ".,"))
