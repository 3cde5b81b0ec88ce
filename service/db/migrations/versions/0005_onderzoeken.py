"""Investigations and their steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0005", "0004"
TABLES = (
    "uitgeleverd", "uitleveringen", "herbezoeken", "bezoeken", "onderzoekdelen", "onderzoekstappen", "onderzoeken",
)  # fmt: skip


def _case() -> sa.Column[str]:
    return sa.Column("onderzoek_id", sa.String(32), sa.ForeignKey("onderzoeken.id"), nullable=False)


def upgrade() -> None:
    """Make the tables, and the triggers that keep steps, visits and deliveries as they were written."""
    _cases()
    _steps()
    _deliveries()
    for table in ("onderzoekstappen", "bezoeken"):
        _append_only(table, "old.onderzoek_id")


def _cases() -> None:
    op.create_table(
        "onderzoeken",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("adresseerbaarobject_identificatie", sa.String(16), nullable=False),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("doel", sa.String(20), nullable=False),
        sa.Column("aanleiding", sa.String(20), nullable=False),
        sa.Column("selectiekans", sa.Float),
        sa.Column("bron", sa.String(20), nullable=False),
        sa.Column("band", sa.String(1), nullable=False),
        sa.Column("alleen_bureau", sa.Boolean, nullable=False),
        sa.Column("herhaling_van", sa.String(32), sa.ForeignKey("onderzoeken.id")),
        sa.Column("geopend", Moment, nullable=False),
        sa.Column("datum_start", sa.Date, nullable=False),
        sa.Column("toestand", sa.String(20), nullable=False),
        sa.Column("wacht_op", sa.String(12), nullable=False),
        sa.Column("voorstel", sa.String(40), nullable=False),
        sa.Column("behandelaar", sa.String(32), nullable=False),
        sa.Column("tweede", sa.String(32), nullable=False),
        sa.Column("gestart", Moment),
        sa.Column("melder_ingelicht", Moment),
        sa.Column("afgerond", Moment),
        sa.Column("datum_afgerond", sa.Date),
        sa.Column("uitkomst", sa.String(40)),
        sa.Column("correctie", sa.Integer, nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
    )
    op.create_index("ix_onderzoeken_gemeente_toestand", "onderzoeken", ["gemeente", "toestand"])
    op.create_index("ix_onderzoeken_behandelaar", "onderzoeken", ["behandelaar"])
    op.create_index(
        "uq_onderzoeken_lopend",
        "onderzoeken",
        ["adresseerbaarobject_identificatie", "doel"],
        unique=True,
        sqlite_where=sa.text("afgerond is null"),
        postgresql_where=sa.text("afgerond is null"),
    )


def _steps() -> None:
    op.create_table(
        "onderzoekstappen",
        _case(),
        sa.Column("nr", sa.Integer, nullable=False),
        sa.Column("stap", sa.String(30), nullable=False),
        sa.Column("van", sa.String(20), nullable=False),
        sa.Column("naar", sa.String(20), nullable=False),
        sa.Column("persoon", sa.String(32), nullable=False),
        sa.Column("tijd", Moment, nullable=False),
        sa.Column("motivering", sa.Text, nullable=False),
        sa.Column("uitkomst", sa.String(40), nullable=False),
        sa.Column("gegevens", sa.Text, nullable=False),
        sa.Column("sleutel", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("onderzoek_id", "nr"),
        sa.UniqueConstraint("onderzoek_id", "sleutel"),
    )
    op.create_index("ix_onderzoekstappen_stap", "onderzoekstappen", ["stap"])
    op.create_table(
        "onderzoekdelen",
        _case(),
        sa.Column("persoon", sa.String(32), nullable=False),
        sa.Column("deel", sa.String(12), nullable=False),
        sa.Column("sinds", Moment, nullable=False),
        sa.Column("verklaard", Moment),
        sa.Column("tot", Moment),
        sa.Column("band", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("onderzoek_id", "persoon", "deel"),
    )
    op.create_index("ix_onderzoekdelen_persoon", "onderzoekdelen", ["persoon"])
    op.create_table(
        "bezoeken",
        _case(),
        sa.Column("nr", sa.Integer, nullable=False),
        sa.Column("moment", Moment, nullable=False),
        sa.Column("bezoeker", sa.String(32), nullable=False),
        sa.Column("metgezel", sa.String(32), nullable=False),
        sa.Column("getroffen", sa.String(10), nullable=False),
        sa.Column("gelegitimeerd", sa.Boolean, nullable=False),
        sa.Column("toestemming", sa.String(15), nullable=False),
        sa.Column("binnen", sa.Boolean, nullable=False),
        sa.Column("sporen", sa.Boolean, nullable=False),
        sa.Column("bevinding", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("onderzoek_id", "nr"),
    )


def _deliveries() -> None:
    op.create_table(
        "herbezoeken",
        sa.Column("onderzoek_id", sa.String(32), sa.ForeignKey("onderzoeken.id"), primary_key=True),
        sa.Column("getrokken", sa.Float, nullable=False),
        sa.Column("aandeel", sa.Float, nullable=False),
        sa.Column("vanaf", sa.Date),
        sa.Column("geopend_als", sa.String(32)),
    )
    op.create_table(
        "uitleveringen",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("tijd", Moment, nullable=False),
        sa.Column("door", sa.String(32), nullable=False),
        sa.Column("tweede", sa.String(32), nullable=False),
        sa.Column("reden", sa.Text, nullable=False),
        sa.Column("bestand", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_table(
        "uitgeleverd",
        sa.Column("uitlevering_id", sa.String(32), sa.ForeignKey("uitleveringen.id"), nullable=False),
        sa.Column("onderzoek_id", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("uitlevering_id", "onderzoek_id"),
    )


def _append_only(table: str, case: str) -> None:
    """No row ever changes; none goes while its investigation runs (what is over goes when retention says)."""
    running = f"exists (select 1 from onderzoeken where id = {case} and afgerond is null)"
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"begin select raise(abort, '{table} is append-only'); end"
        op.execute(f"create trigger {table}_niet_wijzigen before update on {table} {refuse}")
        op.execute(f"create trigger {table}_niet_wissen before delete on {table} when {running} {refuse}")
        return
    op.execute(
        f"create function {table}_bewaren() returns trigger language plpgsql as $$ begin "
        f"if tg_op = 'UPDATE' or {running} then raise exception '{table} is append-only' "
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
        for table in ("onderzoekstappen", "bezoeken"):
            op.execute(f"drop function {table}_bewaren()")
