"""People, their sessions, and sign-ins under way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0001", None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "personen",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("naam", sa.String(200), nullable=False),
        sa.Column("rollen", sa.String(200), nullable=False),
        sa.Column("gemeenten", sa.String(2000), nullable=False),
        sa.Column("teams", sa.String(2000), nullable=False),
        sa.Column("actief", sa.Boolean, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("laatst", Moment),
    )
    op.create_table(
        "sessies",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("persoon_id", sa.String(32), sa.ForeignKey("personen.id"), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("begonnen", Moment, nullable=False),
        sa.Column("gezien", Moment, nullable=False),
    )
    op.create_index("ix_sessies_persoon_id", "sessies", ["persoon_id"])
    op.create_table(
        "aanmeldingen",
        sa.Column("state_hash", sa.String(64), primary_key=True),
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(64), nullable=False),
        sa.Column("terug", sa.String(200), nullable=False),
        sa.Column("naar", sa.String(600), nullable=False),
        sa.Column("begonnen", Moment, nullable=False),
    )
    op.create_index("ix_aanmeldingen_begonnen", "aanmeldingen", ["begonnen"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("aanmeldingen")
    op.drop_table("sessies")
    op.drop_table("personen")
