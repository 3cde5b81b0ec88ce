"""The register of publications, and the stop switch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "publicaties",
        sa.Column("nr", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.String(100), nullable=False),
        sa.Column("peildatum", sa.String(10), nullable=False),
        sa.Column("adressen", sa.Integer, nullable=False),
        sa.Column("modellen", sa.Text, nullable=False),
        sa.Column("map", sa.Text, nullable=False),
        sa.Column("in_gebruik", Moment, nullable=False),
        sa.Column("vervangen", Moment),
    )
    for column in ("run_id", "vervangen"):
        op.create_index(f"ix_publicaties_{column}", "publicaties", [column])
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
    """Drop them."""
    op.drop_table("noodstops")
    op.drop_table("publicaties")
