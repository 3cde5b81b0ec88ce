"""The dirt of real exports, put in on purpose and counted: what a reader must reject, and what it must forgive.

Which fault fits which column follows from the declaration of the file. A row gets one fault at most, so that the counts
here can be laid beside the reader's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.columns import Column, Kind, SourceTable

RATE = 0.0003  # share of the rows, per kind of fault
BAD_DATES = ("2025-02-30", "0000-00-00", "31-12-2024x", "2024-13-01")


@dataclass(frozen=True, kw_only=True)
class Dirt:
    """How many rows of one file got which fault. All but `blanks` must be rejected by the reader."""

    file: str
    rows: int  # in the file, dirt included
    duplicates: int = 0  # the same row once more: one of the two is of no use
    dates: int = 0  # a day that does not exist
    negatives: int = 0  # an amount below zero
    zeros: int = 0  # an identifier that lost its leading zero in a spreadsheet
    codes: int = 0  # a code that nobody knows
    blanks: int = 0  # trailing blanks: forgiven

    @property
    def rejected(self) -> int:
        """The number of rows that no reader can use."""
        return self.duplicates + self.dates + self.negatives + self.zeros + self.codes


FAULTS = ("duplicates", "dates", "negatives", "zeros", "codes", "blanks")


def soil(
    frame: pd.DataFrame, table: SourceTable, file: str, rng: np.random.Generator, rate: float = RATE
) -> tuple[pd.DataFrame, pd.DataFrame, Dirt]:
    """(clean rows, dirty rows as text, counts): a small share of `frame` spoiled; columns are those of the file.

    A duplicated row stays among the clean ones and stands among the dirty ones too. Few rows (under 100) stay clean.
    """
    n = len(frame)
    each = max(round(rate * n), 1) if n >= 100 else 0
    rows = rng.choice(n, each * len(FAULTS), replace=False).reshape(len(FAULTS), each)
    spoiled, counts = [], {}
    for fault, chosen in zip(FAULTS, rows, strict=True):
        part = _spoil(fault, texts(frame.iloc[chosen]), table, rng)
        spoiled.append(part)
        counts[fault] = len(part)
    moved = np.concatenate([chosen[: counts[f]] for f, chosen in zip(FAULTS, rows, strict=True) if f != "duplicates"])
    clean = frame.drop(frame.index[moved.astype(np.int64)]) if len(moved) else frame
    dirty = pd.concat(spoiled, ignore_index=True)
    return clean, dirty, Dirt(file=file, rows=len(clean) + len(dirty), **counts)


def texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Every value as it would stand in the file; empty where missing."""
    return frame.astype("object").map(lambda v: "" if pd.isna(v) else f"{v}").reset_index(drop=True)


def _spoil(fault: str, part: pd.DataFrame, table: SourceTable, rng: np.random.Generator) -> pd.DataFrame:
    """The rows with this fault in one column; no rows when no column of the file can have it."""
    if fault == "duplicates":
        return part if table.key else part[:0]
    columns = [c for c in table.columns if c.name in part and _fits(fault, c, part[c.name])]
    if not columns:
        return part[:0]
    column = columns[int(rng.integers(len(columns)))].name
    part[column] = _fault(fault, part[column].to_numpy(dtype="U64"), rng)
    return part


def _fits(fault: str, column: Column, values: pd.Series) -> bool:
    """Whether a fault in this column is what its name says, for every one of these values."""
    rule = column.constraint
    if fault == "dates":
        return column.kind is Kind.DATE and not column.nullable
    if fault == "negatives":
        return column.kind in (Kind.FLOAT, Kind.INT) and rule.at_least is not None and rule.at_least >= 0
    if fault == "zeros":
        return (rule.pattern or "").startswith(r"\d{1") and bool(values.str.startswith("0").all())
    if fault == "codes":
        return rule.one_of is not None
    return column.kind is Kind.TEXT and bool((values != "").all())


def _fault(fault: str, values: npt.NDArray[np.str_], rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """The values, spoiled."""
    n = len(values)
    if fault == "dates":
        return rng.choice(BAD_DATES, n)
    if fault == "negatives":
        return np.char.add("-", rng.integers(1, 900, n).astype("U9"))
    if fault == "zeros":
        return np.array([v[1:] for v in values])  # a handful of rows
    if fault == "codes":
        return rng.choice(["??", "onbekend?", "X9"], n)
    return np.char.add(values, "  ")
