"""Write the entries of one transaction into both logs, on its own connection: with the answer, or not at all."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, text

from service.logs.entry import Entry, Result, Trace
from service.logs.tables import audit, ldv
from service.people import Person

SUBJECT_BYTES = 16
ACTIVITY = "https://schijnwerper.example/verwerkingen/"  # base of the URIs in the register of processing activities
START = bytes(32)  # the hash before the first row
_CHAIN_LOCK = 7_201_509  # PostgreSQL: one writer of the chain at a time


def write(
    connection: Connection,
    entries: Sequence[Entry],
    *,
    person: Person | None,
    trace: Trace,
    started: datetime,
    now: datetime,
    key: bytes,
) -> None:
    """Append `entries`. The caller's transaction must be a writing one; the chain's end is read inside it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    last = connection.execute(select(audit.c.nr, audit.c.hash).order_by(audit.c.nr.desc()).limit(1)).first()
    nr, before = (last.nr, bytes(last.hash)) if last else (0, START)
    for entry in entries:
        nr += 1
        row = audit_row(nr, entry, person, trace, now)
        before = link(before, row)
        connection.execute(insert(audit), {**row, "hash": before})
        if entry.adressen:
            connection.execute(insert(ldv), _ldv_row(entry, trace, started, now, key))


def audit_row(nr: int, entry: Entry, person: Person | None, trace: Trace, now: datetime) -> dict[str, object]:
    """The columns of one row, without its hash."""
    return {
        "nr": nr,
        "tijd": now,
        "persoon": person.id if person else "",
        "rollen": ",".join(sorted(person.rollen)) if person else "",
        "handeling": entry.handeling,
        "object_soort": entry.object_soort,
        "object_id": entry.object_id,
        "resultaat": entry.resultaat.value,
        "herkomst": trace.herkomst,
        "trace_id": trace.trace_id,
        "bijzonderheden": json.dumps(dict(entry.bijzonderheden), ensure_ascii=False, sort_keys=True),
    }


def link(before: bytes, row: dict[str, object]) -> bytes:
    """SHA-256 over the hash before and the row as canonical JSON: who changes a row must change all after it."""
    body = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
    return hashlib.sha256(before + json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).digest()


def subject(key: bytes, identificatie: str) -> bytes:
    """The data subject of LDV: an address, as a keyed HMAC (RFC 2104), of which the log alone tells nothing."""
    return hmac.digest(key, identificatie.encode(), "sha256")[:SUBJECT_BYTES]


def _ldv_row(entry: Entry, trace: Trace, started: datetime, now: datetime, key: bytes) -> dict[str, object]:
    return {
        "trace_id": trace.trace_id,
        "span_id": trace.span_id,
        "parent_span_id": trace.parent_span_id,
        "status": "Ok" if entry.resultaat is Result.GELUKT else "Error",
        "naam": entry.handeling,
        "start": started,
        "eind": now,
        "verwerking": ACTIVITY + entry.handeling,
        "betrokkenen": b"".join(subject(key, identificatie) for identificatie in entry.adressen),
    }
