"""People who ever signed in or have a demo account, their open sessions, and sign-ins that are under way."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table

from service.db.metadata import Moment, metadata

personen = Table(
    "personen",
    metadata,
    Column("id", String(32), primary_key=True),  # keyed HMAC of issuer and subject; `demo-…` for a demo account
    Column("naam", String(200), nullable=False),
    Column("rollen", String(200), nullable=False),  # comma-joined, as at the last sign-in
    Column("gemeenten", String(2000), nullable=False),
    Column("teams", String(2000), nullable=False),
    Column("actief", Boolean, nullable=False),  # switched off and on by beheer alone
    Column("demo", Boolean, nullable=False),  # came in while the service ran in demo mode
    Column("laatst", Moment),  # the last sign-in; NULL = never
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
aanmeldingen = Table(
    "aanmeldingen",
    metadata,
    Column("state_hash", String(64), primary_key=True),  # SHA-256 of the state in the URL
    Column("browser_hash", String(64), nullable=False),  # SHA-256 of the cookie of the browser that began it
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(64), nullable=False),  # PKCE (RFC 7636); worth nothing without the code
    Column("terug", String(200), nullable=False),  # redirect_uri, to be repeated at the token endpoint
    Column("naar", String(600), nullable=False),  # the path of ours to show afterwards
    Column("begonnen", Moment, nullable=False, index=True),
)
