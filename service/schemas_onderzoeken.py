"""The JSON of investigations. Why an address was chosen is not in it: who works the case must not know."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from features.columns import Doel
from service.cases.clocks import Klok
from service.cases.codes import Toestand, Wacht
from service.cases.letters.letter import Brief
from service.cases.steps import RULES, Stap
from service.cases.visits import Getroffen, Toestemming
from service.schemas import Schema

ID = r"^[0-9a-f]{16}$"
StapKeuze = StrEnum(  # type: ignore[misc]
    "StapKeuze", {s.name: s.value for s in RULES if not RULES[s].apart or s in (Stap.GEEN_BAND, Stap.WEL_BAND)}
)
Versie = Annotated[int, Field(ge=1, lt=2**31, description="Nummer van de laatste stap die u zag.")]
Sleutel = Annotated[
    str,
    Field(
        min_length=8,
        max_length=64,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="Zelf gekozen; wie hetzelfde nog eens stuurt, doet het maar een keer.",
    ),
]
NO_NUL = r"^[^\x00]*$"  # PostgreSQL cannot hold that character
Words = Annotated[str, Field(max_length=4000, pattern=NO_NUL)]


class ListQuery(Schema):
    """The query of one's own investigations."""

    toestand: Toestand | None = None
    klok: Annotated[Klok | None, Field(description="Stand van de klok die het eerst afloopt.")] = None
    afgerond: Annotated[bool, Field(description="true: wat klaar is, in plaats van wat loopt.")] = False


class PlaceOut(Schema):
    """Where it is. id: as in the ranked lists."""

    id: str
    adres: str
    postcode: str
    woonplaats: str
    afgeschermd: Annotated[bool, Field(description="Een bewoner heeft geheimhouding: niets over personen.")]


class ClockOut(Schema):
    """One clock. dagen: days left, negative when late, 0 once it stopped."""

    stand: Klok
    uiterlijk: date
    dagen: int


class DeedOut(Schema):
    """What has to happen next, and whether it is up to the one who asks."""

    wat: str
    uw: bool


class CaseOut(Schema):
    """One investigation in short."""

    id: str
    adres: Annotated[PlaceOut | None, Field(description="null: niet in de huidige publicatie.")]
    gemeente: str
    doel: Doel
    toestand: Toestand
    wacht_op: Annotated[Wacht | None, Field(description="Wat bij de tweede persoon ligt.")]
    datum_start: date
    reactie: ClockOut
    afronding: ClockOut
    nu: DeedOut
    uitkomst: str | None
    versie: int


class CaseList(Schema):
    """One's own investigations."""

    totaal: int
    rijen: list[CaseOut]


class StepOut(Schema):
    """One step. persoon: pseudonym, empty for the service and for who passed a case on."""

    nr: int
    stap: str
    van: Toestand
    naar: Toestand
    persoon: str
    tijd: datetime
    motivering: str
    uitkomst: str


class VisitOut(Schema):
    """One attempt to visit. bezoeker, metgezel: pseudonyms; metgezel empty = alone."""

    nr: int
    moment: datetime
    bezoeker: str
    metgezel: str
    getroffen: Getroffen
    gelegitimeerd: bool
    toestemming: Toestemming
    binnen: bool
    sporen: bool
    bevinding: str


class OptionOut(Schema):
    """A step that is possible now, and what it asks for."""

    stap: StapKeuze
    motivering: bool
    uitkomsten: list[str]
    zorg: list[str]


class DossierCase(Schema):
    """One investigation. Until its reader declared to have no tie (verklaard) only what the declaration needs."""

    onderzoek: CaseOut
    verklaard: bool
    stappen: list[StepOut]
    bezoeken: list[VisitOut]
    mogelijk: list[OptionOut]
    brieven: list[Brief]


class StepIn(Schema):
    """A step to be taken."""

    stap: StapKeuze
    versie: Versie
    sleutel: Sleutel
    motivering: Words = ""
    uitkomst: Annotated[str, Field(max_length=40)] = ""
    zorg: Annotated[str, Field(max_length=10)] = ""


class VisitIn(Schema):
    """A visit to be written down. moment with its zone."""

    versie: Versie
    sleutel: Sleutel
    moment: AwareDatetime
    metgezel: Annotated[str, Field(max_length=32)] = ""
    getroffen: Getroffen
    gelegitimeerd: bool = False
    toestemming: Toestemming = Toestemming.NIET_GEVRAAGD
    binnen: bool = False
    sporen: bool = False
    bevinding: Annotated[str, Field(max_length=2000, pattern=NO_NUL, description="Over de woning, geen namen.")] = ""
    opmerking: Annotated[
        str, Field(max_length=500, pattern=NO_NUL, description="Waarom in het weekend of op een feestdag.")
    ] = ""


class LetterIn(Schema):
    """A letter to be made."""

    brief: Brief
    versie: Versie
    sleutel: Sleutel


class Taken(Schema):
    """The number of the last step now."""

    versie: int


class TallyOut(Schema):
    """Running investigations of one gemeente in one state with one stand of the clock that ends first."""

    gemeente: str
    toestand: Toestand
    klok: Klok
    aantal: int


class Tallies(Schema):
    """Counts; no address, no person."""

    totaal: int
    rijen: list[TallyOut]
