"""One publication's file, opened: everything in it is found in one step. It never changes, so nothing is locked.

Rows of lists come as the bytes that the API gives. Small arrays to filter by are kept once they were read, the ones
used last, up to a bound; so is the alphabet of words. The rest stays on disk.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.columns import Doel
from features.errors import Refusal
from service.intake.layout import (
    ADDRESS_COLUMNS,
    DOELEN,
    FILE,
    KEY,
    LIST_COLUMNS,
    MONTH,
    NOT_LISTED,
    OF_ADDRESS,
    REASON,
    ROWS,
    SHARED,
    STAY,
    TEXT_COLUMN,
    VERSION,
    WORDS,
    block_id,
    key_bits,
    pack_id,
)
from service.intake.squeeze import Block, opened
from service.intake.texts import ID_AT
from service.reading.kept import Kept

KEPT_BYTES = 256 * 2**20  # of arrays, per publication
KEPT_WORDS = 4096  # rows of words
MAPPED = 2**40  # the file is read through the page cache, whatever its size
_PACKS = {"redenen": REASON, "tijdlijn": STAY, "energie": MONTH}


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where an address is: the number of its gemeente, and its own."""

    gemeente: int
    adres: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """Rows of a list as JSON, a comma behind each. marks: their data subjects for the LDV log."""

    text: bytes
    marks: bytes

    def split(self) -> list[dict[str, Any]]:
        """Each row by itself."""
        told: list[dict[str, Any]] = json.loads(b"[%b]" % self.text[:-1])
        return told


class Book:
    """Safe to share between threads: each reads over a connection of its own."""

    def __init__(self, folder: Path) -> None:
        """Raises Refusal when the file is not one of this layout."""
        self.path = folder / FILE
        self._local = threading.local()
        self._arrays: Kept[tuple[int, int, str], NDArray[Any]] = Kept(KEPT_BYTES)
        self._texts: Kept[int, str] = Kept(KEPT_BYTES // 4)
        self._words: Kept[int, list[str]] = Kept(KEPT_WORDS)
        try:
            about = dict(self.ask("select naam, waarde from over"))
            if about["versie"] != str(VERSION):
                raise KeyError(f"version {about['versie']}")
            gemeenten = self.ask("select nr, code, adressen from gemeenten order by nr")
            self.ranked = {(g, d): rows for g, d, rows in self.ask("select gemeente, doel, rijen from lijsten")}
            self.towns = self.ask("select gemeente, nr, woonplaats, adressen, x, y from plaatsen")
        except (sqlite3.Error, KeyError) as fault:
            raise Refusal(
                str(self.path), found=str(fault), expected="a publication that was taken in", do="take it in again"
            ) from fault
        self.codes: tuple[str, ...] = tuple(code for _, code, _ in gemeenten)
        self.sizes: tuple[int, ...] = tuple(size for *_, size in gemeenten)
        self.numbers = {code: nr for nr, code, _ in gemeenten}
        self.addresses = sum(self.sizes)
        self._shift = 64 - key_bits(self.addresses)

    def ask(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """The rows of a query."""
        return self._connection().execute(query, parameters).fetchall()

    def run(self, gemeente: int, doel: int, begin: int, end: int) -> Rows:
        """The rows begin … end - 1 of a list."""
        first, last = begin // ROWS, (end - 1) // ROWS
        found = self._connection().execute(
            "select inhoud from blokken where id between ? and ?",
            (block_id(gemeente, doel, first), block_id(gemeente, doel, last)),
        )
        texts, marks, base = [], [], first * ROWS
        for (stored,) in found:
            block = Block(stored, ROWS)
            some = max(begin - base, 0), min(end - base, ROWS)
            texts.append(block.text(*some))
            marks.append(block.marks(*some))
            base += ROWS
        return Rows(text=b"".join(texts), marks=b"".join(marks))

    def rows(self, places: Iterable[tuple[int, int, int]]) -> Rows:
        """Rows from anywhere: (gemeente, doel, place in its list) each."""
        connection = self._connection()
        texts, marks = [], []
        known: dict[int, Block] = {}
        for gemeente, doel, place in places:
            wanted = block_id(gemeente, doel, place // ROWS)
            block = known.get(wanted)
            if block is None:
                (stored,) = connection.execute("select inhoud from blokken where id = ?", (wanted,)).fetchone()
                block = known[wanted] = Block(stored, ROWS)
            texts.append(block.text(place % ROWS, place % ROWS + 1))
            marks.append(block.marks(place % ROWS, place % ROWS + 1))
        return Rows(text=b"".join(texts), marks=b"".join(marks))

    def column(self, gemeente: int, doel: int, name: str) -> NDArray[Any]:
        """One of LIST_COLUMNS, or with OF_ADDRESS one of ADDRESS_COLUMNS."""
        key = (gemeente, doel, name)
        known = self._arrays.get(key)
        if known is None:
            kind = ADDRESS_COLUMNS[name] if doel == OF_ADDRESS else LIST_COLUMNS[name]
            known = np.frombuffer(self._column(*key), dtype=kind)
            self._arrays.put(key, known, known.nbytes)
        return known

    def text(self, gemeente: int) -> str:
        """Per address a line "POSTCODE|ADDRESS" in capitals."""
        known = self._texts.get(gemeente)
        if known is None:
            known = self._column(gemeente, OF_ADDRESS, TEXT_COLUMN).decode()
            self._texts.put(gemeente, known, len(known))
        return known

    def spot(self, opaque_id: str) -> Spot | None:
        """Where the address of an opaque id is; None when it is not in this publication."""
        hoog = int(opaque_id[:16], 16)
        stored = self.ask("select inhoud from sleutels where id = ?", (hoog >> self._shift,))
        keys = np.frombuffer(stored[0][0], dtype=KEY) if stored else np.zeros(0, dtype=KEY)
        at = int(np.searchsorted(keys["hoog"], np.uint64(hoog)))
        while at < len(keys) and int(keys["hoog"][at]) == hoog:
            spot = Spot(gemeente=int(keys["gemeente"][at]), adres=int(keys["adres"][at]))
            row = self.row(spot)
            if row is not None and row[ID_AT : ID_AT + len(opaque_id)] == opaque_id.encode():
                return spot
            at += 1
        return None

    def place(self, spot: Spot, doel: int) -> int | None:
        """Its place in the list of a target, None when it is not in it."""
        place = self.column(spot.gemeente, OF_ADDRESS, f"plek{doel}")[spot.adres]
        return None if place == NOT_LISTED else int(place)

    def row(self, spot: Spot) -> bytes | None:
        """A row of a list with this address; every address is in one."""
        for doel in range(len(DOELEN)):
            place = self.place(spot, doel)
            if place is not None:
                return self.rows([(spot.gemeente, doel, place)]).text
        return None

    def listed(self, gemeente: int, doel: int, place: int) -> bool:
        """Whether a row of a list is ranked: behind the first list stand the addresses in no ranking."""
        return place < self.ranked[gemeente, doel]

    def pack(self, table: str, spot: Spot) -> list[tuple[Any, ...]]:
        """The records of `table` of one address, without its number."""
        stored = self.ask(
            f"select inhoud from pakken_{table} where id = ?", (pack_id(spot.gemeente, spot.adres // SHARED),)
        )
        if not stored:
            return []
        records = np.frombuffer(opened(stored[0][0]), dtype=_PACKS[table])
        first, last = np.searchsorted(records["adres"], [spot.adres, spot.adres + 1])
        return [record[1:] for record in records[first:last].tolist()]

    def word(self, number: int) -> str:
        """A word by its number."""
        row, place = divmod(number, WORDS)
        known = self._words.get(row)
        if known is None:
            known = json.loads(opened(self.ask("select inhoud from woorden where id = ?", (row,))[0][0]))
            self._words.put(row, known, 1)
        return known[place]

    def _column(self, gemeente: int, doel: int, name: str) -> bytes:
        query = "select inhoud from kolommen where gemeente = ? and doel = ? and naam = ?"
        return opened(self.ask(query, (gemeente, doel, name))[0][0])

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None:
            known = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True, isolation_level=None)
            known.execute(f"pragma mmap_size={MAPPED}")
            self._local.connection = known
        return known


def number_of(doel: Doel) -> int:
    """The place of a target in the file."""
    return DOELEN.index(doel)
