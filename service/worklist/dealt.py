"""When a signal was dealt with: judged as needing nothing, or with the investigation that ended after it came."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Function, func, select

from service.cases.tables import onderzoeken
from service.worklist.tables import signalen

_ended = (
    select(func.max(onderzoeken.c.datum_afgerond))
    .where(
        onderzoeken.c.adresseerbaarobject_identificatie == signalen.c.adresseerbaarobject_identificatie,
        onderzoeken.c.datum_afgerond >= signalen.c.ontvangen,
    )
    .correlate(signalen)
    .scalar_subquery()
)


def dealt_on() -> Function[Any]:
    """The day, NULL while it waits: of a row of `signalen` in the query around it."""
    found: Function[date | None] = func.coalesce(signalen.c.afgehandeld, _ended)
    return found
