"""Work list, judgements and signals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.db.metadata import Moment

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Make the tables, and the trigger that keeps a judgement as it was given."""
    _rounds()
    _items()
    _judgements()
    _signals()
    _append_only()


def _rounds() -> None:
    op.create_table(
        "rondes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("doel", sa.String(20), nullable=False),
        sa.Column("nummer", sa.Integer, nullable=False),
        sa.Column("run_id", sa.String(100), nullable=False),
        sa.Column("getrokken", Moment, nullable=False),
        sa.Column("door", sa.String(32), nullable=False),
        sa.Column("zaad", sa.String(64), nullable=False),
        sa.Column("gestopt", sa.Boolean, nullable=False),
        sa.Column("vrij", sa.Integer, nullable=False),
        sa.Column("capaciteit", sa.Integer, nullable=False),
        sa.Column("rest_verkenning", sa.Integer, nullable=False),
        sa.Column("rest_steekproef", sa.Integer, nullable=False),
        sa.Column("verdeling", sa.Text, nullable=False),
        sa.UniqueConstraint("gemeente", "doel", "nummer"),
    )


def _items() -> None:
    op.create_table(
        "werkitems",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("ronde_id", sa.String(32), sa.ForeignKey("rondes.id")),
        sa.Column("adresseerbaarobject_identificatie", sa.String(16), nullable=False),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("doel", sa.String(20), nullable=False),
        sa.Column("run_id", sa.String(100), nullable=False),
        sa.Column("begonnen", Moment, nullable=False),
        sa.Column("uiterlijk", sa.Date, nullable=False),
        sa.Column("behandelaar", sa.String(32), nullable=False),
        sa.Column("stand", sa.String(12), nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("oordeel", sa.String(30), nullable=False),
        sa.Column("onderzoek_id", sa.String(32), nullable=False),
        sa.Column("aanleiding", sa.String(20), nullable=False),
        sa.Column("selectiekans", sa.Float),
        sa.Column("rondekans", sa.Float),
        sa.Column("band", sa.String(1), nullable=False),
    )
    op.create_index("ix_werkitems_ronde_id", "werkitems", ["ronde_id"])
    op.create_index("ix_werkitems_gemeente_stand", "werkitems", ["gemeente", "stand"])
    op.create_index("ix_werkitems_behandelaar_stand", "werkitems", ["behandelaar", "stand"])
    op.create_index("ix_werkitems_adres", "werkitems", ["adresseerbaarobject_identificatie"])
    op.create_index(
        "uq_werkitems_open",
        "werkitems",
        ["adresseerbaarobject_identificatie", "doel"],
        unique=True,
        sqlite_where=sa.text("stand = 'open'"),
        postgresql_where=sa.text("stand = 'open'"),
    )
    op.create_table(
        "werktoewijzingen",
        sa.Column("item_id", sa.String(32), sa.ForeignKey("werkitems.id"), nullable=False),
        sa.Column("nr", sa.Integer, nullable=False),
        sa.Column("persoon", sa.String(32), nullable=False),
        sa.Column("sinds", Moment, nullable=False),
        sa.Column("tot", Moment),
        sa.Column("doorgegeven", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("item_id", "nr"),
    )
    op.create_index("ix_werktoewijzingen_persoon", "werktoewijzingen", ["persoon"])


def _judgements() -> None:
    op.create_table(
        "oordelen",
        sa.Column("item_id", sa.String(32), sa.ForeignKey("werkitems.id"), nullable=False),
        sa.Column("nr", sa.Integer, nullable=False),
        sa.Column("persoon", sa.String(32), nullable=False),
        sa.Column("tijd", Moment, nullable=False),
        sa.Column("oordeel", sa.String(30), nullable=False),
        sa.Column("motivering", sa.Text, nullable=False),
        sa.Column("run_id", sa.String(100), nullable=False),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("modelversie", sa.String(50), nullable=False),
        sa.Column("getoond", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "nr"),
    )
    op.create_index("ix_oordelen_tijd", "oordelen", ["tijd"])


def _signals() -> None:
    op.create_table(
        "signalen",
        sa.Column("signaal_id", sa.String(100), primary_key=True),
        sa.Column("bron", sa.String(20), nullable=False),
        sa.Column("soort", sa.String(40), nullable=False),
        sa.Column("adresseerbaarobject_identificatie", sa.String(16), nullable=False),
        sa.Column("gemeente", sa.String(4), nullable=False),
        sa.Column("ontvangen", sa.Date, nullable=False),
        sa.Column("afgehandeld", sa.Date),
        sa.Column("item_id", sa.String(32), sa.ForeignKey("werkitems.id")),
        sa.Column("ingenomen", Moment, nullable=False),
        sa.Column("door", sa.String(32), nullable=False),
    )
    for column in ("adresseerbaarobject_identificatie", "gemeente", "item_id"):
        op.create_index(f"ix_signalen_{column}", "signalen", [column])


def _append_only() -> None:
    """A judgement never changes; it goes when retention says."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "create trigger oordelen_niet_wijzigen before update on oordelen "
            "begin select raise(abort, 'oordelen is append-only'); end"
        )
        return
    op.execute(
        "create function oordelen_bewaren() returns trigger language plpgsql as $$ begin "
        "raise exception 'oordelen is append-only' using errcode = 'integrity_constraint_violation'; end $$"
    )
    op.execute(
        "create trigger oordelen_bewaren before update on oordelen for each row execute function oordelen_bewaren()"
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("signalen", "oordelen", "werktoewijzingen", "werkitems", "rondes"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function oordelen_bewaren()")
