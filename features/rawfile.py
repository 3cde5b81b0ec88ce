"""One file of a delivery as a stream of batches of declared columns: CSV, gzipped CSV, Parquet or a GeoPackage layer.

Nothing is judged here but the file itself: a file that cannot be read whole, that lacks a required column or that
is in another coordinate system is refused. Values are judged in `typed.py`.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import IO, cast

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from features.columns import SourceTable
from features.errors import Refusal

BLOCK = 16 << 20  # bytes of CSV per batch
ROWS = 1 << 18  # rows of Parquet per batch


@dataclass(frozen=True)
class RawBatch:
    """Rows of one file: Arrow columns named by their target, and the row number of each in the file.

    rows: int64 array; in a CSV the first line is 1, so that a number is what a spreadsheet shows.
    broken: (row number, text found) of lines with another number of fields than the header, left out of `data`.
    """

    data: pa.RecordBatch
    rows: np.ndarray
    broken: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class RawFile:
    """A CSV (plain or gzipped) or Parquet file of one table."""

    path: Path
    name: str  # relative to the delivery: the place in messages
    table: SourceTable

    @property
    def parquet(self) -> bool:
        """True for Parquet."""
        return self.path.suffix == ".parquet"

    @cached_property
    def head(self) -> tuple[int, str, tuple[str, ...]]:
        """(lines before the data, separator, header); raises Refusal when there is no header."""
        return (0, "", parquet_header(self)) if self.parquet else csv_header(self)

    @cached_property
    def columns(self) -> dict[str, str]:
        """Target -> header of the declared columns that the file has; raises Refusal when a required one is absent."""
        return match_columns(self.table, self.head[2], self.name)

    def batches(self) -> Iterator[RawBatch]:
        """The rows, declared columns only; raises Refusal when the file breaks off or is not UTF-8."""
        return parquet_batches(self) if self.parquet else csv_batches(self)


def spelled(header: str, table: SourceTable) -> str:
    """A header as it is compared."""
    return re.sub(r"[_\s]", "", header).casefold() if table.loose else header.strip()


def match_columns(table: SourceTable, header: tuple[str, ...], place: str) -> dict[str, str]:
    """Target -> header by name; unknown headers are ignored; raises Refusal with the nearest header found."""
    found: dict[str, str] = {}
    for name in header:
        key = spelled(name, table)
        if key and key in found and any(key == spelled(c.name, table) for c in table.columns):
            raise Refusal(
                f"{place}, header", found=f"column {name} twice", expected="each column once", do="export again"
            )
        found.setdefault(key, name)
    columns = {}
    for column in table.columns:
        names = [spelled(n, table) for n in (column.name, *column.aliases)]
        hit = next((found[n] for n in names if n in found), None)
        if hit is not None:
            columns[column.target] = hit
        elif column.required:
            near = get_close_matches(names[0], list(found), n=1, cutoff=0.6)
            seen = f"no such column; nearest is {found[near[0]]}" if near else f"columns {', '.join(header[:12])}"
            raise Refusal(
                f"{place}, column {column.name}",
                found=seen,
                expected=f"the columns of {table.name} in docs/data-dictionary.md, by name",
                do=f"rename the column to {column.name} or export it again ({column.description})",
            )
    return columns


def csv_header(file: RawFile) -> tuple[int, str, tuple[str, ...]]:
    """Of the first lines and accepted separators, those under which most declared columns are found."""
    table = file.table
    best: tuple[int, int, str, tuple[str, ...]] = (-1, 0, table.separator, ())
    lines = first_lines(file, table.preamble + 1)
    wanted = {spelled(n, table) for c in table.columns for n in (c.name, *c.aliases)}
    for number, line in enumerate(lines):
        for separator in table_separators(table):
            header = tuple(next(csv.reader([line], delimiter=separator), []))
            hits = len(wanted & {spelled(h, table) for h in header})
            if hits > best[0]:
                best = (hits, number + 1, separator, header)
    return best[1:]


def table_separators(table: SourceTable) -> tuple[str, ...]:
    """Every separator accepted for a table, the declared one first."""
    return (table.separator, *table.other_separators)


def first_lines(file: RawFile, count: int) -> list[str]:
    """The first lines as text, without BOM; raises Refusal for an empty, broken or foreign file."""
    try:
        with opened(file) as stream:
            raw = [stream.readline(1 << 20) for _ in range(count)]
    except (EOFError, OSError) as error:
        raise broken_gzip(file.name, error) from error
    if not raw[0]:
        raise Refusal(file.name, found="an empty file", expected="a header and rows", do="export it again")
    try:
        return [line.decode("utf-8-sig").rstrip("\r\n") for line in raw if line]
    except UnicodeDecodeError as error:
        raise not_utf8(file.name, str(error)) from error


def broken_gzip(name: str, error: Exception) -> Refusal:
    """A compressed or plain file that cannot be read to its end."""
    return Refusal(
        name, found=f"a file that breaks off or is damaged ({error})", expected="a whole file", do="deliver it again"
    )


def not_utf8(name: str, detail: str) -> Refusal:
    """A file in another encoding."""
    return Refusal(
        name, found=f"bytes that are not UTF-8 ({detail})", expected="UTF-8, with or without BOM", do="save it as UTF-8"
    )


def csv_batches(file: RawFile) -> Iterator[RawBatch]:
    """A CSV in blocks; every declared column as text, empty = null."""
    skip, separator, header = file.head
    names = {header: target for target, header in file.columns.items()}
    # Undeclared headers may be repeated, and a trailing separator makes one more header without a name.
    unique = [h if h in names and h not in header[:i] else f"\0{i}" for i, h in enumerate(header)]
    broken: list[tuple[int, str]] = []

    def keep_apart(row: pacsv.InvalidRow) -> str:
        broken.append((row.number, f"{row.actual_columns} velden, de kop heeft er {row.expected_columns}"))
        return "skip"

    read = pacsv.ReadOptions(column_names=unique, skip_rows=skip, block_size=BLOCK, use_threads=False)
    parse = pacsv.ParseOptions(
        delimiter=separator, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep_apart
    )
    convert = pacsv.ConvertOptions(
        include_columns=list(names),
        column_types={h: pa.string() for h in names},
        strings_can_be_null=True,
        null_values=[""],
    )
    if not has_rows(file, skip):
        return
    last = skip
    try:
        with pacsv.open_csv(file.path, read_options=read, parse_options=parse, convert_options=convert) as reader:
            for data in reader:
                faults, broken[:] = tuple(broken), []
                rows = row_numbers(last, len(data), [n for n, _ in faults])
                last += len(data) + len(faults)
                yield RawBatch(data.rename_columns([names[c] for c in data.schema.names]), rows, faults)
        whole_lines(file, last)
    except pa.ArrowInvalid as error:
        if "UTF8" in str(error):
            raise not_utf8(file.name, str(error)) from error
        raise broken_gzip(file.name, error) from error
    except OSError as error:
        raise broken_gzip(file.name, error) from error


def whole_lines(file: RawFile, rows: int) -> None:
    """Raises Refusal when the file has more lines than rows: a quotation mark that is not closed swallows lines."""
    lines, end = 0, b"\n"
    with opened(file) as stream:
        while chunk := stream.read(BLOCK):
            lines, end = lines + chunk.count(b"\n"), chunk[-1:]
    lines += end != b"\n"
    if lines != rows:
        raise Refusal(
            file.name,
            found=f"{lines} lines but {rows} rows: a quotation mark that is not closed, or a line break in a value",
            expected="one row per line",
            do="double or remove the quotation marks within values and export again",
        )


def opened(file: RawFile) -> IO[bytes]:
    """The bytes of a file, unpacked."""
    return cast(IO[bytes], gzip.open(file.path)) if file.path.suffix == ".gz" else file.path.open("rb")


def has_rows(file: RawFile, skip: int) -> bool:
    """False for a file of a header alone: Arrow takes that for an error, we do not."""
    with opened(file) as stream:
        for _ in range(skip):
            stream.readline()
        return bool(stream.readline())


def row_numbers(last: int, count: int, broken: list[int]) -> np.ndarray:
    """Numbers of `count` rows that follow row `last`, leaving out the broken ones."""
    rows = np.arange(last + 1, last + count + len(broken) + 1)
    return np.setdiff1d(rows, np.asarray(broken, dtype=rows.dtype), assume_unique=True)[:count]


def parquet_header(file: RawFile) -> tuple[str, ...]:
    """Column names of a Parquet file; raises Refusal when its footer is not there."""
    try:
        return tuple(pq.read_schema(file.path).names)
    except (pa.ArrowInvalid, OSError) as error:
        raise broken_gzip(file.name, error) from error


def parquet_batches(file: RawFile) -> Iterator[RawBatch]:
    """A Parquet file in batches, columns in whatever type they have."""
    names = {header: target for target, header in file.columns.items()}
    last = 0
    try:
        with pq.ParquetFile(file.path) as parquet:
            for data in parquet.iter_batches(batch_size=ROWS, columns=list(names)):
                rows = row_numbers(last, len(data), [])
                last += len(data)
                yield RawBatch(data.rename_columns([names[c] for c in data.schema.names]), rows)
    except (pa.ArrowInvalid, OSError) as error:
        raise broken_gzip(file.name, error) from error
