"""An entry as it will stand in both logs but for its number: worked out by who asks, so that the writer only links.

hash of row nr = SHA-256(hash of row nr - 1 || JSON), where JSON is the array of the row's columns but for `hash`, in
the order of the table, without spaces, non-ASCII as it is, in UTF-8. Before row 1 stand 32 zero bytes. Anybody can
recompute it from an extract; who changes a row must change every row after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from service.logs.entry import SUBJECT_BYTES, Entry, Result, Trace
from service.logs.tables import audit, ldv
from service.people import Person

ACTIVITY = "https://schijnwerper.example/verwerkingen/"  # base of the URIs in the register of processing activities
START = bytes(32)  # the hash before the first row
_BLOCK = 64  # bytes on which SHA-256 works

AUDIT_COLUMNS = tuple(column.name for column in audit.columns)
LDV_COLUMNS = tuple(column.name for column in ldv.columns)
_SIZED = tuple(  # place in `Line.values`, column, most characters
    (place, column.name, length)
    for place, column in enumerate(list(audit.columns)[1:-1])
    if (length := getattr(column.type, "length", None))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """values: the audit row without nr and hash. body: their JSON from the second element on. ldv: the LDV row without
    nr, None when no address is in the answer. telt: addresses that count for the reading limit.
    """

    values: tuple[str | int, ...]
    body: bytes
    ldv: tuple[str | bytes, ...] | None
    telt: int


def line(entry: Entry, *, person: Person | None, trace: Trace, started: datetime, ended: datetime, key: bytes) -> Line:
    """`entry` ready to be written. Raises ValueError when a value does not fit its column (a fault of the caller)."""
    ended_text = moment(ended)
    processed = _ldv(entry, trace, moment(started), ended_text, key) if entry.aantal else None
    values = (
        ended_text,
        person.id if person else "",
        ",".join(sorted(person.rollen)) if person else "",
        entry.handeling,
        entry.object_soort,
        entry.object_id,
        entry.resultaat.value,
        trace.herkomst,
        trace.trace_id,
        _object(entry.bijzonderheden),
        entry.aantal,
        digest(processed) if processed else "",
    )
    _must_fit(values)
    return Line(
        values=values,
        body=body_of(values),
        ldv=processed,
        telt=0 if entry.onbegrensd or person is None else entry.aantal,
    )


def link(before: bytes, nr: int, body: bytes) -> bytes:
    """The hash of row `nr`."""
    return hashlib.sha256(b"%b[%d,%b" % (before, nr, body)).digest()


def body_of(values: tuple[str | int, ...]) -> bytes:
    """`Line.body` of a row that was read back."""
    return f"{_array(values)}]".encode()


def digest(processed: tuple[str | bytes, ...]) -> str:
    """SHA-256, in hex, over an LDV row without nr: the JSON array of its texts, then the subjects as stored."""
    return hashlib.sha256(f"[{_array(processed[:-1])}]".encode() + processed[-1]).hexdigest()  # type: ignore[operator]


def subject(key: bytes, identificatie: str) -> bytes:
    """The data subject of LDV: an address, as a keyed HMAC (RFC 2104), of which the log alone tells nothing."""
    return subjects_of(key, (identificatie,))


def subjects_of(key: bytes, identificaties: Iterable[str]) -> bytes:
    """`subject` of each, end to end."""
    outer, inner = _padded(key)
    told = []
    for identificatie in identificaties:
        inside, outside = inner.copy(), outer.copy()
        inside.update(identificatie.encode())
        outside.update(inside.digest())
        told.append(outside.digest()[:SUBJECT_BYTES])
    return b"".join(told)


@lru_cache(maxsize=4)
def _padded(key: bytes) -> tuple[Any, Any]:
    """H of the padded key, to be gone on from: HMAC(K, m) = H((K xor opad) || H((K xor ipad) || m))."""
    block = key.ljust(_BLOCK, b"\0")
    return hashlib.sha256(bytes(b ^ 0x5C for b in block)), hashlib.sha256(bytes(b ^ 0x36 for b in block))


def moment(value: datetime) -> str:
    """As `Moment` stores it."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _ldv(entry: Entry, trace: Trace, started: str, ended: str, key: bytes) -> tuple[str | bytes, ...]:
    return (
        trace.trace_id,
        trace.span_id,
        trace.parent_span_id,
        "Ok" if entry.resultaat is Result.GELUKT else "Error",
        entry.handeling,
        started,
        ended,
        ACTIVITY + entry.handeling,
        subjects_of(key, entry.adressen) + entry.betrokkenen,
    )


def _array(values: Iterable[str | int | bytes]) -> str:
    # What json.dumps gives, at a quarter of its price: an encoder of its own is made at every call.
    return ",".join([quoted(value) if isinstance(value, str) else str(value) for value in values])


def _object(pairs: Iterable[tuple[str, str]]) -> str:
    inside = ",".join([f"{quoted(name)}:{quoted(value)}" for name, value in sorted(dict(pairs).items())])
    return "{" + inside + "}"


def _must_fit(values: tuple[str | int, ...]) -> None:
    # PostgreSQL would refuse it, and with it the entries of everybody else in the same transaction.
    for place, name, most in _SIZED:
        value = str(values[place])
        if len(value) > most or "\0" in value:
            raise ValueError(f"auditlogboek.{name}: at most {most} characters and no NUL, found {value!r}")
