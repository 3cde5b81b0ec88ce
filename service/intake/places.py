"""The addresses of one gemeente, as arrays by their number: what every list of them shares."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from features.errors import Refusal
from service import opaque
from service.intake import layout, texts
from service.intake.keys import Keys
from service.intake.layout import UNKNOWN, Ligging
from service.intake.order import ID, distinct
from service.intake.squeeze import MARK
from service.logs.line import subjects_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Places:
    """json: the beginning of every row; marks: the data subject in the LDV log; x, y: RD in decimetres."""

    table: pa.Table
    json: pa.Array
    marks: NDArray[np.void]
    hoog: NDArray[np.uint64]
    neutraal: NDArray[np.uint64]
    plaats: NDArray[np.uint16]
    ligging: NDArray[np.uint8]
    x: NDArray[np.int32]
    y: NDArray[np.int32]


def places(table: pa.Table, adres: NDArray[np.int64], keys: Keys, run_id: str, place: str) -> Places:
    """From the rows of `adressen` and the number of the address of each. place: where they come from, for a Refusal."""
    table = table.take(pa.array(np.argsort(adres))).combine_chunks()
    ids = pc.cast(table[ID], pa.string())
    named = ids.to_pylist()
    opaque_ids = opaque.opaque_ids(keys.adres, named)
    word, code = distinct(table["woonplaats"])
    towns = np.array([*(w or "" for w in word.to_pylist()), ""])
    _, plaats = np.unique(towns[code], return_inverse=True)
    if len(table) and plaats.max() > np.iinfo(np.uint16).max:
        raise Refusal(place, found="more than 65,536 woonplaatsen", expected="fewer", do="look at adressen.parquet")
    outside = pc.cast(table["buitengebied"], pa.string())
    return Places(
        table=table,
        json=texts.addresses(table, _hexadecimal(opaque_ids), ids.combine_chunks()),
        marks=np.frombuffer(subjects_of(keys.ldv, named), dtype=f"V{MARK}"),
        hoog=np.frombuffer(opaque_ids, dtype=">u8")[::2].astype(np.uint64),
        neutraal=_neutral(opaque_ids, run_id),
        plaats=plaats.astype(np.uint16),
        ligging=np.where(
            is_word(outside, "J"), Ligging.BUITEN, np.where(is_word(outside, "N"), Ligging.BINNEN, Ligging.ONBEKEND)
        ).astype(np.uint8),
        x=_decimetres(table["x"]),
        y=_decimetres(table["y"]),
    )


def towns(gemeente: int, of: Places) -> list[tuple[Any, ...]]:
    """Per woonplaats its number, name, addresses and middle (median, RD metres)."""
    names = pc.fill_null(pc.cast(of.table["woonplaats"], pa.string()), "").to_numpy(zero_copy_only=False)
    told = []
    for nr in range(int(of.plaats.max()) + 1 if len(of.plaats) else 0):
        here = np.flatnonzero(of.plaats == nr)
        known = here[(of.x[here] != UNKNOWN) & (of.y[here] != UNKNOWN)]
        middle = [float(np.median(c[known])) / 10 if len(known) else None for c in (of.x, of.y)]
        told.append((gemeente, nr, str(names[here[0]]), len(here), *middle))
    return told


def searched(table: pa.Table) -> bytes:
    """Per address "POSTCODE|ADDRESS" in capitals, a line each."""
    parts = [pc.utf8_upper(pc.fill_null(pc.cast(table[name], pa.string()), "")) for name in ("postcode", "adres")]
    parts = [pc.replace_substring_regex(part, r"[\n|]", " ") for part in parts]
    lines = pc.binary_join_element_wise(pc.replace_substring(parts[0], " ", ""), parts[1], "|")
    return "".join(f"\n{line}" for line in lines.to_pylist()).encode()


def keys_of(gemeente: int, of: Places) -> NDArray[Any]:
    """From opaque id to address, as KEY."""
    keys = np.empty(len(of.hoog), dtype=layout.KEY)
    keys["hoog"], keys["gemeente"], keys["adres"] = of.hoog, gemeente, np.arange(len(of.hoog))
    return keys


def _hexadecimal(opaque_ids: bytes) -> pa.Array:
    told = opaque_ids.hex()
    return pa.array([told[at : at + opaque.LENGTH] for at in range(0, len(told), opaque.LENGTH)], type=pa.string())


def _neutral(opaque_ids: bytes, run_id: str) -> NDArray[np.uint64]:
    """The order while the model is stopped: a hash of the run and the keyed opaque id, so that it says nothing."""
    start = hashlib.sha256(run_id.encode())
    told = []
    for at in range(0, len(opaque_ids), opaque.BYTES):
        one = start.copy()
        one.update(opaque_ids[at : at + opaque.BYTES])
        told.append(one.digest()[:8])
    return np.frombuffer(b"".join(told), dtype=">u8").astype(np.uint64)


def is_word(column: pa.ChunkedArray, word: str) -> NDArray[np.bool_]:
    """Which values of a column of texts are `word`."""
    return pc.fill_null(pc.equal(column, word), False).to_numpy()


def _decimetres(column: pa.ChunkedArray) -> NDArray[np.int32]:
    metres = pc.fill_null(pc.cast(column, pa.float64()), np.nan).to_numpy()
    return np.where(np.isfinite(metres), np.round(np.nan_to_num(metres) * 10), UNKNOWN).astype(np.int32)
