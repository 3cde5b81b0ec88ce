"""The audit log and the log of data processing, and what keeps them append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment
from service.logs import triggers

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """Make the tables and their triggers."""
    op.create_table(
        "auditlogboek",
        sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tijd", Moment, nullable=False),
        sa.Column("persoon", sa.String(64), nullable=False),
        sa.Column("rollen", sa.String(200), nullable=False),
        sa.Column("handeling", sa.String(100), nullable=False),
        sa.Column("object_soort", sa.String(50), nullable=False),
        sa.Column("object_id", sa.String(100), nullable=False),
        sa.Column("resultaat", sa.String(20), nullable=False),
        sa.Column("herkomst", sa.String(100), nullable=False),
        sa.Column("trace_id", sa.String(32), nullable=False),
        sa.Column("bijzonderheden", sa.Text, nullable=False),
        sa.Column("aantal", sa.Integer, nullable=False),
        sa.Column("betrokkenen", sa.String(64), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
    for column in ("tijd", "persoon", "object_id"):
        op.create_index(f"ix_auditlogboek_{column}", "auditlogboek", [column])
    op.create_table(
        "dataverwerkingen",
        sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("trace_id", sa.String(32), nullable=False),
        sa.Column("span_id", sa.String(16), nullable=False),
        sa.Column("parent_span_id", sa.String(16), nullable=False),
        sa.Column("status", sa.String(5), nullable=False),
        sa.Column("naam", sa.String(100), nullable=False),
        sa.Column("start", Moment, nullable=False),
        sa.Column("eind", Moment, nullable=False),
        sa.Column("verwerking", sa.String(200), nullable=False),
        sa.Column("betrokkenen", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_dataverwerkingen_start", "dataverwerkingen", ["start"])
    op.create_table(
        "logankers",
        sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("logboek", sa.String(30), nullable=False),
        sa.Column("tot", sa.Integer, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("tijd", Moment, nullable=False),
    )
    op.create_table(
        "leestellers",
        sa.Column("persoon", sa.String(64), primary_key=True),
        sa.Column("minuut_van", sa.BigInteger, nullable=False),
        sa.Column("minuut_aantal", sa.Integer, nullable=False),
        sa.Column("uur_van", sa.BigInteger, nullable=False),
        sa.Column("uur_aantal", sa.Integer, nullable=False),
        sa.Column("dag_van", sa.BigInteger, nullable=False),
        sa.Column("dag_aantal", sa.Integer, nullable=False),
    )
    for statement in triggers.make(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    for statement in triggers.drop_before(op.get_bind().dialect.name):
        op.execute(statement)
    for table in ("leestellers", "logankers", "dataverwerkingen", "auditlogboek"):
        op.drop_table(table)
    for statement in triggers.drop_after(op.get_bind().dialect.name):
        op.execute(statement)
