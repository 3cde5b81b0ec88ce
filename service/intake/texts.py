"""The rows of a list as the API gives them, made once at intake: columns of values in, one column of JSON out.

Every text is that of `RankedOut` (service/schemas.py), its members in the same order, and a comma; tests hold the two
together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from json.encoder import encode_basestring as as_json
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyproj import Transformer

from service.intake.order import distinct
from service.intake.peaks import Peak

DEGREES = 6  # decimals: 0.1 m
ID_AT = len('{"adres":{"id":"')  # where the opaque id stands in a row
BAG_AT = ID_AT + 32 + len('","adresseerbaarobjectIdentificatie":"')
# What the model said of an address begins here; inside a text the quotation marks would have a backslash before them.
SAID, NOTHING_SAID = b',"stand":', b',"stand":null,"redenen":[]},'
_PLAIN = r'^[^"\\\x00-\x1f]*$'
Column: TypeAlias = Any  # pa.Array or pa.ChunkedArray, which carry no types


def addresses(table: pa.Table, opaque: pa.Array, bag: pa.Array) -> pa.Array:
    """Per address the member `adres` with the brace before it. table: rows of adressen.parquet."""
    shielded = pc.fill_null(pc.equal(pc.cast(table["afgeschermd"], pa.string()), "J"), False)
    registered = pc.if_else(shielded, pa.scalar(None, pa.float64()), table["ingeschrevenen"])
    return _joined(
        '{"adres":{"id":"',
        opaque,
        '","adresseerbaarobjectIdentificatie":"',
        bag,
        '","gemeente":',
        quoted(table["gemeente"]),
        ',"adres":',
        quoted(table["adres"]),
        ',"postcode":',
        quoted(table["postcode"]),
        ',"woonplaats":',
        quoted(table["woonplaats"]),
        ',"buitengebied":',
        _mapped(table["buitengebied"], {"J": "true", "N": "false"}),
        ',"soort":',
        quoted(table["soort"]),
        ',"gebruiksdoel":',
        quoted(table["gebruiksdoel"]),
        ',"oppervlakte":',
        numbers(table["oppervlakte"]),
        ',"bouwjaar":',
        whole_numbers(table["bouwjaar"]),
        ',"ingeschrevenen":',
        whole_numbers(registered),
        ',"afgeschermd":',
        pc.if_else(shielded, "true", "false"),
        ',"geometrie":',
        _points(table["x"], table["y"]),
        "}",
    )


def ranked(adres: pa.Array, doel: str, scores: pa.Table, peaks: tuple[Peak, ...]) -> pa.Array:
    """Per row of a list the whole of it. adres: of `addresses`; peaks: the strongest reason, the next …"""
    parts: list[Column | str] = [
        adres,
        f',"stand":{{"doel":"{doel}","rang":',
        pc.cast(scores["rang"], pa.string()),
        ',"band":',
        quoted(scores["band"]),
        ',"score":',
        numbers(scores["score"]),
        ',"kans":',
        numbers(scores["kans"]),
        ',"afwijking":',
        numbers(scores["afwijking"]),
        '},"redenen":[',
    ]
    for number, peak in enumerate(peaks):
        parts.append(_reason(peak, first=number == 0))
    return _joined(*parts, "]},")


def unranked(adres: pa.Array) -> pa.Array:
    """Per address in no ranking: itself."""
    return _joined(adres, NOTHING_SAID.decode())


def _reason(peak: Peak, *, first: bool) -> pa.Array:
    told = _joined(
        '{"volgorde":' if first else ',{"volgorde":',
        pc.cast(pa.array(peak.volgorde), pa.string()),
        ',"kenmerk":',
        peak.kenmerken.take(pa.array(peak.kenmerk)),
        ',"waarde":',
        numbers(pa.array(peak.waarde)),
        ',"vergelijking":',
        numbers(pa.array(peak.vergelijking)),
        ',"bijdrage":',
        numbers(pa.array(peak.bijdrage)),
        ',"zin":',
        peak.zinnen.take(pa.array(peak.zin)),
        "}",
    )
    return pc.if_else(pa.array(peak.there), told, "")


def quoted(column: Column) -> Column:
    """Texts as JSON strings; null becomes the empty one."""
    if pa.types.is_dictionary(column.type):
        words, codes = distinct(column)
        told = quoted_words([*(word or "" for word in words.to_pylist()), ""])
        return told.take(pa.array(np.where(codes < 0, len(told) - 1, codes)))
    column = pc.fill_null(pc.cast(column, pa.string()), "")
    if pc.all(pc.match_substring_regex(column, _PLAIN)).as_py() is not False:
        return _joined('"', column, '"')
    return quoted_words(column.to_pylist())


def quoted_words(words: Iterable[str]) -> pa.Array:
    """As JSON strings."""
    return pa.array([as_json(word) for word in words], type=pa.string())


def numbers(column: Column) -> Column:
    """Numbers as JSON, shortest form that reads back the same; null, NaN and infinity become null."""
    column = pc.cast(column, pa.float64())
    return pc.if_else(pc.fill_null(pc.is_finite(column), False), pc.cast(column, pa.string()), "null")


def whole_numbers(column: Column) -> Column:
    """Numbers without a fraction, as JSON."""
    column = pc.cast(column, pa.float64())
    there = pc.fill_null(pc.is_finite(column), False)
    whole = pc.cast(pc.trunc(pc.if_else(there, column, 0.0)), pa.int64())
    return pc.if_else(there, pc.cast(whole, pa.string()), "null")


def _mapped(column: Column, words: dict[str, str]) -> Column:
    told: Column = pc.cast(column, pa.string())
    return pc.case_when(
        pc.make_struct(*[pc.fill_null(pc.equal(told, word), False) for word in words]), *words.values(), "null"
    )


def _points(x: Column, y: Column) -> pa.Array:
    """RD metres as GeoJSON points in CRS84, null where the place is not known."""
    # To the decimetre, as places are kept: what is worked out from those later is the same.
    east, north = (np.round(pc.cast(c, pa.float64()).to_numpy(), 1) for c in (x, y))
    known = np.isfinite(east) & np.isfinite(north)
    longitude, latitude = _degrees(np.where(known, east, 155000.0), np.where(known, north, 463000.0))
    told = _joined(
        '{"type":"Point","coordinates":[', pc.cast(longitude, pa.string()), ",", pc.cast(latitude, pa.string()), "]}"
    )
    return pc.if_else(pa.array(known), told, "null")


def _degrees(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[pa.Array, pa.Array]:
    longitude, latitude = _to_crs84().transform(x, y)
    return pa.array(np.round(longitude, DEGREES)), pa.array(np.round(latitude, DEGREES))


@cache
def _to_crs84() -> Transformer:
    return Transformer.from_crs("EPSG:28992", "OGC:CRS84", always_xy=True)


def _joined(*parts: Column | str) -> pa.Array:
    told = pc.binary_join_element_wise(*parts, "")
    return told.combine_chunks() if isinstance(told, pa.ChunkedArray) else told
