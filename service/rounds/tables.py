"""The tables of plans. What was chosen and what a planner wished are append-only: triggers (migration 0007)."""

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
)

from service.db.metadata import ID, PERSON, Moment, metadata

plannen = Table(
    "plannen",
    metadata,
    Column("id", ID, primary_key=True),
    Column("gemeente", String(4), nullable=False),
    Column("eerste_dag", Date, nullable=False),
    Column("laatste_dag", Date, nullable=False),
    Column("toestand", String(12), nullable=False),  # concept | vastgesteld | vervangen
    Column("versie", Integer, nullable=False),  # moves with every wish, solution and decision
    Column("run_id", String(100), nullable=False),  # of the publication that the chances came from
    Column("instelling", Text, nullable=False),  # canonical JSON of what was asked (service/rounds/asked.py)
    Column("zaad", String(64), nullable=False),  # of the lot and the solver: the same again gives the same plan
    Column("gemaakt", Moment, nullable=False),
    Column("door", PERSON, nullable=False),
    Column("loting", Text, nullable=False),  # canonical JSON: per target what was drawn, and what goes on to the next
    Column("fout", Text, nullable=False),  # why computing failed, in words; "" = it did not
    Column("bezig_tot", Moment),  # somebody computes; past this moment they were cut off
    Column("berekend", Moment),  # of the solution that is there
    Column("reis", String(40), nullable=False),  # what the travel times were computed with; "" = not yet
    Column("vergelijking", Text, nullable=False),  # canonical JSON: plan and top of the list on the same hours
    Column("vastgesteld", Moment),
    Column("vastgesteld_door", PERSON, nullable=False),
    Index("ix_plannen_gemeente_laatste_dag", "gemeente", "laatste_dag"),
)
plan_adressen = Table(
    "plan_adressen",  # who could be visited, with stream and chance: written before any route is made (law 8)
    metadata,
    Column("plan_id", ID, ForeignKey("plannen.id"), nullable=False),
    Column("adresseerbaarobject_identificatie", String(16), nullable=False),
    Column("doel", String(20), nullable=False),
    Column("onderzoek_id", ID, nullable=False),  # "" = seen from the public road alone
    Column("x", Float, nullable=False),  # RD, metres
    Column("y", Float, nullable=False),
    Column("nummer", String(30), nullable=False),  # postcode and house number, which doors of one building share
    Column("buiten", Boolean, nullable=False),  # of the built-up area
    Column("ingeschreven", Integer),  # people, when it was planned; NULL = unknown or shielded
    Column("uitgesloten", String(20), nullable=False),  # why it could not be chosen; "" = it could
    # Never in an answer (service/rounds/read.py does not read them):
    Column("stroom", String(20), nullable=False),
    Column("selectiekans", Float),  # 0-1; NULL = unknown
    Column("gekozen", Boolean, nullable=False),  # by lot, for this period: it is in whatever it is worth
    Column("kans", Float),  # NULL = a cold start
    Column("band", String(1), nullable=False),
    Column("rang", Integer),
    PrimaryKeyConstraint("plan_id", "adresseerbaarobject_identificatie", "doel"),
    Index("ix_plan_adressen_adres", "adresseerbaarobject_identificatie"),
)
plan_wensen = Table(
    "plan_wensen",
    metadata,
    Column("plan_id", ID, ForeignKey("plannen.id"), nullable=False),
    Column("nr", Integer, nullable=False),  # 1, 2, 3 …; a later one about the same address replaces
    Column("adresseerbaarobject_identificatie", String(16), nullable=False),
    Column("soort", String(12), nullable=False),
    Column("dienst", String(80), nullable=False),  # in which shift; "" = any
    Column("van", Moment),
    Column("tot", Moment),
    Column("nodig", String(40), nullable=False),  # comma-joined: twee_personen, politie
    Column("persoon", PERSON, nullable=False),
    Column("tijd", Moment, nullable=False),
    PrimaryKeyConstraint("plan_id", "nr"),
)
plan_over = Table(
    "plan_over",
    metadata,
    Column("plan_id", ID, ForeignKey("plannen.id"), nullable=False),
    Column("adresseerbaarobject_identificatie", String(16), nullable=False),
    Column("doel", String(20), nullable=False),
    Column("waarom", String(20), nullable=False),  # as it is told
    Column("eigenlijk", String(20), nullable=False),  # never in an answer: it could tell what the lot chose
    PrimaryKeyConstraint("plan_id", "adresseerbaarobject_identificatie", "doel"),
)
ronden = Table(
    "ronden",
    metadata,
    Column("id", ID, primary_key=True),  # keyed by plan and shift: the same after every re-solve
    Column("plan_id", ID, ForeignKey("plannen.id"), nullable=False, index=True),
    Column("gemeente", String(4), nullable=False),
    Column("dienst", String(80), nullable=False),
    Column("dag", Date, nullable=False, index=True),
    Column("team", String(60), nullable=False),
    Column("start_x", Float, nullable=False),
    Column("start_y", Float, nullable=False),
    Column("vertrek", Moment, nullable=False),
    Column("terug", Moment, nullable=False),
    Column("begonnen", Moment),
    Column("begonnen_door", PERSON, nullable=False),
    Column("versie", Integer, nullable=False),
)
ronde_leden = Table(
    "ronde_leden",  # who goes: nobody else but planners sees it
    metadata,
    Column("ronde_id", ID, ForeignKey("ronden.id"), nullable=False),
    Column("persoon", PERSON, nullable=False),
    PrimaryKeyConstraint("ronde_id", "persoon"),
    Index("ix_ronde_leden_persoon", "persoon"),
)
ronde_stops = Table(
    "ronde_stops",
    metadata,
    Column("id", ID, primary_key=True),
    Column("ronde_id", ID, ForeignKey("ronden.id"), nullable=False, index=True),
    Column("nr", Integer, nullable=False),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("aankomst", Moment, nullable=False),
    Column("begin", Moment, nullable=False),
    Column("einde", Moment, nullable=False),
    Column("vast", Boolean, nullable=False),  # pinned by the planner; not: chosen by lot
    Column("vervallen", Text, nullable=False),  # why it is off, in words; "" = it is on
)
stop_adressen = Table(
    "stop_adressen",
    metadata,
    Column("stop_id", ID, ForeignKey("ronde_stops.id"), nullable=False),
    Column("nr", Integer, nullable=False),
    Column("adresseerbaarobject_identificatie", String(16), nullable=False, index=True),
    Column("doel", String(20), nullable=False),
    Column("onderzoek_id", ID, nullable=False),
    Column("vervallen", Text, nullable=False),
    PrimaryKeyConstraint("stop_id", "nr"),
)
