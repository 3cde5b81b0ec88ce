"""Recompute the chain of the audit log, and of every LDV row the digest that its audit row holds.

Streams: memory does not grow with the log. What retention took away is skipped from anchor to anchor's end, and the
newest anchor must be vouched for by an audit row of its own, else rows were removed by another hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from service.logs.line import AUDIT_COLUMNS, LDV_COLUMNS, START, body_of, digest, link
from service.logs.tables import ankers, audit, ldv

REMOVED = "bewaartermijn"  # handeling of the audit row that vouches for an anchor
PAGE = 2_000  # rows read at a time

# Written out as text: the stored bytes are what the hash was taken over, so nothing may be parsed on the way.
_AUDIT = text(
    f"select {', '.join(AUDIT_COLUMNS)} from {audit.name} where nr > :after and nr <= :most order by nr limit {PAGE}"
)
_LDV = text(f"select {', '.join(LDV_COLUMNS)} from {ldv.name} where nr > :after and nr <= :most order by nr")
_ANCHOR = text(f"select tot, hash from {ankers.name} where logboek = :logboek order by nr desc limit 1")
_VOUCHED = text(
    f"select bijzonderheden from {audit.name} where nr > :tot and handeling = :handeling and object_id = :logboek"
)


@dataclass(frozen=True, kw_only=True)
class Point:
    """A row of the chain: its number and its hash."""

    nr: int
    hash: bytes


@dataclass(frozen=True, kw_only=True)
class Chain:
    """What was found. van, tot: first and last number that hold (tot < van: no rows). fout: the first broken number,
    None when all hold; reden: what is wrong there, in English.
    """

    van: int
    tot: int
    hash: bytes
    fout: int | None = None
    reden: str = ""


def start(connection: Connection) -> Point:
    """Where the chain begins: the newest anchor, else before row 1."""
    row = connection.execute(_ANCHOR, {"logboek": audit.name}).first()
    return Point(nr=row.tot, hash=bytes(row.hash)) if row else Point(nr=0, hash=START)


def verify(connection: Connection, *, after: Point | None = None, most: int | None = None) -> Chain:
    """Check the rows after `after` (default: all there are), at most `most` of them, in one snapshot."""
    begin = start(connection)
    if after is not None and after.nr >= begin.nr:
        begin = after
    elif (fault := _anchor_fault(connection, begin)) is not None:
        return Chain(van=begin.nr + 1, tot=begin.nr, hash=begin.hash, fout=begin.nr, reden=fault)
    ldv_gone = connection.execute(_ANCHOR, {"logboek": ldv.name}).first()
    gone = ldv_gone.tot if ldv_gone else 0
    nr, before = begin.nr, begin.hash
    until = begin.nr + most if most is not None else 2**31 - 1
    for row, processed in _rows(connection, begin.nr, until):
        reason = _fault(nr + 1, before, row, processed, gone)
        if reason:
            return Chain(van=begin.nr + 1, tot=nr, hash=before, fout=nr + 1, reden=reason)
        nr, before = nr + 1, bytes(row[-1])
    return Chain(van=begin.nr + 1, tot=nr, hash=before)


def _fault(nr: int, before: bytes, row: tuple[Any, ...], processed: tuple[Any, ...] | None, gone: int) -> str:
    if row[0] != nr:
        return f"row {nr} is missing, the next is {row[0]}"
    values = row[1:-1]
    if link(before, nr, body_of(values)) != bytes(row[-1]):
        return f"row {nr} was changed: its hash is not that of its contents and the hash before it"
    expected = values[-1]
    if processed is None:
        return f"the LDV row of {nr} is missing" if expected and nr > gone else ""
    if digest(tuple(bytes(part) if isinstance(part, memoryview) else part for part in processed)) != expected:
        return f"the LDV row of {nr} was changed"
    return ""


def _rows(connection: Connection, after: int, most: int) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...] | None]]:
    """Audit rows in order, each with its LDV row without nr."""
    while True:
        page = connection.execute(_AUDIT, {"after": after, "most": most}).fetchall()
        if not page:
            return
        last = page[-1][0]
        processed = {row[0]: tuple(row[1:]) for row in connection.execute(_LDV, {"after": after, "most": last})}
        for row in page:
            yield tuple(row), processed.get(row[0])
        after = last


def _anchor_fault(connection: Connection, anchor: Point) -> str | None:
    """Why the newest anchor cannot be believed."""
    if anchor.nr == 0:
        return None
    vouching = connection.execute(_VOUCHED, {"tot": anchor.nr, "handeling": REMOVED, "logboek": audit.name}).scalars()
    for words in vouching:
        told = json.loads(words)
        if told.get("tot") == str(anchor.nr) and told.get("hash") == anchor.hash.hex():
            return None
    return f"rows up to {anchor.nr} were removed and no row of the log says so"
