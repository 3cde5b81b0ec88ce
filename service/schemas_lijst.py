"""More JSON of lists and addresses: a page on the map, finding an address, where an address stood before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from features.columns import Doel
from service.records import Address
from service.schemas import Point, ReasonOut, Schema, StandingOut, StopOut


class RankedProperties(Schema):
    """One row of a ranked list beside its geometry."""

    id: str
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
    stand: StandingOut | None
    redenen: list[ReasonOut]


class RankedFeature(Schema):
    """One row of a ranked list on the map (RFC 7946)."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Point | None
    properties: RankedProperties


class RankedFeatures(Schema):
    """One page of a ranked list as GeoJSON."""

    run_id: str
    peildatum: date
    doel: Doel
    totaal: int
    stop: StopOut | None = None
    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[RankedFeature]


class AddressSearch(Schema):
    """What to look for: words of an address, or a postcode with or without a number."""

    tekst: Annotated[str, Field(max_length=100, description="Straat en nummer, of een deel ervan.")] = ""
    postcode: Annotated[str, Field(pattern=r"^(|[1-9]\d{3} ?[A-Za-z]{2})$")] = ""
    huisnummer: Annotated[str, Field(max_length=20, description="Met letter en toevoeging, in elke schrijfwijze.")] = ""


class AddressFound(Schema):
    """An address that fits; `id` is the key to the rest."""

    id: str
    adres: str
    postcode: str
    woonplaats: str
    gemeente: str


class AddressesFound(Schema):
    """meer: there are more than are given; say more to see fewer."""

    adressen: list[AddressFound]
    meer: bool

    @classmethod
    def of(cls, found: Sequence[Address], *, meer: bool) -> AddressesFound:
        """From the records."""
        names = AddressFound.model_fields
        return cls(
            adressen=[AddressFound(**{name: getattr(about, name) for name in names}) for about in found], meer=meer
        )


class StandingsOfRun(Schema):
    """Where an address stood in one publication."""

    run_id: str
    peildatum: date
    standen: list[StandingOut]


class StandingHistory(Schema):
    """The publications that are kept, the newest first."""

    id: str
    publicaties: list[StandingsOfRun]


def beside() -> dict[str, Any]:
    """The schemas of what is given in another form than JSON, for the components of the API's description."""
    made = RankedFeatures.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    defined: dict[str, Any] = made.pop("$defs")
    return {**defined, RankedFeatures.__name__: made}
