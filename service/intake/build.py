"""A whole publication into one file: gemeente after gemeente, laid out by threads, written by one.

The file is made without flushing and flushed once when it is complete: until it has its name nobody reads it, and a
file that was not finished is thrown away.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.errors import Refusal
from service.intake import layout
from service.intake.keys import Keys
from service.intake.layout import FILE, INDEXES, KEY, SCHEMA, key_bits
from service.intake.order import Numbers, distinct, numbers
from service.intake.part import Laid, Part, laid
from service.intake.regroup import regrouped
from service.intake.source import Source
from service.intake.streams import Scattered, Stream
from service.intake.words import Words

TABLES = ("adressen", "scores", "redenen", "tijdlijn", "energie")
Progress = Callable[[int, int], None]  # gemeenten done, of how many


def no_progress(done: int, of: int) -> None:
    """For whoever does not want to know."""


def build(source: Source, folder: Path, keys: Keys, *, threads: int = 2, progress: Progress = no_progress) -> None:
    """Write FILE into `folder`. Raises Refusal when the tables are no whole publication."""
    try:
        _write(source, folder / FILE, keys, threads, progress)
    except Scattered:
        (folder / FILE).unlink()
        aside = folder / "opnieuw"
        try:
            _write(regrouped(source, aside), folder / FILE, keys, threads, progress)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except (pa.ArrowInvalid, OSError) as fault:
        raise Refusal(str(source.folder), found=str(fault), expected="whole tables", do="score again") from fault


def _write(source: Source, file: Path, keys: Keys, threads: int, progress: Progress) -> None:
    told, words = numbers(source), Words()
    found: list[NDArray[np.void]] = []
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for pragma in ("page_size=32768", "journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"):
            db.execute(f"pragma {pragma}")
        db.executescript(SCHEMA)
        db.execute("begin")
        parts = _parts(source, told)
        for number, one in enumerate(_laid(parts, keys, words, threads), start=1):
            _insert(db, one)
            found.append(one.keys)
            progress(number, len(told.codes))
        db.executemany("insert into woorden values (?, ?)", words.rows())
        db.executemany("insert into sleutels values (?, ?)", _keys(np.concatenate([*found, np.zeros(0, dtype=KEY)])))
        about = {"versie": layout.VERSION, "run_id": source.manifest.run_id, "adressen": source.addresses}
        db.executemany("insert into over values (?, ?)", [(name, str(value)) for name, value in about.items()])
        db.execute("commit")
        db.executescript(INDEXES)
    handle = os.open(file, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _parts(source: Source, told: Numbers) -> Iterator[Part]:
    order = list(range(len(told.codes)))
    streams = {table: Stream(source, table, told, order) for table in TABLES}
    for nr in order:
        rows = {table: streams[table].take(nr) for table in TABLES}
        if len(rows["adressen"][0]) != told.sizes[nr]:
            raise Scattered("adressen")
        _same_run(source, rows["scores"][0])
        place = str(source.file("scores"))
        yield Part(nr=nr, code=told.codes[nr], run_id=source.manifest.run_id, place=place, **rows)
    for stream in streams.values():
        stream.close()


def _same_run(source: Source, scores: pa.Table) -> None:
    present, _ = distinct(scores["run_id"])
    others = set(present.to_pylist()) - {source.manifest.run_id}
    if others:
        raise Refusal(
            str(source.file("scores")),
            found=f"rows of run {', '.join(map(str, others))}",
            expected=f"run {source.manifest.run_id} alone",
            do="score again",
        )


def _laid(parts: Iterator[Part], keys: Keys, words: Words, threads: int) -> Iterator[Laid]:
    """In order. While some are laid out the next are read; no more are held than there are threads, and one."""
    if not threads:
        yield from (laid(part, keys, words) for part in parts)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Laid]] = deque()
        for part in parts:
            waiting.append(pool.submit(laid, part, keys, words))
            del part
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _insert(db: sqlite3.Connection, one: Laid) -> None:
    db.execute("insert into gemeenten values (?, ?, ?)", one.gemeente)
    db.executemany("insert into lijsten values (?, ?, ?)", one.lijsten)
    db.executemany("insert into plaatsen values (?, ?, ?, ?, ?, ?)", one.plaatsen)
    db.executemany("insert into blokken values (?, ?)", one.blokken)
    db.executemany("insert into kolommen (gemeente, doel, naam, inhoud) values (?, ?, ?, ?)", one.kolommen)
    for table, packs in one.packs.items():
        db.executemany(f"insert into pakken_{table} values (?, ?)", packs)


def _keys(keys: NDArray[np.void]) -> Iterator[tuple[int, bytes]]:
    keys = keys[np.argsort(keys["hoog"], kind="stable")]
    shift = np.uint64(64 - key_bits(len(keys)))
    rows = keys["hoog"].astype(np.uint64) >> shift
    edges = np.concatenate([[0], np.flatnonzero(rows[1:] != rows[:-1]) + 1, [len(keys)]]).tolist()
    for begin, end in pairwise(edges):
        if end > begin:
            yield int(rows[begin]), keys[begin:end].tobytes()
