"""The tables of the adresonderzoek. Steps and visits are append-only: triggers (migration 0005) refuse a change."""

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

onderzoeken = Table(
    "onderzoeken",
    metadata,
    Column("id", ID, primary_key=True),
    Column("adresseerbaarobject_identificatie", String(16), nullable=False),
    Column("gemeente", String(4), nullable=False),
    Column("doel", String(20), nullable=False),
    Column("aanleiding", String(20), nullable=False),  # for the export; not shown to who works the case
    Column("selectiekans", Float),  # idem
    Column("bron", String(20), nullable=False),  # idem
    Column("band", String(1), nullable=False),  # idem
    Column("alleen_bureau", Boolean, nullable=False),
    Column("herhaling_van", ID, ForeignKey("onderzoeken.id")),  # idem: a blind second look
    Column("geopend", Moment, nullable=False),
    Column("datum_start", Date, nullable=False),  # of the wall in the Netherlands
    Column("toestand", String(20), nullable=False),
    Column("wacht_op", String(12), nullable=False),  # what lies with the second person; "" = nothing
    Column("voorstel", String(40), nullable=False),  # the outcome that lies there; "" = none
    Column("behandelaar", PERSON, nullable=False),  # "" = nobody was free
    Column("tweede", PERSON, nullable=False),  # with whom it lies; "" = nobody, or nothing lies there
    Column("gestart", Moment),  # when the start was approved: the clock of the reaction stops
    Column("melder_ingelicht", Moment),
    Column("afgerond", Moment),
    Column("datum_afgerond", Date),
    Column("uitkomst", String(40)),
    Column("correctie", Integer, nullable=False),  # how often the outcome was corrected
    Column("versie", Integer, nullable=False),  # = nr of its last step
    Index("ix_onderzoeken_gemeente_toestand", "gemeente", "toestand"),
    Index("ix_onderzoeken_behandelaar", "behandelaar"),
    Index(
        "uq_onderzoeken_lopend",  # one running investigation per address and target
        "adresseerbaarobject_identificatie",
        "doel",
        unique=True,
        sqlite_where=text("afgerond is null"),
        postgresql_where=text("afgerond is null"),
    ),
)
stappen = Table(
    "onderzoekstappen",
    metadata,
    Column("onderzoek_id", ID, ForeignKey("onderzoeken.id"), nullable=False),
    Column("nr", Integer, nullable=False),  # 1, 2, 3 … without a gap
    Column("stap", String(30), nullable=False),
    Column("van", String(20), nullable=False),
    Column("naar", String(20), nullable=False),
    Column("persoon", PERSON, nullable=False),  # "" = the service itself
    Column("tijd", Moment, nullable=False),
    Column("motivering", Text, nullable=False),
    Column("uitkomst", String(40), nullable=False),
    Column("gegevens", Text, nullable=False),  # canonical JSON of codes: a draw, a letter; never free text
    Column("sleutel", String(64), nullable=False),  # of the form, so that sending it twice does it once
    PrimaryKeyConstraint("onderzoek_id", "nr"),
    UniqueConstraint("onderzoek_id", "sleutel"),
    Index("ix_onderzoekstappen_stap", "stap"),
)
delen = Table(
    "onderzoekdelen",  # who has part in it: nobody else sees it
    metadata,
    Column("onderzoek_id", ID, ForeignKey("onderzoeken.id"), nullable=False),
    Column("persoon", PERSON, nullable=False),
    Column("deel", String(12), nullable=False),
    Column("sinds", Moment, nullable=False),
    Column("verklaard", Moment),  # when they declared to have no tie
    Column("tot", Moment),  # passed on, replaced
    Column("band", Boolean, nullable=False),  # they have a tie: never drawn for this case again
    PrimaryKeyConstraint("onderzoek_id", "persoon", "deel"),
    Index("ix_onderzoekdelen_persoon", "persoon"),
)
bezoeken = Table(
    "bezoeken",
    metadata,
    Column("onderzoek_id", ID, ForeignKey("onderzoeken.id"), nullable=False),
    Column("nr", Integer, nullable=False),  # of the step that recorded it
    Column("moment", Moment, nullable=False),
    Column("bezoeker", PERSON, nullable=False),
    Column("metgezel", PERSON, nullable=False),  # "" = alone
    Column("getroffen", String(10), nullable=False),  # niemand | bewoner | ander
    Column("gelegitimeerd", Boolean, nullable=False),  # identified and said what for (Awbi art. 1)
    Column("toestemming", String(15), nullable=False),  # niet_gevraagd | gegeven | geweigerd
    Column("binnen", Boolean, nullable=False),
    Column("sporen", Boolean, nullable=False),  # looks inhabited or in use
    Column("bevinding", Text, nullable=False),
    PrimaryKeyConstraint("onderzoek_id", "nr"),
)
herbezoeken = Table(
    "herbezoeken",  # every closed case once: drawn for a second look or not
    metadata,
    Column("onderzoek_id", ID, ForeignKey("onderzoeken.id"), primary_key=True),
    Column("getrokken", Float, nullable=False),
    Column("aandeel", Float, nullable=False),  # the setting of that moment
    Column("vanaf", Date),  # drawn: the first day on which it may be opened
    Column("geopend_als", ID),
)
uitleveringen = Table(
    "uitleveringen",
    metadata,
    Column("id", ID, primary_key=True),
    Column("tijd", Moment, nullable=False),
    Column("door", PERSON, nullable=False),
    Column("tweede", PERSON, nullable=False),
    Column("reden", Text, nullable=False),
    Column("bestand", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),  # of the file as it became
)
uitgeleverd = Table(
    "uitgeleverd",
    metadata,
    Column("uitlevering_id", ID, ForeignKey("uitleveringen.id"), nullable=False),
    Column("onderzoek_id", String(40), nullable=False),  # as in the file: with -1, -2 … for a correction
    PrimaryKeyConstraint("uitlevering_id", "onderzoek_id"),
)
uitleververzoeken = Table(
    "uitleververzoeken",  # asked by one, agreed to by another, used once
    metadata,
    Column("id", ID, primary_key=True),
    Column("gemeenten", Text, nullable=False),  # comma-joined: whose outcomes
    Column("reden", Text, nullable=False),
    Column("door", PERSON, nullable=False, index=True),
    Column("op", Moment, nullable=False),
    Column("tweede", PERSON, nullable=False),  # "" = nobody yet
    Column("beslist", Moment),
    Column("akkoord", Boolean),
    Column("gemaakt", Moment),  # when the file was made
    Column("uitlevering_id", ID, nullable=False),  # what became of it; "" = nothing yet
)
