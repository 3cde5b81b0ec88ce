"""The tables of the two logs. Append-only: triggers refuse a change, and a removal that was not announced."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from service.db.metadata import Moment, metadata

audit = Table(
    "auditlogboek",
    metadata,
    Column("nr", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    Column("tijd", Moment, nullable=False, index=True),
    Column("persoon", String(64), nullable=False, index=True),  # keyed pseudonym; "" = the service itself
    Column("rollen", String(200), nullable=False),
    Column("handeling", String(100), nullable=False),
    Column("object_soort", String(50), nullable=False),
    Column("object_id", String(100), nullable=False, index=True),
    Column("resultaat", String(20), nullable=False),
    Column("herkomst", String(100), nullable=False),
    Column("trace_id", String(32), nullable=False, index=True),
    Column("bijzonderheden", Text, nullable=False),  # canonical JSON
    Column("hash", LargeBinary(32), nullable=False),  # SHA-256 over the hash before and this row
)
ldv = Table(
    "dataverwerkingen",
    metadata,
    Column("nr", Integer, primary_key=True),
    Column("trace_id", String(32), nullable=False, index=True),
    Column("span_id", String(16), nullable=False),
    Column("parent_span_id", String(16), nullable=False),
    Column("status", String(5), nullable=False),  # Unset | Ok | Error
    Column("naam", String(100), nullable=False),
    Column("start", Moment, nullable=False, index=True),
    Column("eind", Moment, nullable=False),
    Column("verwerking", String(200), nullable=False),  # URI of the processing activity
    # One record per subject, as the standard asks; stored side by side: 16 bytes of keyed HMAC each (see ldv.py).
    Column("betrokkenen", LargeBinary, nullable=False),
)
