"""A table of a publication, gemeente by gemeente, in one pass: memory holds the largest gemeente and no more.

A scoring run writes gemeente after gemeente. A table that lies otherwise is laid so first (regroup.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from service.intake.order import ID, Numbers
from service.intake.source import Source

AT_ONCE = 131_072  # rows read at a time
_AS_WORDS = (ID, "kenmerk", "zin", "doel", "gemeente", "band", "run_id", "woonplaats", "functie", "einde_reden")


class Scattered(Exception):
    """The rows of one gemeente do not lie together."""


class Stream:
    """Hands out the rows of one gemeente after the other, with the number of the address of each."""

    def __init__(self, source: Source, table: str, numbers: Numbers, order: list[int]) -> None:
        self.place = str(source.file(table))
        self._numbers = numbers
        self._turn = {gemeente: turn for turn, gemeente in enumerate(order)}
        names = pq.read_schema(source.file(table)).names
        words = [name for name in _AS_WORDS if name in names]
        # Without pre_buffer: that would read the whole file into memory at the first batch.
        self._file = pq.ParquetFile(source.file(table), read_dictionary=words, pre_buffer=False)
        # A reader per row group: one for all would let the dictionary of identificaties grow to that of the whole file.
        self._batches = (
            batch
            for group in range(self._file.num_row_groups)
            for batch in self._file.iter_batches(batch_size=AT_ONCE, row_groups=[group])
        )
        self._waiting: list[tuple[int, pa.RecordBatch, NDArray[np.int64]]] = []

    def take(self, gemeente: int) -> tuple[pa.Table, NDArray[np.int64]]:
        """Its rows and their numbers of addresses; to be asked in the order that was given. Raises Scattered."""
        parts: list[pa.RecordBatch] = []
        adressen: list[NDArray[np.int64]] = []
        while self._waiting or self._read():
            while self._waiting and self._waiting[0][0] == gemeente:
                _, batch, numbers = self._waiting.pop(0)
                parts.append(batch)
                adressen.append(numbers)
            if self._waiting:
                if self._turn[self._waiting[0][0]] < self._turn[gemeente]:
                    raise Scattered(self.place)
                break
        table = pa.Table.from_batches(parts, schema=parts[0].schema if parts else self._file.schema_arrow)
        return table, np.concatenate(adressen) if adressen else np.zeros(0, dtype=np.int64)

    def close(self) -> None:
        """Let go of the file. Raises Scattered when rows were left."""
        self._file.close()
        if self._waiting:
            raise Scattered(self.place)

    def _read(self) -> bool:
        """The next batch, cut where another gemeente begins; False at the end."""
        batch = next(self._batches, None)
        if batch is None:
            return False
        at = self._numbers.find(pa.chunked_array([batch.column(ID)]), self.place)
        gemeente, adres = self._numbers.gemeente[at], self._numbers.adres[at].astype(np.int64)
        for begin, end in _runs(gemeente):
            self._waiting.append((int(gemeente[begin]), batch.slice(begin, end - begin), adres[begin:end]))
        return True


def _runs(values: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
    if not len(values):
        return
    edges = np.flatnonzero(values[1:] != values[:-1]) + 1
    yield from zip([0, *edges.tolist()], [*edges.tolist(), len(values)], strict=True)
