"""Lay the tables of a publication gemeente after gemeente where they are not: sorted by DuckDB, on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from models.scores import PUBLISHED_TABLES
from service.intake.order import ID
from service.intake.source import Source


def regrouped(source: Source, aside: Path) -> Source:
    """The same publication in `aside`, its rows by gemeente and address. The folder is the caller's to remove."""
    aside.mkdir()
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as db:
        db.execute(f"set temp_directory = {_quoted(aside / 'spill')}")
        db.execute(
            f"create table volgorde as select {ID}, dense_rank() over (order by gemeente) as g "
            f"from read_parquet({_quoted(source.file('adressen'))})"
        )
        for table in PUBLISHED_TABLES:
            columns = ", ".join(f"t.{name}" for name in table.columns)
            db.execute(
                f"copy (select {columns} from read_parquet({_quoted(source.file(table.name))}) t "
                f"left join volgorde v using ({ID}) order by v.g, {ID}) "
                f"to {_quoted(aside / f'{table.name}.parquet')} (format parquet)"
            )
    return replace(source, folder=aside)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
