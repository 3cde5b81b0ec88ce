"""The JSON of plans and rounds. No stream, score, band or chance of an address: whoever goes there must not know."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from features.columns import Doel
from service import opaque
from service.rounds.asked import MOST_DAYS
from service.rounds.wishes import Soort
from service.schemas import Crs, Point, Schema

ID = r"^[0-9a-f]{32}$"
NO_NUL = r"^[^\x00]*$"  # PostgreSQL cannot hold that character
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
DIENST = r"^$|^\d{4}-\d{2}-\d{2} [^\x00]{1,60}$"
Need = Literal["twee_personen", "politie"]
AddressId = Annotated[str, Field(pattern=opaque.PATTERN, description="De id uit een ranglijst of plan.")]
Version = Annotated[int, Field(ge=1, lt=2**31, description="De versie die u zag.")]
Degree = Annotated[float, Field(ge=-1e7, le=1e7)]
Ring = Annotated[list[tuple[Degree, Degree]], Field(min_length=4, max_length=500)]


class PlaceIn(Schema):
    """A GeoJSON point in the `crs` of the plan."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[Degree, Degree]


class PolygonIn(Schema):
    """A GeoJSON polygon in the `crs` of the plan: outer ring first, then holes."""

    type: Literal["Polygon"] = "Polygon"
    coordinates: Annotated[list[Ring], Field(min_length=1, max_length=5)]


class AreaIn(Schema):
    """Where. Nothing given = the whole gemeente."""

    buitengebied: Annotated[
        bool | None, Field(description="true: alleen buiten de bebouwde kom; false: alleen binnen.")
    ] = None
    woonplaatsen: list[Annotated[str, Field(max_length=80)]] = Field(default_factory=list, max_length=50)
    vlak: PolygonIn | None = None


class TeamIn(Schema):
    """Who goes, from where, from when to when (wall clock). Two people can do what asks for two."""

    naam: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$")]
    leden: Annotated[list[Annotated[str, Field(max_length=32)]], Field(max_length=6)]
    start: PlaceIn
    begin: Annotated[str, Field(pattern=CLOCK)] = "08:30"
    einde: Annotated[str, Field(pattern=CLOCK)] = "16:30"
    kan: list[Literal["politie"]] = Field(default_factory=list, max_length=1, description="Wat het team nog meer kan.")
    dagen: list[date] = Field(default_factory=list, max_length=MOST_DAYS, description="Leeg: elke dag van het plan.")


class PlanIn(Schema):
    """What a planner asks for. Shares are of what is visited in the period; they are drawn before any route."""

    gemeente: Annotated[str, Field(pattern=r"^\d{4}$")]
    eerste_dag: date
    laatste_dag: date
    teams: Annotated[list[TeamIn], Field(min_length=1, max_length=10)]
    gebied: AreaIn = AreaIn()
    minuten_eerste: Annotated[float, Field(ge=1, le=240, description="Eerste deur van een stop.")] = 15
    minuten_verder: Annotated[float, Field(ge=0, le=120, description="Elke volgende deur.")] = 7
    aandeel_verkenning: Annotated[float, Field(ge=0, le=0.5)] = 0.10
    aandeel_steekproef: Annotated[float, Field(ge=0, le=0.5)] = 0.10
    gevelschouw: Annotated[
        bool, Field(description="Ook adressen van de ranglijst zonder onderzoek, alleen te bekijken vanaf de weg.")
    ] = False
    met_twee: Annotated[bool, Field(description="Elk huisbezoek met twee personen.")] = False
    avond: Annotated[bool, Field(description="Zaterdag mag waar eerder niemand thuis was.")] = False
    vast: list[AddressId] = Field(default_factory=list, max_length=50, description="Adressen die erin moeten.")
    crs: Annotated[Crs, Field(description="Stelsel van de geometrie in deze vraag.")] = Crs.CRS84


class WishIn(Schema):
    """One wish about one address. dienst: with `vast` alone. van, tot: with `venster`; without both: taken back."""

    soort: Soort
    adres: AddressId
    dienst: Annotated[str, Field(max_length=80, pattern=DIENST)] = ""
    van: AwareDatetime | None = None
    tot: AwareDatetime | None = None
    nodig: list[Need] = Field(default_factory=list, max_length=2)


class WishesIn(Schema):
    """Wishes; all are taken or none."""

    versie: Version
    wensen: Annotated[list[WishIn], Field(min_length=1, max_length=100)]


class VersionIn(Schema):
    """Which version the deed is about."""

    versie: Version


class SolveIn(VersionIn):
    """grondig: in the background, for longer."""

    grondig: bool = False


class PlanState(Schema):
    """Where a plan stands after a deed."""

    id: str
    versie: int
    bezig: bool


class DoorOut(Schema):
    """One door. onderzoekId null: seen from the public road alone."""

    id: str
    onderzoek_id: str | None
    adres: str
    postcode: str
    woonplaats: str
    doel: Doel
    afgeschermd: bool
    geometrie: Point | None
    redenen: list[str]
    nodig: list[str]
    pogingen: Annotated[list[datetime], Field(description="Momenten waarop niemand thuis was.")]


class RoundStopOut(Schema):
    """One erf or building. vervallen: why it is off, empty when it is on."""

    id: str
    nr: int
    geometrie: Point | None
    aankomst: datetime
    begin: datetime
    einde: datetime
    vast: bool
    vervallen: str
    adressen: list[DoorOut]


class RoundOut(Schema):
    """One team on one day."""

    id: str
    plan_id: str
    gemeente: str
    dag: date
    team: str
    leden: list[str]
    start: Point | None
    vertrek: datetime
    terug: datetime
    begonnen: datetime | None
    versie: int
    stops: list[RoundStopOut]


class RoundsOut(Schema):
    """Rounds."""

    rondes: list[RoundOut]


class StartedOut(Schema):
    """A round that was started, and the check of the day."""

    ronde: RoundOut
    gecontroleerd: Annotated[int, Field(description="Deuren die met de BRP van vandaag zijn vergeleken.")]
    niet_gecontroleerd: Annotated[list[str], Field(description="Waarom andere deuren niet zijn vergeleken.")]


class LeftOutOut(Schema):
    """An address in no round. waarom: a word; uitleg: the same for people."""

    adres: DoorOut
    waarom: str
    uitleg: str


class LeftCountOut(Schema):
    """How many more addresses are left out for one reason."""

    waarom: str
    uitleg: str
    aantal: int


class ComparedOut(Schema):
    """What the same hours give: by this plan, or by the top of the list in order of rank (lijst)."""

    naam: str
    vondsten: float
    uren: float
    adressen: int


class DutyOut(Schema):
    """A team on a day: where a stop can be moved to."""

    id: str
    dag: date
    team: str
    begin: datetime
    einde: datetime


class WishOut(Schema):
    """What holds for one address."""

    adres: str
    soort: str
    dienst: str
    van: datetime | None
    tot: datetime | None
    nodig: list[str]


class PlanOut(Schema):
    """A whole plan."""

    id: str
    gemeente: str
    eerste_dag: date
    laatste_dag: date
    toestand: str
    versie: int
    bezig: bool
    voortgang: Annotated[float, Field(description="0-1, van het berekenen.")]
    mislukt: bool
    fout: str
    berekend: datetime | None
    reis: Annotated[str, Field(description="Waarmee de reistijden zijn berekend.")]
    rondes: list[RoundOut]
    over: list[LeftOutOut]
    over_aantallen: list[LeftCountOut]
    vergelijking: list[ComparedOut]
    diensten: list[DutyOut]
    wensen: list[WishOut]


class PlanLineOut(Schema):
    """A plan in the list; no address."""

    id: str
    gemeente: str
    eerste_dag: date
    laatste_dag: date
    toestand: str
    versie: int
    gemaakt: datetime
    door: str
    stops: int
    teams: int
    bezig: bool


class PlansOut(Schema):
    """The plans of one's gemeenten, the newest first."""

    plannen: list[PlanLineOut]


class CrsQuery(Schema):
    """In which system places are told."""

    crs: Annotated[Crs, Field(description="Stelsel van de geometrie.")] = Crs.CRS84


class RoundsQuery(CrsQuery):
    """Which day; today when it is left out."""

    dag: date | None = None
