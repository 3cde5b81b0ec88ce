"""What stands behind the addresses of a gemeente, as records: reasons, registrations, months of energy.

A pack holds the records of SHARED addresses, by address and as a page shows them; it is read whole.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from service.intake.layout import MONTH, REASON, SHARED, STAY, UNKNOWN, pack_id
from service.intake.order import distinct
from service.intake.peaks import Reasons
from service.intake.squeeze import squeezed
from service.intake.words import Words

Packed = list[tuple[int, bytes]]


def packed(records: NDArray[Any], gemeente: int) -> Packed:
    """Records sorted by `adres`, cut into packs; an empty pack is left out."""
    packs = records["adres"] // SHARED
    edges = np.concatenate([[0], np.flatnonzero(packs[1:] != packs[:-1]) + 1, [len(records)]]).tolist()
    data, width = memoryview(records.tobytes()), records.dtype.itemsize
    return [
        (pack_id(gemeente, int(packs[begin])), squeezed(data[begin * width : end * width]))
        for begin, end in pairwise(edges)
        if end > begin
    ]


def reason_records(found: Reasons, words: Words) -> NDArray[Any]:
    """Of one gemeente."""
    told = np.empty(len(found.adres), dtype=REASON)
    for name in ("adres", "doel", "volgorde", "waarde", "vergelijking", "bijdrage"):
        told[name] = getattr(found, name)
    told["kenmerk"] = words.numbers(found.kenmerken)[found.kenmerk]
    told["zin"] = words.numbers(found.zinnen)[found.zin]
    return told


def stay_records(table: pa.Table, adres: NDArray[np.int64], words: Words) -> NDArray[Any]:
    """Of one gemeente, per address by person and begin, one without a begin first."""
    told = np.empty(len(adres), dtype=STAY)
    told["adres"], told["persoon"] = adres, pc.cast(table["persoon"], pa.int32()).to_numpy()
    told["functie"] = _numbered(table["functie"], words)
    told["van"], told["tot"] = _days(table["van"]), _days(table["tot"])
    told["einde_reden"] = _numbered(table["einde_reden"], words)
    return told[np.lexsort((told["van"], told["persoon"], told["adres"]))]


def month_records(table: pa.Table, adres: NDArray[np.int64], words: Words) -> NDArray[Any]:
    """Of one gemeente, per address by product and month."""
    told = np.empty(len(adres), dtype=MONTH)
    told["adres"] = adres
    for name in ("product", "maand"):
        told[name] = _numbered(table[name], words)
    for name in ("verbruik", "laag", "midden", "hoog"):
        told[name] = pc.fill_null(pc.cast(table[name], pa.float64()), np.nan).to_numpy()
    places = [_alphabetical(table[name]) for name in ("maand", "product")]
    return told[np.lexsort((*places, told["adres"]))]


def _numbered(column: pa.ChunkedArray, words: Words) -> NDArray[np.uint32]:
    different, codes = distinct(column)
    told = words.numbers([word or "" for word in different.to_pylist()] + [""])
    return told[codes]


def _alphabetical(column: pa.ChunkedArray) -> NDArray[np.int64]:
    different, codes = distinct(column)
    order = np.argsort(np.array([*(word or "" for word in different.to_pylist()), ""]), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[codes]


def _days(column: pa.ChunkedArray) -> NDArray[np.int32]:
    days = pc.cast(pc.cast(pc.cast(column, pa.timestamp("ms")), pa.date32(), safe=False), pa.int32())
    return pc.fill_null(days, UNKNOWN).to_numpy()
