"""The stop switch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "noodstops",
        sa.Column("nr", sa.Integer, primary_key=True),
        sa.Column("sinds", Moment, nullable=False),
        sa.Column("door", sa.String(32), sa.ForeignKey("personen.id"), nullable=False),
        sa.Column("reden", sa.Text, nullable=False),
        sa.Column("opgeheven", Moment),
        sa.Column("opgeheven_door", sa.String(32), sa.ForeignKey("personen.id")),
        sa.Column("opgeheven_reden", sa.Text),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("noodstops")
