"""One publication, opened: its manifest and a DuckDB connection that sees its five Parquet tables.

Nothing is loaded whole. The tables stay on disk as views, and a request asks for the rows it shows. Kept in memory are
only the opaque ids (about 100 bytes an address) and the short lists from which people filter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from features.errors import Refusal
from models.scores import PUBLISHED_TABLES
from service import opaque, stopped
from service.faults import PublicationGone
from service.manifest import Manifest, Stop, read_manifest

Stamp = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A woonplaats with its middle (median of its addresses, RD metres), for the filter and the map."""

    gemeente: str
    woonplaats: str
    adressen: int
    x: float | None
    y: float | None


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One run. Made by `open_publication`; safe to share between threads, each query takes a cursor of its own."""

    folder: Path
    manifest: Manifest
    connection: duckdb.DuckDBPyConnection
    plaatsen: tuple[Place, ...]
    stamp: Stamp | None  # of the manifest as it was read
    noodstop: Stop | None = None  # the stop switch as it stood when this was opened

    @property
    def gestopt(self) -> bool:
        """True while the model is stopped: then its tables hold nothing that it said (service/stopped.py)."""
        return self.manifest.stop is not None

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """The gemeenten in it, sorted."""
        return tuple(sorted({place.gemeente for place in self.plaatsen}))

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The answer to a parameterised query, NaN as None. Raises PublicationGone when the files were taken away."""
        with self.connection.cursor() as cursor:
            try:
                found = cursor.execute(sql, list(parameters)).fetchall()
            except duckdb.IOException as fault:
                raise PublicationGone(self.manifest.run_id) from fault
        return [tuple(None if isinstance(v, float) and math.isnan(v) else v for v in row) for row in found]


def open_publication(folder: Path, key: bytes, noodstop: Stop | None = None) -> Publication:
    """Open the run in `folder`, masked while the manifest or the stop switch takes the model out.

    Raises Refusal when a table or column is missing or the manifest is of another run.
    """
    stamp = manifest_stamp(folder)  # before the reading: what is replaced in between is read again next time
    manifest = read_manifest(folder / "manifest.json")
    if manifest.run_id != folder.name:
        raise Refusal(
            str(folder / "manifest.json"),
            found=f"run {manifest.run_id}",
            expected=f"run {folder.name}",
            do="publish again: a run's folder bears its run_id",
        )
    manifest = replace(manifest, stop=manifest.stop or noodstop)
    connection = duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    try:
        _create_views(connection, folder)
        connection.execute(f"create table sleutels as select {opaque.SQL} as id, * from namen", opaque.padded_keys(key))
        if manifest.stop is not None:
            stopped.mask(connection, manifest.run_id)
        places = connection.execute(_PLACES).fetchall()
    except (duckdb.Error, Refusal) as fault:
        connection.close()
        if isinstance(fault, Refusal):
            raise
        raise Refusal(
            str(folder), found=str(fault), expected="the five tables of a publication", do="score again"
        ) from fault
    return Publication(
        folder=folder,
        manifest=manifest,
        connection=connection,
        plaatsen=tuple(map(_place, places)),
        stamp=stamp,
        noodstop=noodstop,
    )


def manifest_stamp(folder: Path) -> Stamp | None:
    """Changes whenever the manifest is replaced; None when it is not there."""
    try:
        found = (folder / "manifest.json").stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


_PLACES = """
    select gemeente, woonplaats, count(*), median(x) filter (isfinite(x)), median(y) filter (isfinite(y))
    from adressen where woonplaats is not null group by all order by gemeente, woonplaats
"""


def _place(row: tuple[Any, ...]) -> Place:
    return Place(gemeente=row[0], woonplaats=row[1], adressen=row[2], x=row[3], y=row[4])


def _create_views(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for table in PUBLISHED_TABLES:
        path = folder / f"{table.name}.parquet"
        source = "read_parquet('" + str(path).replace("'", "''") + "')"
        try:
            connection.execute(f"create view {table.name} as select * from {source}")
        except duckdb.Error as fault:
            raise Refusal(str(path), found=str(fault), expected="a Parquet table", do="score again") from fault
        present = {row[0] for row in connection.execute(f"describe {table.name}").fetchall()}
        missing = [name for name in table.columns if name not in present]
        if missing:
            raise Refusal(
                str(path),
                found="no column " + ", ".join(missing),
                expected="all columns of models/scores.py",
                do="score again",
            )
    connection.execute("create view namen as select adresseerbaarobject_identificatie from adressen")
