"""The ranking of one gemeente for one target, laid out: blocks of rows as the API gives them, columns to filter by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from features.errors import Refusal
from features.register import FEATURES
from models.scores import BANDS
from service.intake import layout, texts
from service.intake.layout import DOELEN, GROEPEN, NO_GROUP, ROWS
from service.intake.order import distinct
from service.intake.peaks import Reasons, peaks
from service.intake.places import Places, is_word
from service.intake.squeeze import MARK, rows_squeezed

_GROUP = {feature.name: GROEPEN.index(feature.group) for feature in FEATURES}
PAIR = " x "
Words = tuple[pa.Array, pa.Array]  # features and sentences, as JSON
AT_ONCE = 100_000  # rows of which the text is in memory


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranking:
    """The rows of `scores` of one gemeente and target, by rang. adres: the number of the address of each."""

    doel: int
    scores: pa.Table
    adres: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Listed:
    """A list laid out. rows: the number of the address in each place; behind the ranked ones stand those in none."""

    ranked: int
    rows: NDArray[np.int64]
    blocks: list[bytes]
    columns: dict[str, NDArray[Any]]


def ranking(table: pa.Table, adres: NDArray[np.int64], doel: int, place: str) -> Ranking:
    """Of one target. Raises Refusal when its rows are no ranking of 1 … n. place: where they come from."""
    rows = np.flatnonzero(is_word(pc.cast(table["doel"], pa.string()), DOELEN[doel].value))
    rang = pc.cast(table["rang"], pa.int64()).to_numpy()[rows] if len(rows) else np.zeros(0, dtype=np.int64)
    order = np.argsort(rang, kind="stable")
    rows = rows[order]
    if (rang[order] != np.arange(1, len(rows) + 1)).any() or len(np.unique(adres[rows])) != len(rows):
        raise Refusal(
            place,
            found=f"a gemeente whose rows are no ranking for {DOELEN[doel]}",
            expected="every rang from 1 on once, and every address once",
            do="score again",
        )
    return Ranking(doel=doel, scores=table.take(pa.array(rows)), adres=adres[rows])


def listed(places: Places, found: Reasons, words: Words, of: Ranking, outside: NDArray[np.int64]) -> Listed:
    """Lay out one list. outside: addresses to stand behind it."""
    rows = np.concatenate([of.adres, outside])
    made, groups = _rows(places, found, words, of, outside)
    return Listed(
        ranked=len(of.adres),
        rows=rows,
        blocks=list(_blocks(made, places.marks[rows].tobytes())),
        columns=_columns(places, rows, of.scores, groups),
    )


def _rows(
    places: Places, found: Reasons, words: Words, of: Ranking, outside: NDArray[np.int64]
) -> tuple[list[pa.Array], NDArray[np.uint8]]:
    """The rows of a list as JSON, AT_ONCE at a time, and the group of each one's strongest reason."""
    group = np.array([_GROUP.get(word.split(PAIR)[0], NO_GROUP) for word in found.kenmerken], dtype=np.uint8)
    rows: list[pa.Array] = []
    groups = [np.zeros(0, dtype=np.uint8)]
    for begin in range(0, len(of.adres), AT_ONCE):
        some = of.adres[begin : begin + AT_ONCE]
        strongest = peaks(found, of.doel, some, len(places.table), words)
        rows.append(
            texts.ranked(
                places.json.take(pa.array(some)), DOELEN[of.doel].value, of.scores.slice(begin, len(some)), strongest
            )
        )
        groups.append(np.where(strongest[0].there, group[strongest[0].kenmerk], NO_GROUP).astype(np.uint8))
    if len(outside):
        rows.append(texts.unranked(places.json.take(pa.array(outside))))
        groups.append(np.full(len(outside), NO_GROUP, dtype=np.uint8))
    return rows, np.concatenate(groups)


def _blocks(rows: list[pa.Array], marks: bytes) -> Iterator[bytes]:
    """Blocks of ROWS rows, also over the seams. marks: of all rows."""
    left, done = pa.array([], type=pa.string()), 0
    for number, more in enumerate(rows, start=1):
        some = pa.concat_arrays([left, more])
        whole = len(some) if number == len(rows) else len(some) // ROWS * ROWS
        left = some.slice(whole)
        if whole:
            _, offsets, data = some.buffers()
            ends = np.frombuffer(offsets, dtype=np.int32)[some.offset : some.offset + whole + 1].astype(np.int64)
            yield from rows_squeezed(memoryview(data), ends, marks[done * MARK : (done + whole) * MARK], ROWS)
            done += whole


def _columns(
    places: Places, rows: NDArray[np.int64], chosen: pa.Table, groups: NDArray[np.uint8]
) -> dict[str, NDArray[Any]]:
    word, code = distinct(chosen["band"])
    place = {band: number for number, band in enumerate(BANDS)}
    band = np.array([*(place.get(w, NO_GROUP) for w in word.to_pylist()), NO_GROUP], dtype=np.uint8)[code]
    more = len(rows) - len(chosen)
    kans = pc.fill_null(pc.cast(chosen["kans"], pa.float64()), np.nan).to_numpy()
    found = {
        "adres": rows,
        "band": np.concatenate([band, np.full(more, NO_GROUP)]),
        "plaats": places.plaats[rows],
        "ligging": places.ligging[rows],
        "groep": groups,
        "x": places.x[rows],
        "y": places.y[rows],
        "kans": np.concatenate([kans, np.full(more, np.nan)]),
    }
    return {name: found[name].astype(kind) for name, kind in layout.LIST_COLUMNS.items()}
