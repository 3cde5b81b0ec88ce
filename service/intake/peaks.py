"""The reasons of a gemeente as arrays, and of every row of a list its strongest ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.scores import REST
from service.intake.order import distinct

STRONGEST = 2  # reasons in a row of a list


@dataclass(frozen=True, kw_only=True, eq=False)
class Reasons:
    """m reasons, sorted by address, target, volgorde. kenmerk, zin: places in the lists of words; doel: 0 or 1."""

    adres: NDArray[np.int64]
    doel: NDArray[np.int64]
    volgorde: NDArray[np.int64]
    kenmerk: NDArray[np.int64]
    zin: NDArray[np.int64]
    waarde: NDArray[np.float64]
    vergelijking: NDArray[np.float64]
    bijdrage: NDArray[np.float64]
    kenmerken: tuple[str, ...]
    zinnen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Peak:
    """For every row of a list one reason. there: False where it has none. kenmerken, zinnen: the words as JSON."""

    there: NDArray[np.bool_]
    volgorde: NDArray[np.int64]
    kenmerk: NDArray[np.int64]
    zin: NDArray[np.int64]
    waarde: NDArray[np.float64]
    vergelijking: NDArray[np.float64]
    bijdrage: NDArray[np.float64]
    kenmerken: pa.Array
    zinnen: pa.Array


def reasons(table: pa.Table, adres: NDArray[np.int64], doelen: tuple[str, ...]) -> Reasons:
    """The rows of `redenen` of one gemeente. Rows of a target that we do not know are left out."""
    named, code = distinct(table["doel"])
    place = {word: number for number, word in enumerate(doelen)}
    doel = np.array([place.get(word, -1) for word in named.to_pylist()] + [-1], dtype=np.int64)[code]
    volgorde = _whole(table["volgorde"])
    kenmerken, kenmerk = _words(table["kenmerk"])
    zinnen, zin = _words(table["zin"])
    # One key per row; a run that wrote target after target leaves two sorted halves, which sort in one pass.
    order = np.flatnonzero(doel >= 0)
    key = (adres[order] * len(doelen) + doel[order]) * (1 << 16) + volgorde[order]
    if (key[1:] < key[:-1]).any():
        order = order[np.argsort(key, kind="stable")]
    return Reasons(
        adres=adres[order],
        doel=doel[order],
        volgorde=volgorde[order],
        kenmerk=kenmerk[order],
        zin=zin[order],
        waarde=_numbers(table["waarde"])[order],
        vergelijking=_numbers(table["vergelijking"])[order],
        bijdrage=np.nan_to_num(_numbers(table["bijdrage"])[order], nan=0.0),
        kenmerken=kenmerken,
        zinnen=zinnen,
    )


def peaks(
    found: Reasons, doel: int, adres: NDArray[np.int64], size: int, words: tuple[pa.Array, pa.Array]
) -> tuple[Peak, ...]:
    """The STRONGEST reasons of the addresses `adres` for `doel`, the rest left out. size: addresses of the gemeente;
    words: `kenmerken` and `zinnen` as JSON.
    """
    rest = np.array([word == REST for word in found.kenmerken] + [False])
    rows = np.flatnonzero((found.doel == doel) & ~rest[found.kenmerk])
    of = found.adres[rows]
    first = np.searchsorted(of, np.arange(size + 1))
    told = []
    for place in range(STRONGEST):
        at = first[adres] + place
        there = at < first[adres + 1]
        if not len(rows):
            told.append(_none(there, words))
            continue
        row = rows[np.where(there, at, 0)]
        told.append(
            Peak(
                there=there,
                volgorde=found.volgorde[row],
                kenmerk=found.kenmerk[row],
                zin=found.zin[row],
                waarde=found.waarde[row],
                vergelijking=found.vergelijking[row],
                bijdrage=found.bijdrage[row],
                kenmerken=words[0],
                zinnen=words[1],
            )
        )
    return tuple(told)


def _none(there: NDArray[np.bool_], words: tuple[pa.Array, pa.Array]) -> Peak:
    """No reason for any row."""
    whole, part = np.zeros(len(there), dtype=np.int64), np.zeros(len(there))
    return Peak(
        there=there,
        volgorde=whole,
        kenmerk=whole,
        zin=whole,
        waarde=part,
        vergelijking=part,
        bijdrage=part,
        kenmerken=words[0],
        zinnen=words[1],
    )


def _words(column: pa.ChunkedArray) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The different words, the empty one last, and for every row which it is."""
    words, codes = distinct(column)
    told = tuple(word or "" for word in words.to_pylist())
    return (*told, ""), np.where(codes < 0, len(told), codes)


def _whole(column: pa.ChunkedArray) -> NDArray[np.int64]:
    return pc.fill_null(pc.cast(column, pa.int64()), 0).to_numpy()


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    return pc.fill_null(pc.cast(column, pa.float64()), np.nan).to_numpy()
