"""People and their sessions."""

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
        sa.Column("teams", sa.String(500), nullable=False),
        sa.Column("actief", sa.Boolean, nullable=False),
        sa.Column("laatst", Moment, nullable=False),
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


def downgrade() -> None:
    """Drop them."""
    op.drop_table("sessies")
    op.drop_table("personen")
