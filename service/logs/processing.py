"""Extracts from the LDV log: one record per data subject, under the names of Logboek Dataverwerkingen 1.0.

Stored are one row per answer and 16 bytes per subject in it; here each becomes the record that the standard asks for.
No employee is in it: trace_id leads to the audit log for who may read that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from service.logs.read import subjects
from service.logs.tables import audit, ldv

SUBJECT_TYPE = "https://schijnwerper.example/betrokkenen/adres-hmac-sha256-128"


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record of the standard. betrokkene: keyed HMAC of the address, in hex; verwerking: URI."""

    nr: int  # of the row it comes from
    trace_id: str
    span_id: str
    parent_span_id: str
    status: str
    naam: str
    start: datetime
    eind: datetime
    verwerking: str
    betrokkene: str

    def fields(self) -> dict[str, Any]:
        """As the standard names them; times in RFC 3339 with milliseconds."""
        told: dict[str, Any] = {"trace_id": self.trace_id, "span_id": self.span_id}
        if self.parent_span_id:
            told["parent_span_id"] = self.parent_span_id
        return told | {
            "status": self.status,
            "name": self.naam,
            "start_time": self.start.isoformat(timespec="milliseconds"),
            "end_time": self.eind.isoformat(timespec="milliseconds"),
            "attributes": {
                "dpl.core.processing_activity_id": self.verwerking,
                "dpl.core.data_subject_id": self.betrokkene,
                "dpl.core.data_subject_id_type": SUBJECT_TYPE,
            },
        }


def records(
    connection: Connection,
    *,
    van: datetime | None,
    tot: datetime | None,
    people: frozenset[str] | None,
    below: int | None,
    least: int,
) -> tuple[Record, ...]:
    """The newest rows first, whole rows until there are at least `least` records. below: only numbers under it."""
    query = _chosen(van, tot, people).order_by(ldv.c.nr.desc()).limit(least)
    if below is not None:
        query = query.where(ldv.c.nr < below)
    found: list[Record] = []
    for row in connection.execute(query):
        found += _expanded(row)
        if len(found) >= least:
            break
    return tuple(found)


def stream(connection: Connection, *, van: datetime | None, tot: datetime | None) -> Iterator[Record]:
    """Every record, the oldest first, however many there are."""
    for row in connection.execution_options(yield_per=200).execute(_chosen(van, tot, None).order_by(ldv.c.nr)):
        yield from _expanded(row)


def _chosen(van: datetime | None, tot: datetime | None, people: frozenset[str] | None) -> Select[Any]:
    query = select(ldv)
    if van is not None:
        query = query.where(ldv.c.start >= van)
    if tot is not None:
        query = query.where(ldv.c.start < tot)
    if people is not None:
        query = query.join(audit, audit.c.nr == ldv.c.nr).where(or_(audit.c.persoon == "", audit.c.persoon.in_(people)))
    return query


def _expanded(row: Any) -> list[Record]:
    return [
        Record(
            nr=row.nr,
            trace_id=row.trace_id,
            span_id=row.span_id,
            parent_span_id=row.parent_span_id,
            status=row.status,
            naam=row.naam,
            start=row.start,
            eind=row.eind,
            verwerking=row.verwerking,
            betrokkene=each.hex(),
        )
        for each in subjects(bytes(row.betrokkenen))
    ]
