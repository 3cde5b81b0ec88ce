"""Bytes small on disk and quick to get back: LZ4, which costs a page of a list some ten microseconds."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_CODEC = pa.Codec("lz4_raw")
_SIZE = struct.Struct("<I")
_OFFSETS = {rows: f"<{rows + 1}I" for rows in range(1, 101)}
MARK = 16  # bytes that stand beside every row
Bytes = bytes | memoryview


def squeezed(content: Bytes) -> bytes:
    """The size of `content`, then `content` compressed."""
    return _SIZE.pack(len(content)) + _CODEC.compress(content, asbytes=True) if len(content) else _SIZE.pack(0)


def opened(stored: bytes) -> bytes:
    """What was squeezed."""
    (size,) = _SIZE.unpack_from(stored)
    return _CODEC.decompress(memoryview(stored)[_SIZE.size :], decompressed_size=size, asbytes=True) if size else b""


def rows_squeezed(data: memoryview, ends: NDArray[Any], marks: bytes, rows: int) -> list[bytes]:
    """Texts laid end to end, `rows` of them in each block. ends: n + 1 offsets into data; marks: MARK bytes a row.

    A block: the offsets of its rows (rows + 1 numbers, the last repeated in a short block), their marks (a short block
    filled up), and the texts squeezed.
    """
    count = len(ends) - 1
    starts = np.arange(0, count, rows)
    inside = np.minimum(starts[:, None] + np.arange(rows + 1), count)
    heads, width = memoryview((ends[inside] - ends[starts][:, None]).astype("<u4").tobytes()), (rows + 1) * 4
    edges = [*ends[starts].tolist(), int(ends[count])]
    marked, size = memoryview(marks.ljust(len(starts) * rows * MARK, b"\0")), rows * MARK
    compress = _CODEC.compress
    return [
        b"".join(
            (
                heads[k * width : (k + 1) * width],
                marked[k * size : (k + 1) * size],
                compress(data[edges[k] : edges[k + 1]], asbytes=True),
            )
        )
        for k in range(len(starts))
    ]


class Block:
    """One block of `rows_squeezed`, opened."""

    __slots__ = ("_marks", "_offsets", "_text")

    def __init__(self, stored: bytes, rows: int) -> None:
        head = (rows + 1) * 4
        behind = head + rows * MARK
        self._offsets = struct.unpack_from(_OFFSETS[rows], stored)
        self._marks = stored[head:behind]
        self._text = _CODEC.decompress(memoryview(stored)[behind:], decompressed_size=self._offsets[-1], asbytes=True)

    def text(self, begin: int, end: int) -> bytes:
        """The texts begin … end - 1, as they lie."""
        return self._text[self._offsets[begin] : self._offsets[end]]

    def marks(self, begin: int, end: int) -> bytes:
        """The marks of the same."""
        return self._marks[begin * MARK : end * MARK]
