"""The JSON of the werkvoorraad. What comes before a judgement has one shape, whatever brought the address."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from features.columns import Doel
from service.schemas import ReasonOut, Schema, StandingOut
from service.worklist.codes import Oordeel

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="Betekenisloze sleutel van dit adres op uw lijst.")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 van wat is getoond.")]


class PlaceOut(Schema):
    """An address without a key that leads elsewhere. Counts are null where a person has secrecy."""

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


class ListedOut(Schema):
    """One line of one's list. oordeel null: it waits."""

    id: Id
    doel: Doel
    adres: str
    postcode: str
    woonplaats: str
    uiterlijk: Annotated[date, Field(description="De laatste dag om te oordelen.")]
    oordeel: Oordeel | None


class WorkListOut(Schema):
    """One's own list: what waits in the order of work, and what was judged, the latest first."""

    open: list[ListedOut]
    beoordeeld: list[ListedOut]


class SignalOut(Schema):
    """A signal about the address."""

    bron: str
    soort: str
    ontvangen: date
    afgehandeld: date | None


class EvidenceOut(Schema):
    """Sentences for and against, in the order of the register of features; no weights."""

    ervoor: list[str]
    ertegen: list[str]
    peildatum: date
    model_stopgezet: bool


class JudgementOut(Schema):
    """A judgement as it was given. nr 1: before the answer of the model was shown."""

    nr: int
    tijd: datetime
    oordeel: Oordeel
    motivering: str


class AnswerOut(Schema):
    """What the model says; stand null while it is stopped. komt_overeen null: one of the two leaves it open."""

    run_id: str
    stand: StandingOut | None
    redenen: list[ReasonOut]
    komt_overeen: bool | None


class WorkItemOut(Schema):
    """One address to judge. antwoord null: not before one's own judgement."""

    id: Id
    doel: Doel
    adres: PlaceOut
    uiterlijk: date
    bewijs: EvidenceOut
    signalen: list[SignalOut]
    versie: Annotated[int, Field(description="Het aantal oordelen; geef het mee met het volgende.")]
    getoond: Digest
    oordelen: list[JudgementOut]
    antwoord: Annotated[AnswerOut | None, Field(description="null tot uw eerste oordeel.")]


class JudgementIn(Schema):
    """A judgement. versie and getoond as they stood in the answer that it is about."""

    oordeel: Oordeel
    motivering: Annotated[str, Field(min_length=1, max_length=4000)]
    versie: Annotated[int, Field(ge=0, le=1000)] = 0
    getoond: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


class RoundIn(Schema):
    """Which round to draw. How many and which addresses is not for the asker to say."""

    gemeente: Annotated[str, Field(pattern=r"^\d{4}$")]
    doel: Doel


class RoundOut(Schema):
    """A round that was drawn."""

    id: str
    gemeente: str
    doel: Doel
    nummer: int
    getrokken: datetime
    uiterlijk: date
    adressen: int


class OordeelCount(Schema):
    """How often a judgement was the last one."""

    oordeel: Oordeel
    aantal: int


class CountOut(Schema):
    """The work of one gemeente, target and source: drawn (all streams together) or by a signal."""

    gemeente: str
    doel: Doel
    bron: str
    open: int
    te_laat: int
    zonder_behandelaar: int
    beoordeeld: int
    oordelen: list[OordeelCount]


class SignalCountOut(Schema):
    """Signals received."""

    gemeente: str
    bron: str
    ontvangen: int
    wacht: int
    te_laat: int


class CountsOut(Schema):
    """Numbers alone."""

    peilmoment: datetime
    werkvoorraad: list[CountOut]
    signalen: list[SignalCountOut]


class RejectedOut(Schema):
    """A row that could not be used. rij: the line in the file, the header being 1."""

    rij: int
    kolom: str
    reden: str


class SourceCount(Schema):
    """How many of one source."""

    bron: str
    aantal: int


class TakenInOut(Schema):
    """What became of a file: gelezen = nieuw + bekend + afgekeurd."""

    gelezen: int
    nieuw: int
    bekend: int
    afgekeurd: int
    per_bron: list[SourceCount]
    afgekeurde_rijen: Annotated[list[RejectedOut], Field(description="De eerste duizend.")]
