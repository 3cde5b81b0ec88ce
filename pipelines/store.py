"""Publications on disk: each appears whole or not at all, and the last good one stays (law 7).

Written to a hidden folder beside its place, flushed to disk, renamed; then `actueel` is replaced by a rename. A process
killed at any point leaves either the old publication in use or the new one, and at most a hidden folder that the next
run clears away.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import Refusal
from models.published_account import FOLDER
from models.scores import PUBLISHED_TABLES, PublishedTable

CURRENT = "actueel"
MANIFEST = "manifest.json"
HIDDEN = ".bezig-"
ARROW = {
    "str": pa.string(),
    "category": pa.dictionary(pa.int32(), pa.string()),  # one index type, so that gemeenten can follow each other
    "float64": pa.float64(),
    "int32": pa.int32(),
    "datetime64[s]": pa.timestamp("ms"),  # Parquet keeps no whole seconds
}


class Publication:
    """One publication being written: tables grow gemeente by gemeente, `publish` makes it visible."""

    def __init__(self, root: Path, run_id: str) -> None:
        """Start writing aside. Raises Refusal when `run_id` is already published under `root`."""
        if (root / run_id).exists():
            raise Refusal(
                str(root / run_id),
                found="a publication of that name",
                expected="a new run id",
                do="publications are never overwritten: run again, each run gets its own id",
            )
        root.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(root)
        self.root, self.run_id = root, run_id
        self.folder = root / f"{HIDDEN}{os.getpid()}-{run_id}"
        self.folder.mkdir()
        self._writers: dict[str, pq.ParquetWriter] = {}

    def append(self, table: PublishedTable, data: pa.Table) -> None:
        """Add one gemeente's rows, in the declared schema (see `to_arrow`); one row group each."""
        if table.name not in self._writers:
            file = self.folder / f"{table.name}.parquet"
            self._writers[table.name] = pq.ParquetWriter(file, schema(table), compression="zstd")
        self._writers[table.name].write_table(data)

    def publish(self, manifest: Mapping[str, Any], account: Mapping[str, bytes] | None = None) -> Path:
        """Close, flush, rename, and point `actueel` at it. Returns the publication's folder.

        account: path -> content of the documents beside the tables (models/published_account.py).
        """
        for writer in self._writers.values():
            writer.close()
        for table in PUBLISHED_TABLES:
            if table.name not in self._writers:
                pq.write_table(schema(table).empty_table(), self.folder / f"{table.name}.parquet")
        (self.folder / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        for path, content in (account or {}).items():
            file = self.folder / FOLDER / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        for file in self.folder.rglob("*"):
            _flush(file)
        _flush(self.folder)
        final = self.root / self.run_id
        self.folder.rename(final)
        _flush(self.root)
        point_at(self.root, self.run_id)
        return final

    def abandon(self) -> None:
        """Throw away what was written; the last good publication was never touched."""
        for writer in self._writers.values():
            writer.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def point_at(root: Path, run_id: str) -> None:
    """Make `run_id` the publication in use."""
    pointer = root / f".{CURRENT}-{os.getpid()}"
    pointer.write_text(run_id + "\n", encoding="utf-8")
    _flush(pointer)
    pointer.replace(root / CURRENT)
    _flush(root)


def current(root: Path) -> Path:
    """The publication in use; raises Refusal when there is none."""
    pointer = root / CURRENT
    if not pointer.exists():
        raise Refusal(
            str(root), found="no publication", expected=f"a file {CURRENT}", do="make one: schijnwerper run LEVERING"
        )
    return root / pointer.read_text(encoding="utf-8").strip()


def schema(table: PublishedTable) -> pa.Schema:
    """The Arrow schema of a published table."""
    return pa.schema([(name, ARROW[dtype]) for name, dtype in table.columns.items()])


def to_arrow(table: PublishedTable, frame: pd.DataFrame) -> pa.Table:
    """`frame` in the declared columns, order and types."""
    chosen = frame[list(table.columns)]
    for name in chosen.columns:
        if isinstance(chosen[name].dtype, pd.CategoricalDtype) and chosen[name].cat.ordered:
            chosen = chosen.assign(
                **{name: chosen[name].cat.as_unordered()}
            )  # one type for all: order is no part of it
    return pa.Table.from_pandas(chosen, schema=schema(table), preserve_index=False)


def _clear_abandoned(root: Path) -> None:
    for folder in root.glob(f"{HIDDEN}*"):
        pid = int(folder.name.removeprefix(HIDDEN).split("-")[0])
        if not Path(f"/proc/{pid}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
