"""People who ever signed in, and their open sessions."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table

from service.db.metadata import Moment, metadata

personen = Table(
    "personen",
    metadata,
    Column("id", String(32), primary_key=True),  # keyed HMAC of issuer and subject
    Column("naam", String(200), nullable=False),
    Column("rollen", String(200), nullable=False),  # comma-joined, as at the last sign-in
    Column("gemeenten", String(2000), nullable=False),
    Column("teams", String(500), nullable=False),
    Column("actief", Boolean, nullable=False),
    Column("laatst", Moment, nullable=False),
)
sessies = Table(
    "sessies",
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of the cookie: who reads the table can become nobody
    Column("persoon_id", String(32), ForeignKey("personen.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("begonnen", Moment, nullable=False),
    Column("gezien", Moment, nullable=False),
)
