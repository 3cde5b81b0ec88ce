"""The JSON of account: a model card and the register of features. Figures and texts; no address, no person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from features.columns import Doel
from service.schemas import Schema, StopOut


class FigureOut(Schema):
    """A figure with its 90% interval; null where there were too few outcomes to say anything."""

    waarde: float | None
    laag: float | None
    hoog: float | None


class AxisOut(Schema):
    """The cells of one feature in a table, in words. richting: 1 higher speaks for, -1 against, 0 none laid down."""

    kenmerk: str
    label: str
    richting: Annotated[int, Field(ge=-1, le=1)]
    cellen: list[str]


class TableOut(Schema):
    """One table of the model. punten: a row per cell of the first axis; log-odds, + speaks for the target."""

    naam: str
    weegt: Annotated[float, Field(description="Hoogste min laagste bekende cel, in log-odds.")]
    assen: list[AxisOut]
    punten: list[list[float]]


class GateOut(Schema):
    """A condition of being used."""

    naam: str
    gehaald: bool
    gevonden: str
    voorwaarde: str


class GroupOut(Schema):
    """One group at one stage, against all others. buitenGrens: beyond the bounds and beyond chance, without ground."""

    stap: str
    indeling: str
    groep: str
    aantal: int
    gekozen: int
    deel_gekozen: FigureOut
    keer_zo_vaak: FigureOut | None
    buiten_grens: list[str]


class EqualOut(Schema):
    """Equal treatment of one target, as measured on one publication."""

    run_id: str
    gemeten_op: date
    groepen: list[GroupOut]
    stopt: list[str]


class BandOut(Schema):
    """Found against promised in one band, since publication."""

    band: str
    onderzocht: int
    raak: int
    deel_raak: FigureOut
    beloofd: float | None


class DriftOut(Schema):
    """One feature then and now: groen, geel or rood; index: population stability (0 = the same)."""

    kenmerk: str
    stand: str
    index: float | None
    waarom: str


class WatchedOut(Schema):
    """What came of the lists, and what changed."""

    tot_en_met: date
    banden: list[BandOut]
    verschuiving: list[DriftOut]
    redenen_om_te_stoppen: list[str]


class OrganisationOut(Schema):
    """Who answers for it; null where nobody filled it in yet."""

    naam: str | None
    contact: str | None
    privacy: str | None
    bezwaar: str | None
    inzage: str | None
    impacttoetsen: str | None
    wettelijke_basis: str | None


class ModelCard(Schema):
    """All that a publication says of the model of one target; null or empty where it was not measured yet."""

    doel: Doel
    run_id: str
    peildatum: date
    versie: str
    vingerafdruk: Annotated[str, Field(description="SHA-256 van het modeldocument.")]
    getraind_tot: str
    koude_start: Annotated[bool, Field(description="true: geen geleerd model, dus geen kans.")]
    goedgekeurd: Annotated[bool | None, Field(description="Door twee mensen; null als er geen model is.")]
    goedgekeurd_op: datetime | None
    organisatie: OrganisationOut | None
    basis: float | None
    tabellen: list[TableOut]
    cijfers: Annotated[dict[str, float], Field(description="Naam in het modelregister en cijfer.")]
    voorwaarden: list[GateOut]
    gelijke_behandeling: EqualOut | None
    bewaking: WatchedOut | None
    stop: Annotated[StopOut | None, Field(description="Gevuld zolang het model is stopgezet.")]
    niet_getoond: Annotated[list[str], Field(description="Documenten die er zijn en niet kloppen.")]


class TestOut(Schema):
    """One of the five tests, in English as in the register."""

    toets: str
    bevinding: str
    bewijs: str


class FeatureOut(Schema):
    """A feature with its papers. richting: per target 1, -1 or 0."""

    naam: str
    label: str
    groep: str
    bronnen: list[str]
    eenheid: str
    richting: dict[Doel, int]
    rust_op_personen: bool
    rust_op_geboortejaren: bool
    status: str
    waarom: str
    beschrijving: str
    grondslag: str
    doel: str
    toetsen: list[TestOut]
    beoordelaar: str
    beoordeeld_op: date


class FeatureRegister(Schema):
    """Every feature that a model may read."""

    versie: str
    kenmerken: list[FeatureOut]
