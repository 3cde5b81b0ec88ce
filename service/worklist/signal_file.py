"""A file of signals (FORMATS 5) read by its declaration: rows that can be used, and the others with why."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from features.rawfile import RawFile
from features.sources.signalen import INTAKES, SIGNALEN
from features.typed import typed

MOST_BYTES = 5_000_000  # of an upload: some 50,000 signals, more than the whole country's LAA in a year
TOO_LONG = "te lang"
LENGTHS = (("signaal_id", 100), ("soort", 40))  # characters


@dataclass(frozen=True, kw_only=True)
class SignalRow:
    """One row that can be used. rij: its line in the file, the header being 1."""

    rij: int
    signaal_id: str
    bron: str
    soort: str
    identificatie: str
    ontvangen: date
    afgehandeld: date | None


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """One row that cannot be used. The value itself is not repeated: who knows what was typed there."""

    rij: int
    kolom: str
    reden: str


@dataclass(frozen=True, kw_only=True)
class SignalFile:
    """All rows of a file: gelezen = rijen + afgekeurd."""

    rijen: tuple[SignalRow, ...]
    afgekeurd: tuple[Rejected, ...]


def read_bytes(content: bytes) -> SignalFile:
    """An upload. Raises Refusal when it is no such CSV at all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signalen.csv"
        path.write_bytes(content)
        return read_file(path)


def read_file(path: Path) -> SignalFile:
    """A `.csv`, `.csv.gz` or `.parquet`. Raises Refusal when it cannot be read or lacks a column."""
    rows: list[SignalRow] = []
    rejected: list[Rejected] = []
    for batch in RawFile(path, path.name, SIGNALEN).batches():
        judged = typed(SIGNALEN, batch, path.name)
        for fault in judged.faults:
            rejected += [Rejected(rij=int(row), kolom=fault.column, reden=fault.reason) for row in fault.rows]
        good = np.ones(len(judged.frame), dtype=bool)
        for reason, column, wrong in [*INTAKES[0].checks(judged.frame), *_too_long(judged.frame)]:
            hit = np.asarray(wrong, dtype=bool) & good
            rejected += [Rejected(rij=int(row), kolom=column, reden=reason) for row in judged.rows[hit]]
            good &= ~hit
        rows += _rows(judged.frame[good], judged.rows[good])
    return SignalFile(rijen=tuple(rows), afgekeurd=tuple(sorted(rejected, key=lambda one: one.rij)))


def _too_long(frame: pd.DataFrame) -> list[tuple[str, str, np.ndarray]]:
    return [(TOO_LONG, name, (frame[name].str.len() > most).to_numpy()) for name, most in LENGTHS]


def _rows(frame: pd.DataFrame, numbers: np.ndarray) -> list[SignalRow]:
    return [
        SignalRow(
            rij=int(number),
            signaal_id=str(row.signaal_id),
            bron=str(row.bron),
            soort=str(row.soort),
            identificatie=str(row.adresseerbaarobject_identificatie),
            ontvangen=row.bekend.date(),
            afgehandeld=None if pd.isna(row.afgehandeld) else row.afgehandeld.date(),
        )
        for number, row in zip(numbers, frame.itertuples(index=False), strict=True)
    ]
