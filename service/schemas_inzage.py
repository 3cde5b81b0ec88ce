"""The JSON of requests for access (GDPR art. 15)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from service.schemas import Schema

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="Betekenisloze sleutel van het verzoek.")]


class AccessRequestIn(Schema):
    """Which address, by postcode and number or by BAG number, and why."""

    postcode: Annotated[str, Field(max_length=7, pattern=r"^([0-9]{4} ?[A-Za-z]{2})?$")] = ""
    huisnummer: Annotated[str, Field(max_length=20, description="Met letter en toevoeging.")] = ""
    adresseerbaarobject_identificatie: Annotated[str, Field(pattern=r"^([0-9]{16})?$")] = ""
    reden: Annotated[str, Field(min_length=10, max_length=1000, description="Bijvoorbeeld het kenmerk van de brief.")]


class DecisionIn(Schema):
    """The second person's yes or no."""

    akkoord: bool


class AccessRequestOut(Schema):
    """Where a request stands. akkoord null: nobody decided yet."""

    id: Id
    reden: str
    gevraagd_op: datetime
    beslist_op: datetime | None
    akkoord: bool | None
    op_te_halen_tot: Annotated[datetime | None, Field(description="Tot dan zijn de gegevens op te halen.")]


class AccessRequests(Schema):
    """A list of requests."""

    verzoeken: list[AccessRequestOut]


class SectionOut(Schema):
    """One table: column names and rows. No name, number or id of a person is in it."""

    naam: str
    kolommen: list[str]
    rijen: list[list[str | int | float | bool | None]]


class AccessOut(Schema):
    """Everything held of one address."""

    adresseerbaarobject_identificatie: str
    adres: str | None
    gemaakt_op: datetime
    afgeschermd: Annotated[bool, Field(description="true: wat op personen rust is weggelaten (geheimhouding).")]
    model_stopgezet: Annotated[
        bool,
        Field(
            description="true: het model wordt nu niet gebruikt. Wat het zei is bewaard en staat erin, "
            "niet voor wie zelf adressen behandelt."
        ),
    ]
    delen: list[SectionOut]
