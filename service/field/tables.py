"""The tables of the field. A visit that was sent is kept whole as it came; what a person decides of it comes beside."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table, Text

from service.db.metadata import Moment, metadata

ID = String(36)  # a UUID, drawn by the phone

veldbezoeken = Table(
    "veldbezoeken",
    metadata,
    Column("id", ID, primary_key=True),
    Column("adresseerbaarobject_identificatie", String(16), nullable=False),
    Column("onderzoek_id", String(32), ForeignKey("onderzoeken.id")),  # None: looked at from the road, no investigation
    Column("ronde_id", String(36), nullable=False),
    Column("persoon", String(32), nullable=False),
    Column("moment", Moment, nullable=False),  # of the visit, by the phone
    Column("ontvangen", Moment, nullable=False),
    Column("inhoud", Text, nullable=False),  # canonical JSON: service/field/visit.py
    Column("vingerafdruk", String(64), nullable=False),  # SHA-256 of it
    Column("toestand", String(12), nullable=False),  # verwerkt | botst | toegevoegd | notitie
    Column("botsing", String(20), nullable=False),  # why; "" = it did not
    Column("versie_toen", Integer, nullable=False),  # last step of the investigation when it came in
    Column("stap_nr", Integer),  # the step that it became
    Column("besloten_door", String(32), nullable=False),  # "" = nobody (yet)
    Column("besloten", Moment),
    Column("besluit_reden", Text, nullable=False),
    Index("ix_veldbezoeken_onderzoek_id", "onderzoek_id"),
    Index("ix_veldbezoeken_persoon", "persoon"),
    Index("ix_veldbezoeken_adresseerbaarobject_identificatie", "adresseerbaarobject_identificatie"),
)
veldfotos = Table(
    "veldfotos",
    metadata,
    Column("veldbezoek_id", ID, ForeignKey("veldbezoeken.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("sha256", String(64), nullable=False),  # of what the phone sent
    Column("ontvangen", Moment, nullable=False),
    Column("breedte", Integer, nullable=False),
    Column("hoogte", Integer, nullable=False),
    Column("inhoud", LargeBinary, nullable=False),  # JPEG, made anew: nothing but the picture is left
    PrimaryKeyConstraint("veldbezoek_id", "id"),
)
