"""Requests for access."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "inzageverzoeken",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("adresseerbaarobject_identificatie", sa.String(16), nullable=False),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("reden", sa.Text, nullable=False),
        sa.Column("door", sa.String(32), nullable=False),
        sa.Column("op", Moment, nullable=False),
        sa.Column("tweede", sa.String(32), nullable=False),
        sa.Column("beslist", Moment),
        sa.Column("akkoord", sa.Boolean),
    )
    for column in ("gemeente", "door"):
        op.create_index(f"ix_inzageverzoeken_{column}", "inzageverzoeken", [column])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("inzageverzoeken")
