"""Writes a table in the columns and the order of its declaration, as CSV or as Parquet, with a little dirt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from features.columns import SourceTable
from synthetic.dirt import Dirt, soil, texts
from synthetic.world import FOREVER


def days(values: npt.ArrayLike) -> npt.NDArray[np.str_]:
    """Day numbers as YYYY-MM-DD; FOREVER as empty."""
    number = np.asarray(values, dtype=np.int64)
    text = np.where(number == FOREVER, 0, number).astype("datetime64[D]").astype("U10")
    return np.where(number == FOREVER, "", text)


def yes_no(values: npt.ArrayLike) -> npt.NDArray[np.str_]:
    """J or N."""
    return np.where(np.asarray(values, dtype=bool), "J", "N")


def write_csv(
    frame: pd.DataFrame, table: SourceTable, path: Path, rng: np.random.Generator | None, preamble: Sequence[str] = ()
) -> Dirt:
    """Write `frame` (columns named as in the file) to `path`; with `rng`, some of its rows are spoiled.

    Raises KeyError when a declared column is missing in `frame`.
    """
    frame = frame[[c.name for c in table.columns]]
    clean, dirty, counts = frame, texts(frame[:0]), Dirt(file=path.name, rows=len(frame))
    if rng is not None:
        clean, dirty, counts = soil(frame, table, path.name, rng)
    path.parent.mkdir(parents=True, exist_ok=True)
    options = pa.csv.WriteOptions(include_header=False, delimiter=table.separator, quoting_style="none")
    with path.open("wb") as file:
        header = table.separator.join(frame.columns)
        file.write("".join(f"{line}\n" for line in (*preamble, header)).encode())
        for part in (clean, dirty):
            pa.csv.write_csv(pa.Table.from_pandas(part, preserve_index=False), file, options)
    return counts


def write_parquet(frame: pd.DataFrame, table: SourceTable, path: Path) -> Dirt:
    """Write `frame` to `path` as Parquet, without dirt (numbers cannot hold it)."""
    frame = frame[[c.name for c in table.columns]]
    path.parent.mkdir(parents=True, exist_ok=True)
    pa.parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False), path, compression="zstd")
    return Dirt(file=path.name, rows=len(frame))
