"""The five tables of a publication as they lie on disk: opened, checked for being whole, and described.

A Parquet file ends with its index; a file that was cut off has none. So opening all five tells whether they are whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import Refusal
from models.scores import PUBLISHED_TABLES, PublishedTable
from service.manifest import Manifest, read_manifest

Stamps = tuple[tuple[str, int, int, int], ...]  # name, nanoseconds, inode, bytes


@dataclass(frozen=True, kw_only=True)
class Source:
    """A publication that can be taken in. rows: of each table, by name."""

    folder: Path
    manifest: Manifest
    rows: dict[str, int]
    stamps: Stamps

    @property
    def addresses(self) -> int:
        """How many there are."""
        return self.rows["adressen"]

    def file(self, table: str) -> Path:
        """The file of a table."""
        return self.folder / f"{table}.parquet"


def open_source(folder: Path) -> Source:
    """Look at the publication in `folder`. Raises Refusal: a table is not there, cut off or lacks a column, or the
    manifest cannot be read or is of another run.
    """
    manifest = read_manifest(folder / "manifest.json")
    if manifest.run_id != folder.name:
        raise Refusal(
            str(folder / "manifest.json"),
            found=f"run {manifest.run_id}",
            expected=f"run {folder.name}",
            do="publish again: a run's folder bears its run_id",
        )
    rows = {table.name: _rows(folder / f"{table.name}.parquet", table) for table in PUBLISHED_TABLES}
    return Source(folder=folder, manifest=manifest, rows=rows, stamps=stamps(folder))


def stamps(folder: Path) -> Stamps:
    """What changes whenever one of the tables is replaced; empty when they are not there (any more)."""
    try:
        found = [(table.name, (folder / f"{table.name}.parquet").stat()) for table in PUBLISHED_TABLES]
    except OSError:
        return ()
    return tuple((name, at.st_mtime_ns, at.st_ino, at.st_size) for name, at in found)


def _rows(file: Path, table: PublishedTable) -> int:
    try:
        with pq.ParquetFile(file) as opened:
            present, rows = set(opened.schema_arrow.names), opened.metadata.num_rows
    except (OSError, pa.ArrowException) as fault:
        raise Refusal(str(file), found=str(fault), expected="a Parquet table", do="score again") from fault
    missing = [name for name in table.columns if name not in present]
    if missing:
        raise Refusal(
            str(file),
            found="no column " + ", ".join(missing),
            expected="all columns of models/scores.py",
            do="score again",
        )
    return int(rows)
