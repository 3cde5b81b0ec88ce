"""One gemeente of a publication, laid out: blocks of its lists, columns to filter by, packs behind its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from service.intake import layout, packs, texts
from service.intake.keys import Keys
from service.intake.layout import DOELEN, OF_ADDRESS, block_id
from service.intake.order import ID
from service.intake.peaks import reasons
from service.intake.places import Places, keys_of, places, searched, towns
from service.intake.ranked import Listed, listed, ranking
from service.intake.squeeze import squeezed
from service.intake.words import Words

Rows = tuple[pa.Table, NDArray[np.int64]]  # with the number of the address of each row
Column = tuple[int, int, str, bytes]


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """The rows of one gemeente. place: where they come from, for a Refusal."""

    nr: int
    code: str
    run_id: str
    place: str
    adressen: Rows
    scores: Rows
    redenen: Rows
    tijdlijn: Rows
    energie: Rows


@dataclass(frozen=True, kw_only=True, eq=False)
class Laid:
    """Rows for the tables of layout.py; keys: as KEY."""

    gemeente: tuple[int, str, int]
    lijsten: list[tuple[int, int, int]]
    plaatsen: list[tuple[Any, ...]]
    blokken: list[tuple[int, bytes]]
    kolommen: list[Column]
    packs: dict[str, list[tuple[int, bytes]]]
    keys: NDArray[Any]


def laid(part: Part, keys: Keys, words: Words) -> Laid:
    """Lay out one gemeente. Raises Refusal when its ranking is none."""
    there = places(*part.adressen, keys, part.run_id, part.place)
    found = reasons(*part.redenen, tuple(doel.value for doel in DOELEN))
    told = texts.quoted_words(found.kenmerken), texts.quoted_words(found.zinnen)
    everywhere = np.zeros(len(there.table), dtype=bool)
    everywhere[part.scores[1]] = True
    lists = []
    for doel in range(len(DOELEN)):
        # An address in no ranking stands behind the first list: there it can be found.
        outside = np.flatnonzero(~everywhere) if doel == 0 else np.zeros(0, dtype=np.int64)
        lists.append(listed(there, found, told, ranking(*part.scores, doel, part.place), outside))
    return Laid(
        gemeente=(part.nr, part.code, len(there.table)),
        lijsten=[(part.nr, doel, one.ranked) for doel, one in enumerate(lists)],
        plaatsen=towns(part.nr, there),
        blokken=[
            (block_id(part.nr, doel, number), block)
            for doel, one in enumerate(lists)
            for number, block in enumerate(one.blocks)
        ],
        kolommen=[*_of_lists(part.nr, lists), *_of_addresses(part.nr, there, lists)],
        packs={
            "redenen": packs.packed(packs.reason_records(found, words), part.nr),
            "tijdlijn": packs.packed(packs.stay_records(*part.tijdlijn, words), part.nr),
            "energie": packs.packed(packs.month_records(*part.energie, words), part.nr),
        },
        keys=keys_of(part.nr, there),
    )


def _of_lists(gemeente: int, lists: list[Listed]) -> list[Column]:
    return [
        (gemeente, doel, name, squeezed(column.tobytes()))
        for doel, one in enumerate(lists)
        for name, column in one.columns.items()
    ]


def _of_addresses(gemeente: int, there: Places, lists: list[Listed]) -> list[Column]:
    columns: dict[str, NDArray[Any]] = {
        "identificatie": pc.cast(there.table[ID], pa.int64()).to_numpy(),
        "neutraal": there.neutraal,
    }
    for doel, one in enumerate(lists):
        place = np.full(len(there.table), layout.NOT_LISTED, dtype=np.uint32)
        place[one.rows] = np.arange(len(one.rows), dtype=np.uint32)
        columns[f"plek{doel}"] = place
    told = [
        (gemeente, OF_ADDRESS, name, squeezed(column.astype(layout.ADDRESS_COLUMNS[name]).tobytes()))
        for name, column in columns.items()
    ]
    return [*told, (gemeente, OF_ADDRESS, layout.TEXT_COLUMN, squeezed(searched(there.table)))]
