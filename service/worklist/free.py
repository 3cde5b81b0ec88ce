"""Which addresses may be drawn: not those that are being looked at, and not those that were lately."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select

from features.columns import Doel
from service.cases.opening import running
from service.cases.tables import onderzoeken
from service.logs.retention import months_before
from service.worklist.codes import DRAWN, Stand
from service.worklist.policy import Werkvoorraad
from service.worklist.tables import rondes, werkitems


def taken(connection: Connection, gemeente: str, doel: Doel, now: datetime, policy: Werkvoorraad) -> frozenset[str]:
    """The identificaties of `gemeente` that cannot be drawn for `doel`: an investigation runs, they wait for a
    judgement for either target, or in the last months (policy.niet_opnieuw_maanden) they were on the list for this
    target or were investigated for either.
    """
    since = months_before(now, policy.niet_opnieuw_maanden)
    on_list = select(werkitems.c.adresseerbaarobject_identificatie).where(
        werkitems.c.gemeente == gemeente,
        (werkitems.c.stand == Stand.OPEN) | ((werkitems.c.doel == doel) & (werkitems.c.begonnen >= since)),
    )
    investigated = select(onderzoeken.c.adresseerbaarobject_identificatie).where(
        onderzoeken.c.gemeente == gemeente, onderzoeken.c.geopend >= since
    )
    found = running(connection, gemeente)
    return found.union(connection.execute(on_list).scalars(), connection.execute(investigated).scalars())


def seen(connection: Connection, gemeente: str, doel: Doel, now: datetime, policy: Werkvoorraad) -> Mapping[str, int]:
    """Per band, how many addresses were drawn for `doel` in those months: where exploring has still most to find."""
    rows = connection.execute(
        select(werkitems.c.band, func.count().label("aantal"))
        .join(rondes, rondes.c.id == werkitems.c.ronde_id)
        .where(
            werkitems.c.gemeente == gemeente,
            werkitems.c.doel == doel,
            werkitems.c.aanleiding.in_(DRAWN),
            werkitems.c.begonnen >= months_before(now, policy.niet_opnieuw_maanden),
        )
        .group_by(werkitems.c.band)
    )
    return {row.band: row.aantal for row in rows}
