"""The tables of the two logs. Append-only: triggers refuse a change, and a removal that no anchor announced."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Text

from service.db.metadata import Moment, metadata

audit = Table(
    "auditlogboek",
    metadata,
    Column("nr", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    Column("tijd", Moment, nullable=False, index=True),
    Column("persoon", String(64), nullable=False, index=True),  # keyed pseudonym; "" = the service itself, or nobody
    Column("rollen", String(200), nullable=False),
    Column("handeling", String(100), nullable=False),
    Column("object_soort", String(50), nullable=False),
    Column("object_id", String(100), nullable=False, index=True),
    Column("resultaat", String(20), nullable=False),
    Column("herkomst", String(100), nullable=False),
    # No index: at random places in a large one it would cost more than all the rest. `nr` ties the two logs together.
    Column("trace_id", String(32), nullable=False),
    Column("bijzonderheden", Text, nullable=False),  # canonical JSON
    Column("aantal", Integer, nullable=False),  # addresses in the answer
    Column("betrokkenen", String(64), nullable=False),  # SHA-256 of the LDV row of the same nr; "" = there is none
    Column("hash", LargeBinary(32), nullable=False),  # SHA-256 over the hash before and this row (line.py)
)
ldv = Table(
    "dataverwerkingen",
    metadata,
    Column("nr", Integer, primary_key=True, autoincrement=False),  # of the audit row of the same answer
    Column("trace_id", String(32), nullable=False),
    Column("span_id", String(16), nullable=False),
    Column("parent_span_id", String(16), nullable=False),
    Column("status", String(5), nullable=False),  # Unset | Ok | Error
    Column("naam", String(100), nullable=False),
    Column("start", Moment, nullable=False, index=True),
    Column("eind", Moment, nullable=False),
    Column("verwerking", String(200), nullable=False),  # URI of the processing activity
    # One record per subject, as the standard asks; stored side by side: 16 bytes of keyed HMAC each (see read.py).
    Column("betrokkenen", LargeBinary, nullable=False),
)
# What retention took away: rows up to and including `tot`. For the audit log with that row's hash, so that the chain
# goes on from there. An anchor is never changed or removed, and its own audit row vouches for it.
ankers = Table(
    "logankers",
    metadata,
    Column("nr", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 …
    Column("logboek", String(30), nullable=False),  # the table
    Column("tot", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),  # empty for the LDV log, whose rows the audit log vouches for
    Column("tijd", Moment, nullable=False),
)
# How many addresses somebody has read, in the minute, hour and day that began at `…_van` (epoch seconds).
tellers = Table(
    "leestellers",
    metadata,
    Column("persoon", String(64), primary_key=True),
    Column("minuut_van", BigInteger, nullable=False),
    Column("minuut_aantal", Integer, nullable=False),
    Column("uur_van", BigInteger, nullable=False),
    Column("uur_aantal", Integer, nullable=False),
    Column("dag_van", BigInteger, nullable=False),
    Column("dag_aantal", Integer, nullable=False),
)
