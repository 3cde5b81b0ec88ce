"""The JSON of the API: names in lowerCamelCase, dates in RFC 3339, geometry as GeoJSON. No names, no BSN."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from features.columns import Doel
from service.intake.layout import GROEPEN


class Crs(StrEnum):
    """The coordinate systems of the geometry; CRS84 unless a client asks for RD (API Design Rules, geo)."""

    CRS84 = "OGC:CRS84"
    RD = "EPSG:28992"

    @property
    def header(self) -> str:
        """The value of Content-Crs."""
        name = "EPSG/0/28992" if self is Crs.RD else "OGC/1.3/CRS84"
        return f"<http://www.opengis.net/def/crs/{name}>"


Band = Literal["A", "B", "C", "D", "E"]
Kenmerkgroep = StrEnum("Kenmerkgroep", {group.upper(): group for group in GROEPEN})  # type: ignore[misc]
_NUMBER = r"-?\d{1,7}(\.\d{1,10})?"
MAX_ROWS = 200


class Schema(BaseModel):
    """lowerCamelCase outside, the words of the code inside; nothing unknown is taken in."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


class ListQuery(Schema):
    """The query of a ranked list."""

    gemeente: Annotated[str | None, Field(pattern=r"^\d{4}$", description="Gemeentecode, vier cijfers.")] = None
    woonplaats: Annotated[str | None, Field(min_length=1, max_length=80)] = None
    buitengebied: Annotated[
        bool | None, Field(description="true: alleen buiten de bebouwde kom; false: alleen binnen.")
    ] = None
    band: Annotated[list[Band], Field(description="Een of meer banden; herhaal de parameter.", max_length=5)] = []
    kenmerkgroep: Annotated[
        list[Kenmerkgroep], Field(description="Groep van de sterkste reden; herhaal de parameter.", max_length=10)
    ] = []
    bbox: Annotated[
        str | None,
        Field(
            pattern=f"^{_NUMBER}(,{_NUMBER}){{3}}$",
            description="Rechthoek op de kaart: west, zuid, oost, noord, in het stelsel van `crs`.",
        ),
    ] = None
    aantal: Annotated[int, Field(ge=1, le=MAX_ROWS, description="Rijen per pagina.")] = 50
    cursor: Annotated[str | None, Field(max_length=500, description="Uit de Link-header van de vorige pagina.")] = None
    crs: Annotated[Crs, Field(description="Stelsel van de geometrie.")] = Crs.CRS84


class DossierQuery(Schema):
    """The query of one address."""

    crs: Annotated[Crs, Field(description="Stelsel van de geometrie.")] = Crs.CRS84


class Point(Schema):
    """A GeoJSON point; the header Content-Crs names its system."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class ReasonOut(Schema):
    """One contribution to a score: + speaks for, - against (log-odds; change in score in a cold start)."""

    volgorde: int
    kenmerk: str
    waarde: float | None
    vergelijking: float | None
    bijdrage: float
    zin: str


class AddressOut(Schema):
    """An address as published. Counts are null where a person has secrecy."""

    id: Annotated[str, Field(description="Betekenisloze sleutel van dit adres, geldig binnen deze installatie.")]
    adresseerbaarobject_identificatie: str
    gemeente: str
    adres: str
    postcode: str
    woonplaats: str
    buitengebied: bool | None
    soort: str
    gebruiksdoel: str
    oppervlakte: float | None
    bouwjaar: int | None
    ingeschrevenen: int | None
    afgeschermd: bool
    geometrie: Point | None


class StandingOut(Schema):
    """Where an address stands in one ranking: rang 1 = first; kans 0-1, null while there are no outcomes."""

    doel: Doel
    rang: int
    band: Band
    score: float
    kans: float | None
    afwijking: float | None


class StopOut(Schema):
    """The model is stopped: no rank, band, chance, score or reason is given, and the order says nothing."""

    sinds: datetime | None
    reden: list[str]


class RankedOut(Schema):
    """One row of a ranked list with its two strongest reasons. While the model is stopped: the address alone."""

    adres: AddressOut
    stand: Annotated[StandingOut | None, Field(description="null zolang het model is stopgezet.")]
    redenen: list[ReasonOut]


class RankedList(Schema):
    """One page of a ranked list. All pages of one walk come from the same run."""

    run_id: str
    peildatum: date
    doel: Doel
    totaal: Annotated[int, Field(description="Aantal adressen dat aan de filters voldoet.")]
    stop: Annotated[StopOut | None, Field(description="Gevuld zolang het model is stopgezet.")] = None
    rijen: list[RankedOut]


class TargetOut(Schema):
    """One target of one address: basis + the sum of the contributions = score (log-odds)."""

    stand: StandingOut
    basis: float | None
    redenen: list[ReasonOut]


class StayOut(Schema):
    """One registration. persoon is a number within this address; tot is exclusive and null while it runs."""

    persoon: int
    functie: str
    van: date | None
    tot: date | None
    einde_reden: str


class MonthOut(Schema):
    """One month of use with the P10, P50 and P90 of comparable inhabited dwellings (ELK kWh, GAS m3)."""

    product: str
    maand: str
    verbruik: float | None
    laag: float | None
    midden: float | None
    hoog: float | None


class DossierOut(Schema):
    """Everything published of one address."""

    run_id: str
    peildatum: date
    adres: AddressOut
    stop: Annotated[StopOut | None, Field(description="Gevuld zolang het model is stopgezet.")] = None
    doelen: Annotated[list[TargetOut], Field(description="Leeg zolang het model is stopgezet.")]
    tijdlijn: list[StayOut]
    energie: list[MonthOut]


class FaultOut(Schema):
    """One fault in the input."""

    in_: Annotated[str, Field(alias="in")]
    name: str
    code: str
    detail: str


class Problem(Schema):
    """An error (RFC 9457)."""

    status: int
    title: str
    detail: str
    errors: list[FaultOut] = []
