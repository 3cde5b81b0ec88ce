"""The JSON of the field: rounds for a phone, visits from it, and what became of them. No score, band or stream."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from features.columns import Doel
from service.cases.codes import Toestand
from service.cases.visits import Getroffen, Toestemming
from service.field.codes import Botsing, Uitslag, Waarneming
from service.field.settle import Besluit
from service.schemas import Schema
from service.schemas_onderzoeken import NO_NUL

UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
Nummer = Annotated[str, Field(pattern=UUID, description="UUID die het toestel zelf trok.")]


class PhotoIn(Schema):
    """A photo that follows."""

    id: Nummer
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="Van de bytes die komen, hexadecimaal.")]


class FieldVisitIn(Schema):
    """A visit as written down at the door."""

    id: Nummer
    ronde_id: Annotated[str, Field(min_length=1, max_length=36, pattern=r"^[0-9A-Za-z-]+$")]
    adres_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    onderzoek_id: Annotated[
        str, Field(pattern=r"^([0-9a-f]{16})?$", description="Leeg: alleen vanaf de openbare weg bekeken.")
    ] = ""
    versie: Annotated[int, Field(ge=0, lt=2**31, description="Nummer van de laatste stap die het toestel kende.")]
    moment: AwareDatetime
    geen_band: Annotated[bool, Field(description="De bezoeker heeft geen band met het adres of wie er woont.")]
    getroffen: Getroffen
    metgezel: Annotated[str, Field(max_length=32, pattern=NO_NUL)] = ""
    gelegitimeerd: bool = False
    toestemming: Toestemming = Toestemming.NIET_GEVRAAGD
    binnen: bool = False
    sporen: bool = False
    waarnemingen: Annotated[tuple[Waarneming, ...], Field(max_length=len(Waarneming))] = ()
    bevinding: Annotated[str, Field(max_length=2000, pattern=NO_NUL, description="Over de woning, geen namen.")] = ""
    voorstel: Annotated[str, Field(max_length=40, pattern=NO_NUL, description="Uitkomst; leeg = geen.")] = ""
    motivering: Annotated[str, Field(max_length=4000, pattern=NO_NUL)] = ""
    opmerking: Annotated[str, Field(max_length=500, pattern=NO_NUL, description="Waarom in het weekend.")] = ""
    fotos: Annotated[tuple[PhotoIn, ...], Field(max_length=20)] = ()


class StepSeen(Schema):
    """A step that was taken at the desk while the phone was out of reach. persoon: a name, "" = the service."""

    nr: int
    stap: str
    tijd: datetime
    persoon: str
    uitkomst: str


class ClashOut(Schema):
    """Why a visit did not become a step by itself. versie_toen: last step when it came in. erna: what came since."""

    reden: Botsing
    versie_gezien: int
    versie_toen: int
    erna: list[StepSeen]


class FieldVisitOut(Schema):
    """A visit as it came in, and what became of it. adres: null when it is not in the current publication."""

    bezoek: FieldVisitIn
    adres: str | None
    bezoeker: str
    ontvangen: datetime
    toestand: Uitslag
    stap_nr: int | None
    botsing: ClashOut | None
    onderzoek_toestand: Toestand | None
    uw_besluit: Annotated[bool, Field(description="Het is aan u om te beslissen wat ermee gebeurt.")]
    kan_erbij: bool
    fotos_binnen: list[str]


class Received(Schema):
    """The answer to a visit; the same each time it is sent."""

    id: str
    toestand: Uitslag
    botsing: Botsing | None
    stap_nr: int | None
    fotos_binnen: list[str]


class PhotoReceived(Schema):
    """The answer to a photo."""

    bezoek_id: str
    id: str


class FieldVisitList(Schema):
    """One's own visits of the last week, and those that one has to decide on."""

    rijen: list[FieldVisitOut]


class DecisionIn(Schema):
    """What becomes of a visit that clashed."""

    besluit: Besluit
    motivering: Annotated[str, Field(min_length=1, max_length=2000, pattern=NO_NUL)]


class FieldQuery(Schema):
    """Which day."""

    dag: Annotated[date | None, Field(description="Standaard vandaag.")] = None


class DoorOut(Schema):
    """One door. kan: as things stood, a visit becomes a step of the investigation. Angles in degrees, CRS84."""

    id: str
    onderzoek_id: str
    versie: int
    kan: bool
    adres: str
    postcode: str
    woonplaats: str
    doel: Doel
    afgeschermd: bool
    redenen: list[str]
    nodig: list[str]
    pogingen: list[datetime]
    advies: str
    breedtegraad: float | None
    lengtegraad: float | None


class HaltOut(Schema):
    """One stop. vervallen: why it is off, "" = it is on."""

    id: str
    nr: int
    aankomst: datetime
    vertrek: datetime
    vervallen: str
    deuren: list[DoorOut]


class MemberOut(Schema):
    """Somebody of the round."""

    id: str
    naam: str


class FieldRoundOut(Schema):
    """One round for a phone. werkdag: False = weekend or holiday. tot: when the phone must have erased it."""

    id: str
    versie: int
    dag: date
    werkdag: bool
    team: str
    vertrek: datetime
    terug: datetime
    begonnen: datetime | None
    leden: list[MemberOut]
    stops: list[HaltOut]
    tot: datetime


class FieldRoundList(Schema):
    """One's own rounds of a day. nu: the clock of the service."""

    nu: datetime
    rijen: list[FieldRoundOut]
