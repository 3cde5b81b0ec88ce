"""The tables of the werkvoorraad. Judgements are append-only: a trigger (migration 0004) refuses a change."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from service.db.metadata import ID, PERSON, Moment, metadata

rondes = Table(
    "rondes",
    metadata,
    Column("id", ID, primary_key=True),
    Column("gemeente", String(4), nullable=False),
    Column("doel", String(20), nullable=False),
    Column("nummer", Integer, nullable=False),  # 1, 2, 3 … per gemeente and target
    Column("run_id", String(100), nullable=False),
    Column("getrokken", Moment, nullable=False),
    Column("door", PERSON, nullable=False),  # "" = the service itself
    Column("zaad", String(64), nullable=False),  # the draw again from the same list gives the same round
    Column("gestopt", Boolean, nullable=False),  # the model was stopped: all by lot
    Column("vrij", Integer, nullable=False),  # addresses that could be drawn
    Column("capaciteit", Integer, nullable=False),
    Column("rest_verkenning", Integer, nullable=False),  # ten-thousandths, carried to the next round
    Column("rest_steekproef", Integer, nullable=False),
    Column("verdeling", Text, nullable=False),  # canonical JSON: per band free, and drawn per stream
    UniqueConstraint("gemeente", "doel", "nummer"),
)
werkitems = Table(
    "werkitems",
    metadata,
    Column("id", ID, primary_key=True),  # keyed: their order is the order of work, and says nothing
    Column("ronde_id", ID, ForeignKey("rondes.id"), index=True),  # NULL = a signal brought it
    Column("adresseerbaarobject_identificatie", String(16), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("doel", String(20), nullable=False),
    Column("run_id", String(100), nullable=False),  # the publication from which it is shown
    Column("begonnen", Moment, nullable=False),
    Column("uiterlijk", Date, nullable=False),  # last day, of the wall in the Netherlands
    Column("behandelaar", PERSON, nullable=False),  # "" = nobody yet
    Column("stand", String(12), nullable=False),
    Column("versie", Integer, nullable=False),  # = number of judgements
    Column("oordeel", String(30), nullable=False),  # the last one; "" = none
    Column("onderzoek_id", ID, nullable=False),  # "" = none
    # Never in an answer to who judges (service/worklist/items.py does not read them):
    Column("aanleiding", String(20), nullable=False),
    Column("selectiekans", Float),
    Column("rondekans", Float),  # chance to be in the round through whichever stream
    Column("band", String(1), nullable=False),  # "" = unknown
    Index("ix_werkitems_gemeente_stand", "gemeente", "stand"),
    Index("ix_werkitems_behandelaar_stand", "behandelaar", "stand"),
    Index("ix_werkitems_adres", "adresseerbaarobject_identificatie"),
    Index(
        "uq_werkitems_open",  # an address waits once per target
        "adresseerbaarobject_identificatie",
        "doel",
        unique=True,
        sqlite_where=text("stand = 'open'"),
        postgresql_where=text("stand = 'open'"),
    ),
)
toewijzingen = Table(
    "werktoewijzingen",
    metadata,
    Column("item_id", ID, ForeignKey("werkitems.id"), nullable=False),
    Column("nr", Integer, nullable=False),
    Column("persoon", PERSON, nullable=False),
    Column("sinds", Moment, nullable=False),
    Column("tot", Moment),  # it went to somebody else, or back to nobody
    Column("doorgegeven", Boolean, nullable=False),  # they passed it on: it never comes back to them
    PrimaryKeyConstraint("item_id", "nr"),
    Index("ix_werktoewijzingen_persoon", "persoon"),
)
oordelen = Table(
    "oordelen",
    metadata,
    Column("item_id", ID, ForeignKey("werkitems.id"), nullable=False),
    Column("nr", Integer, nullable=False),  # 1 = before the model's answer was shown
    Column("persoon", PERSON, nullable=False),
    Column("tijd", Moment, nullable=False, index=True),
    Column("oordeel", String(30), nullable=False),
    Column("motivering", Text, nullable=False),
    Column("run_id", String(100), nullable=False),
    Column("model", String(100), nullable=False),
    Column("modelversie", String(50), nullable=False),
    Column("getoond", String(64), nullable=False),  # SHA-256 of what was shown
    PrimaryKeyConstraint("item_id", "nr"),
)
signalen = Table(
    "signalen",
    metadata,
    Column("signaal_id", String(100), primary_key=True),
    Column("bron", String(20), nullable=False),
    Column("soort", String(40), nullable=False),
    Column("adresseerbaarobject_identificatie", String(16), nullable=False, index=True),
    Column("gemeente", String(4), nullable=False, index=True),
    Column("ontvangen", Date, nullable=False),
    Column("afgehandeld", Date),
    Column("item_id", ID, ForeignKey("werkitems.id"), index=True),  # where it is judged; NULL = it needs no judgement
    Column("ingenomen", Moment, nullable=False),
    Column("door", PERSON, nullable=False),  # "" = by the command line
)
signaalkeuringen = Table(
    "signaalkeuringen",  # an uploaded file between its check and its taking in; its rows go when that is done
    metadata,
    Column("id", ID, primary_key=True),
    Column("door", PERSON, nullable=False, index=True),
    Column("op", Moment, nullable=False),
    Column("inhoud", Text, nullable=False),  # JSON of what is read of the rows, no more; "" = taken in or gone
    Column("ingenomen", Moment),
    Column("uitkomst", Text, nullable=False),  # JSON of the counts once it was taken in; "" = not yet
)
