"""One reading of a delivery in progress: where it writes, what it has counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd

from features.columns import SourceTable
from features.delivery import Delivery
from features.geofile import GeoFile
from features.rawfile import RawFile
from features.rejects import Rejects
from features.reports import TableReport
from features.typed import Fault, TypedBatch, typed

FILE, ROW = "_bestand", "_rij"  # where a row came from, kept until its gemeente is complete
DOUBLE = "dubbele sleutel"


class Progress(Protocol):
    """Told what is being done: `step` in words, `rows` read of it so far."""

    def __call__(self, step: str, rows: int) -> None:
        """`rows` may be told any number of times per step."""


def quiet(step: str, rows: int) -> None:
    """Tell nobody."""


@dataclass
class Tally:
    """Counts of one table, while it is read."""

    read: int = 0
    used: int = 0
    outside: int = 0
    covered: int | None = None
    routes: Counter[str] = field(default_factory=Counter)
    first: pd.Timestamp = pd.NaT
    last: pd.Timestamp = pd.NaT
    notes: list[str] = field(default_factory=list)

    def span(self, days: pd.Series) -> None:
        """Widen the period by these days."""
        low, high = days.min(), days.max()
        if not pd.isna(low):
            self.first = low if pd.isna(self.first) else min(self.first, low)
            self.last = high if pd.isna(self.last) else max(self.last, high)

    def cover(self, adres: np.ndarray, scored: np.ndarray) -> None:
        """Count the scored addresses (bool array) that occur in `adres`."""
        hit = np.zeros(len(scored), dtype=bool)
        hit[adres[adres >= 0]] = True
        self.covered = (self.covered or 0) + int((hit & scored).sum())


@dataclass
class Job:
    """folder: the landing that is being written, aside. check: read sources without a ground too, for the report."""

    delivery: Delivery
    folder: Path
    rejects: Rejects
    key: bytes
    check: bool = False
    progress: Progress = quiet
    tallies: dict[str, Tally] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)  # per file name
    names: list[str] = field(default_factory=list)

    def may_read(self, source: str) -> bool:
        """Whether a source has a ground; `check` reads all."""
        return self.check or self.delivery.grant(source) is not None

    def files(self, table: SourceTable) -> tuple[RawFile | GeoFile, ...]:
        """The files of a table that may be read."""
        return self.delivery.of(table) if self.may_read(table.source) else ()

    def layers(self, table: SourceTable) -> tuple[GeoFile, ...]:
        """The same for a layer of a GeoPackage."""
        return tuple(f for f in self.files(table) if isinstance(f, GeoFile))

    def tally(self, table: str) -> Tally:
        """The counts of one table, made at first use."""
        return self.tallies.setdefault(table, Tally())

    def number(self, name: str) -> int:
        """A small number for a file, to carry with every row."""
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def typed(self, file: RawFile | GeoFile) -> Iterator[TypedBatch]:
        """The typed batches of one file; counted, faults listed, every row with its origin (FILE, ROW)."""
        tally, table = self.tally(file.table.name), file.table.name
        for raw in file.batches():
            batch = typed(file.table, raw, file.name)
            tally.read += batch.read
            self.rows[file.name] += batch.read
            for fault in batch.faults:
                self.rejects.add(table, file.name, fault)
            self.progress(table, tally.read)
            origin = {FILE: np.full(len(batch.frame), self.number(file.name), "int16"), ROW: batch.rows}
            yield TypedBatch(batch.frame.assign(**origin), batch.rows, batch.faults)

    def reject(self, table: str, frame: pd.DataFrame, reason: str, column: str, wrong: np.ndarray) -> None:
        """List the rows of `frame` where `wrong` is true."""
        bad = frame[wrong]
        shown = bad[column] if column in bad else pd.Series("", index=bad.index)
        for number, rows in bad.groupby(FILE, observed=True).indices.items():
            part = bad.iloc[rows]
            values = tuple("" if pd.isna(v) else str(v) for v in shown.iloc[rows])
            self.rejects.add(table, self.names[int(number)], Fault(reason, column, part[ROW].to_numpy(), values))

    def single(self, table: SourceTable, frame: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
        """`frame` with each key once. Of rows that share a key the first in the order of their contents stays.

        The order of rows in the file does not matter.
        """
        if not key or not (shared := frame.duplicated(list(key), keep=False).to_numpy()).any():
            return frame
        contents = [c for c in frame.columns if c not in (FILE, ROW)]
        twins = frame[shared].sort_values([*contents, FILE, ROW], kind="stable")
        extra = twins.index[twins.duplicated(list(key))]
        wrong = frame.index.isin(extra)
        column = next((c.name for c in table.columns if c.target == key[0]), key[0])
        self.reject(table.name, frame.rename(columns={key[0]: column}), DOUBLE, column, wrong)
        return frame[~wrong].reset_index(drop=True)

    def report(self, table: SourceTable, scored: int) -> TableReport:
        """The counts of one table as they stand now. scored: addresses to cover."""
        tally = self.tally(table.name)
        known = not pd.isna(tally.first)
        return TableReport(
            table=table.name,
            source=table.source,
            files=tuple(f.name for f in self.delivery.of(table)),
            read=tally.read,
            used=tally.used,
            rejected=self.rejects.of(table.name),
            routes={k: v for k, v in tally.routes.items() if v},
            coverage=tally.covered / scored if tally.covered is not None and scored else float("nan"),
            period=(tally.first.date().isoformat(), tally.last.date().isoformat()) if known else None,
            outside=tally.outside,
            notes=tuple(tally.notes),
        )
