"""Rows set apart per gemeente on disk until all files are read, so that memory is bounded by the largest gemeente."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import feather


@dataclass
class Spill:
    """Parts of one table. `folder` is its own: it is made at the first row and removed by `close`."""

    folder: Path
    _parts: dict[int, list[Path]] = field(default_factory=dict)

    def add(self, frame: pd.DataFrame, gemeente: np.ndarray) -> None:
        """Set the rows of `frame` apart; `gemeente` (n ints >= 0) says to which each belongs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        order = np.argsort(gemeente, kind="stable")
        bounds = np.flatnonzero(np.diff(gemeente[order])) + 1
        for rows in np.split(order, bounds) if len(order) else ():
            number = int(gemeente[rows[0]])
            parts = self._parts.setdefault(number, [])
            path = self.folder / f"{number}-{len(parts)}.arrow"
            table = pa.Table.from_pandas(frame.take(rows), preserve_index=False)
            feather.write_feather(table, str(path), compression="lz4")
            parts.append(path)

    def numbers(self) -> list[int]:
        """The gemeenten that have rows."""
        return sorted(self._parts)

    def take(self, gemeente: int) -> pd.DataFrame:
        """All rows of one gemeente, in the order in which they came; their parts are removed."""
        parts = self._parts.pop(gemeente)
        tables = [feather.read_table(str(path), memory_map=False) for path in parts]
        frame = pa.concat_tables(tables).unify_dictionaries().to_pandas()
        for path in parts:
            path.unlink()
        return frame

    def close(self) -> None:
        """Remove what is left."""
        shutil.rmtree(self.folder, ignore_errors=True)
