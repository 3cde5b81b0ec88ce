"""Visits and photos of the field."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0008", "0007"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "veldbezoeken",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("adresseerbaarobject_identificatie", sa.String(16), nullable=False),
        sa.Column("onderzoek_id", sa.String(32), sa.ForeignKey("onderzoeken.id")),
        sa.Column("ronde_id", sa.String(36), nullable=False),
        sa.Column("persoon", sa.String(32), nullable=False),
        sa.Column("moment", Moment, nullable=False),
        sa.Column("ontvangen", Moment, nullable=False),
        sa.Column("inhoud", sa.Text, nullable=False),
        sa.Column("vingerafdruk", sa.String(64), nullable=False),
        sa.Column("toestand", sa.String(12), nullable=False),
        sa.Column("botsing", sa.String(20), nullable=False),
        sa.Column("versie_toen", sa.Integer, nullable=False),
        sa.Column("stap_nr", sa.Integer),
        sa.Column("besloten_door", sa.String(32), nullable=False),
        sa.Column("besloten", Moment),
        sa.Column("besluit_reden", sa.Text, nullable=False),
    )
    for column in ("onderzoek_id", "persoon", "adresseerbaarobject_identificatie"):
        op.create_index(f"ix_veldbezoeken_{column}", "veldbezoeken", [column])
    op.create_table(
        "veldfotos",
        sa.Column("veldbezoek_id", sa.String(36), sa.ForeignKey("veldbezoeken.id"), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("ontvangen", Moment, nullable=False),
        sa.Column("breedte", sa.Integer, nullable=False),
        sa.Column("hoogte", sa.Integer, nullable=False),
        sa.Column("inhoud", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("veldbezoek_id", "id"),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("veldfotos", "veldbezoeken"):
        op.drop_table(table)
