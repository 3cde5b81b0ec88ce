"""Requests to give outcomes out, and files of signals that were checked and not taken in yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0009", "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "uitleververzoeken",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("gemeenten", sa.Text, nullable=False),
        sa.Column("reden", sa.Text, nullable=False),
        sa.Column("door", sa.String(32), nullable=False),
        sa.Column("op", Moment, nullable=False),
        sa.Column("tweede", sa.String(32), nullable=False),
        sa.Column("beslist", Moment),
        sa.Column("akkoord", sa.Boolean),
        sa.Column("gemaakt", Moment),
        sa.Column("uitlevering_id", sa.String(32), nullable=False),
    )
    op.create_index("ix_uitleververzoeken_door", "uitleververzoeken", ["door"])
    op.create_table(
        "signaalkeuringen",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("door", sa.String(32), nullable=False),
        sa.Column("op", Moment, nullable=False),
        sa.Column("inhoud", sa.Text, nullable=False),
        sa.Column("ingenomen", Moment),
        sa.Column("uitkomst", sa.Text, nullable=False),
    )
    op.create_index("ix_signaalkeuringen_door", "signaalkeuringen", ["door"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("signaalkeuringen")
    op.drop_table("uitleververzoeken")
