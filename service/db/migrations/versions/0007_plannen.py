"""Plans, their rounds and stops."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0007", "0006"
TABLES = (
    "stop_adressen", "ronde_stops", "ronde_leden", "ronden", "plan_over", "plan_wensen", "plan_adressen", "plannen",
)  # fmt: skip
KEPT = ("plan_adressen", "plan_wensen")


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(32), primary_key=True)


def _under(name: str, table: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), sa.ForeignKey(f"{table}.id"), nullable=False)


def _address() -> sa.Column[str]:
    return sa.Column("adresseerbaarobject_identificatie", sa.String(16), nullable=False)


def upgrade() -> None:
    """Make the tables, and the triggers that keep what was chosen and wished as it was written."""
    _plans()
    _chosen()
    _rounds()
    for table in KEPT:
        _append_only(table)


def _plans() -> None:
    op.create_table(
        "plannen",
        _id(),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("eerste_dag", sa.Date, nullable=False),
        sa.Column("laatste_dag", sa.Date, nullable=False),
        sa.Column("toestand", sa.String(12), nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("run_id", sa.String(100), nullable=False),
        sa.Column("instelling", sa.Text, nullable=False),
        sa.Column("zaad", sa.String(64), nullable=False),
        sa.Column("gemaakt", Moment, nullable=False),
        sa.Column("door", sa.String(32), nullable=False),
        sa.Column("loting", sa.Text, nullable=False),
        sa.Column("fout", sa.Text, nullable=False),
        sa.Column("bezig_tot", Moment),
        sa.Column("berekend", Moment),
        sa.Column("reis", sa.String(40), nullable=False),
        sa.Column("vergelijking", sa.Text, nullable=False),
        sa.Column("vastgesteld", Moment),
        sa.Column("vastgesteld_door", sa.String(32), nullable=False),
    )
    op.create_index("ix_plannen_gemeente_laatste_dag", "plannen", ["gemeente", "laatste_dag"])


def _chosen() -> None:
    op.create_table(
        "plan_adressen",
        _under("plan_id", "plannen"),
        _address(),
        sa.Column("doel", sa.String(20), nullable=False),
        sa.Column("onderzoek_id", sa.String(32), nullable=False),
        sa.Column("x", sa.Float, nullable=False),
        sa.Column("y", sa.Float, nullable=False),
        sa.Column("nummer", sa.String(30), nullable=False),
        sa.Column("buiten", sa.Boolean, nullable=False),
        sa.Column("ingeschreven", sa.Integer),
        sa.Column("uitgesloten", sa.String(20), nullable=False),
        sa.Column("stroom", sa.String(20), nullable=False),
        sa.Column("selectiekans", sa.Float),
        sa.Column("gekozen", sa.Boolean, nullable=False),
        sa.Column("kans", sa.Float),
        sa.Column("band", sa.String(1), nullable=False),
        sa.Column("rang", sa.Integer),
        sa.PrimaryKeyConstraint("plan_id", "adresseerbaarobject_identificatie", "doel"),
    )
    op.create_index("ix_plan_adressen_adres", "plan_adressen", ["adresseerbaarobject_identificatie"])
    op.create_table(
        "plan_wensen",
        _under("plan_id", "plannen"),
        sa.Column("nr", sa.Integer, nullable=False),
        _address(),
        sa.Column("soort", sa.String(12), nullable=False),
        sa.Column("dienst", sa.String(80), nullable=False),
        sa.Column("van", Moment),
        sa.Column("tot", Moment),
        sa.Column("nodig", sa.String(40), nullable=False),
        sa.Column("persoon", sa.String(32), nullable=False),
        sa.Column("tijd", Moment, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "nr"),
    )
    op.create_table(
        "plan_over",
        _under("plan_id", "plannen"),
        _address(),
        sa.Column("doel", sa.String(20), nullable=False),
        sa.Column("waarom", sa.String(20), nullable=False),
        sa.Column("eigenlijk", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "adresseerbaarobject_identificatie", "doel"),
    )


def _rounds() -> None:
    op.create_table(
        "ronden",
        _id(),
        _under("plan_id", "plannen"),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("dienst", sa.String(80), nullable=False),
        sa.Column("dag", sa.Date, nullable=False),
        sa.Column("team", sa.String(60), nullable=False),
        sa.Column("start_x", sa.Float, nullable=False),
        sa.Column("start_y", sa.Float, nullable=False),
        sa.Column("vertrek", Moment, nullable=False),
        sa.Column("terug", Moment, nullable=False),
        sa.Column("begonnen", Moment),
        sa.Column("begonnen_door", sa.String(32), nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
    )
    op.create_index("ix_ronden_plan_id", "ronden", ["plan_id"])
    op.create_index("ix_ronden_dag", "ronden", ["dag"])
    op.create_table(
        "ronde_leden",
        _under("ronde_id", "ronden"),
        sa.Column("persoon", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("ronde_id", "persoon"),
    )
    op.create_index("ix_ronde_leden_persoon", "ronde_leden", ["persoon"])
    op.create_table(
        "ronde_stops",
        _id(),
        _under("ronde_id", "ronden"),
        sa.Column("nr", sa.Integer, nullable=False),
        sa.Column("x", sa.Float, nullable=False),
        sa.Column("y", sa.Float, nullable=False),
        sa.Column("aankomst", Moment, nullable=False),
        sa.Column("begin", Moment, nullable=False),
        sa.Column("einde", Moment, nullable=False),
        sa.Column("vast", sa.Boolean, nullable=False),
        sa.Column("vervallen", sa.Text, nullable=False),
    )
    op.create_index("ix_ronde_stops_ronde_id", "ronde_stops", ["ronde_id"])
    op.create_table(
        "stop_adressen",
        _under("stop_id", "ronde_stops"),
        sa.Column("nr", sa.Integer, nullable=False),
        _address(),
        sa.Column("doel", sa.String(20), nullable=False),
        sa.Column("onderzoek_id", sa.String(32), nullable=False),
        sa.Column("vervallen", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("stop_id", "nr"),
    )
    op.create_index(
        "ix_stop_adressen_adresseerbaarobject_identificatie", "stop_adressen", ["adresseerbaarobject_identificatie"]
    )


def _append_only(table: str) -> None:
    """No row ever changes; none goes while its plan has rounds (retention removes those first)."""
    living = "exists (select 1 from ronden where plan_id = old.plan_id)"
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"begin select raise(abort, '{table} is append-only'); end"
        op.execute(f"create trigger {table}_niet_wijzigen before update on {table} {refuse}")
        op.execute(f"create trigger {table}_niet_wissen before delete on {table} when {living} {refuse}")
        return
    op.execute(
        f"create function {table}_bewaren() returns trigger language plpgsql as $$ begin "
        f"if tg_op = 'UPDATE' or {living} then raise exception '{table} is append-only' "
        "using errcode = 'integrity_constraint_violation'; end if; return old; end $$"
    )
    op.execute(
        f"create trigger {table}_bewaren before update or delete on {table} "
        f"for each row execute function {table}_bewaren()"
    )


def downgrade() -> None:
    """Drop them."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in KEPT:
            op.execute(f"drop function {table}_bewaren()")
