"""Requests for access: who asked why, who confirmed. What was given is not kept; that it was given is in the logs."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table, Text

from service.db.metadata import Moment, metadata

inzageverzoeken = Table(
    "inzageverzoeken",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("adresseerbaarobject_identificatie", String(16), nullable=False),
    Column("gemeente", String(4), nullable=False, index=True),
    Column("reden", Text, nullable=False),
    Column("door", String(32), nullable=False, index=True),
    Column("op", Moment, nullable=False),
    Column("tweede", String(32), nullable=False),  # "" = nobody yet
    Column("beslist", Moment),
    Column("akkoord", Boolean),
)
