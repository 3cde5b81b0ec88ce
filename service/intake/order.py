"""Which number every address has: its gemeente's, and its own within that gemeente, by identificatie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from features.errors import Refusal
from service.intake.source import Source

ID = "adresseerbaarobject_identificatie"


@dataclass(frozen=True, kw_only=True, eq=False)
class Numbers:
    """ids: all identificaties as numbers, sorted; gemeente, adres: the numbers of each. codes, sizes: per gemeente."""

    ids: NDArray[np.int64]
    gemeente: NDArray[np.int32]
    adres: NDArray[np.int32]
    codes: tuple[str, ...]
    sizes: tuple[int, ...]

    def find(self, column: pa.ChunkedArray, place: str) -> NDArray[np.int64]:
        """Positions in `ids` of a column of identificaties. Raises Refusal on one that is no address of these."""
        words, codes = distinct(column)
        ids = as_numbers(words, place)
        at = np.searchsorted(self.ids, ids)
        at[at == len(self.ids)] = 0
        wrong = np.flatnonzero(self.ids[at] != ids) if len(self.ids) else np.arange(len(ids))
        if len(wrong):
            raise Refusal(
                place,
                found=f"{len(wrong)} identificaties that are not in adressen.parquet",
                expected="the addresses of adressen.parquet alone",
                do="score again",
            )
        return at[codes]


def numbers(source: Source) -> Numbers:
    """Read them. Raises Refusal when an address is there twice or has no identificatie of 16 digits."""
    place = str(source.file("adressen"))
    table = pq.read_table(source.file("adressen"), columns=[ID, "gemeente"])
    ids = as_numbers(table[ID], place)
    gemeenten = table["gemeente"].cast(pa.string())
    if gemeenten.null_count:
        raise Refusal(place, found="addresses without a gemeente", expected="a gemeente each", do="score again")
    words, codes = distinct(gemeenten)
    order = np.argsort(ids, kind="stable")
    ids, gemeente = ids[order], codes[order].astype(np.int32)
    if len(ids) and (ids[1:] == ids[:-1]).any():
        raise Refusal(place, found="an address twice", expected="one row per address", do="score again")
    sizes = np.bincount(gemeente, minlength=len(words))
    within = np.empty(len(ids), dtype=np.int32)
    by_gemeente = np.argsort(gemeente, kind="stable")
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else np.zeros(0, dtype=np.int64)
    within[by_gemeente] = np.arange(len(ids)) - np.repeat(first, sizes)
    return Numbers(
        ids=ids,
        gemeente=gemeente,
        adres=within,
        codes=tuple(words.to_pylist()),
        sizes=tuple(int(size) for size in sizes),
    )


def distinct(column: pa.ChunkedArray) -> tuple[pa.Array, NDArray[np.int64]]:
    """The different values in order of appearance, and for every row which it is; -1 = null."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):  # no chunk at all
        whole = pa.array([], type=column.type)
    if not pa.types.is_dictionary(whole.type):
        whole = pc.dictionary_encode(whole)
    return whole.dictionary.cast(pa.string()), pc.fill_null(whole.indices, -1).to_numpy().astype(np.int64)


def as_numbers(column: pa.Array | pa.ChunkedArray, place: str) -> NDArray[np.int64]:
    """Identificaties of 16 digits as numbers. Raises Refusal on anything else."""
    whole = pc.cast(column, pa.string())
    sixteen = pc.all(pc.match_substring_regex(whole, r"^\d{16}$")).as_py()
    if sixteen is False or whole.null_count:
        raise Refusal(place, found="an identificatie that is none", expected="16 digits", do="score again")
    return pc.cast(whole, pa.int64()).to_numpy()
