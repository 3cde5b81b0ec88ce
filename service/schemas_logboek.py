"""The JSON of the log extracts. Names with a dot are those of Logboek Dataverwerkingen 1.0."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from features.columns import Doel
from service.logs.entry import Result
from service.schemas import Band, Schema

Rows = Annotated[int, Field(ge=1, le=1000, description="Regels per pagina.")]
Cursor = Annotated[str | None, Field(max_length=500, description="Uit de Link-header van de vorige pagina.")]
From = Annotated[date | None, Field(description="Vanaf deze dag (Nederlandse tijd).")]
UpTo = Annotated[date | None, Field(description="Tot en met deze dag (Nederlandse tijd).")]


class PeriodQuery(Schema):
    """A period, both days included."""

    van: From = None
    tot: UpTo = None


class ProcessingQuery(PeriodQuery):
    """The query of the LDV extract."""

    aantal: Annotated[
        int, Field(ge=1, le=1000, description="Records per pagina, naar boven afgerond op hele antwoorden.")
    ] = 500
    cursor: Cursor = None


class LogQuery(PeriodQuery):
    """The query of the audit extract."""

    persoon: Annotated[str | None, Field(max_length=64, description="Het pseudoniem van een medewerker.")] = None
    handeling: Annotated[str | None, Field(max_length=100)] = None
    resultaat: Result | None = None
    aantal: Rows = 100
    cursor: Cursor = None


class LogRow(Schema):
    """One row of the audit log. Enough to recompute its hash from the one before: see service/logs/line.py."""

    nr: int
    tijd: datetime
    persoon: Annotated[str, Field(description="Pseudoniem; leeg = de dienst zelf, of niemand.")]
    rollen: list[str]
    handeling: str
    object_soort: str
    object_id: str
    resultaat: Result
    herkomst: Annotated[str, Field(description="Netwerkadres.")]
    trace_id: str
    bijzonderheden: dict[str, str]
    aantal_adressen: int
    hash: Annotated[str, Field(description="SHA-256 over de hash ervoor en deze regel, hexadecimaal.")]


class LogRows(Schema):
    """A page of the audit log, the newest first."""

    regels: list[LogRow]


class Subject(Schema):
    """The attributes of a record."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)

    activiteit: Annotated[str, Field(alias="dpl.core.processing_activity_id")]
    betrokkene: Annotated[str, Field(alias="dpl.core.data_subject_id", description="HMAC van het adres.")]
    soort: Annotated[str, Field(alias="dpl.core.data_subject_id_type")]


class ProcessingRecord(Schema):
    """One record of Logboek Dataverwerkingen: one action on the data of one data subject. No employee is in it."""

    trace_id: str
    span_id: str
    parent_span_id: str | None
    status: Literal["Unset", "Ok", "Error"]
    name: str
    start_time: datetime
    end_time: datetime
    attributes: Subject


class ProcessingRecords(Schema):
    """A page of records, the newest first; the records of one answer stay together."""

    verwerkingen: list[ProcessingRecord]


class StandingThen(Schema):
    """What the run said of the address. kans null: a cold start."""

    rang: int
    band: Band
    kans: float | None


class ViewRow(Schema):
    """Somebody was given data of the address. stand null: no run was in it, it is gone, or the model is stopped."""

    nr: int
    tijd: datetime
    persoon: str
    rollen: list[str]
    handeling: str
    run_id: str | None
    doel: Doel | None
    stand: StandingThen | None


class Views(Schema):
    """Who saw one address, the newest first."""

    adres_id: str
    inzagen: list[ViewRow]
