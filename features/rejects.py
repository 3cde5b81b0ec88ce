"""Rows that could not be used: counted by reason, listed in `afgekeurd.csv` (bestand;rij;kolom;waarde;reden)."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from features.typed import Fault

HEADER = ("bestand", "rij", "kolom", "waarde", "reden")


@dataclass
class Rejects:
    """The list of one ingest. `path` None: count only. `counts`: table -> reason -> rows."""

    path: Path | None
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.path is not None:
            with self.path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, delimiter=";").writerow(HEADER)

    def add(self, table: str, file: str, fault: Fault) -> None:
        """Count and list the rows of one fault, one line per row."""
        self.counts.setdefault(table, Counter())[fault.reason] += len(fault.rows)
        if self.path is None:
            return
        with self.path.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            values = fault.values or ("",) * len(fault.rows)
            writer.writerows(
                (file, row, fault.column, value, fault.reason)
                for row, value in zip(fault.rows.tolist(), values, strict=True)
            )

    def add_many(self, table: str, file: str, reason: str, count: int) -> None:
        """Rows that lie outside the delivery's area: counted, and listed as one line with their number."""
        if count:
            self.add(table, file, Fault(reason, "", np.array([0]), (f"{count} rijen",)))
            self.counts[table][reason] += count - 1

    def of(self, table: str) -> dict[str, int]:
        """Reason -> rows of one table, most frequent first."""
        return dict(self.counts.get(table, Counter()).most_common())
