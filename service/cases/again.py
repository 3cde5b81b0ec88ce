"""A small blind share of closed cases is looked at again by somebody else.

Every closed case is drawn once, with the share of that moment, and both are kept. What is drawn opens later, on a day
that is drawn too, as a case like any other: with `verkenning` as its aanleiding and an unknown selectiekans, because it
is no random sample of addresses; nothing tells its people that it is a second look.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, insert, select, update

from features.columns import Doel
from service.cases.assigning import free
from service.cases.clocks import local_day
from service.cases.codes import Deel
from service.cases.contract import NewCase
from service.cases.draw import uniform
from service.cases.policy import Policy
from service.cases.records import Case
from service.cases.tables import delen, herbezoeken, onderzoeken
from service.db.database import Unit

AANLEIDING, BRON = "verkenning", "herbezoek"


@dataclass(frozen=True, kw_only=True)
class Due:
    """A second look whose day has come. eerste: the case that was closed."""

    eerste: str
    nieuw: NewCase


def draw_again(unit: Unit, case: Case, policy: Policy) -> None:
    """Draw for a case that is being closed. One that was for the desk alone, or a second look itself, is not drawn."""
    if case.alleen_bureau or case.herhaling_van is not None:
        return
    seed = secrets.token_hex(16)
    number, share = uniform(seed, "herbezoek"), policy.herbezoek_aandeel
    first, last = policy.herbezoek_na_dagen
    after = first + int(uniform(seed, "dag") * (last - first))
    row = {
        "onderzoek_id": case.id,
        "getrokken": number,
        "aandeel": share,
        "vanaf": local_day(unit.now) + timedelta(days=after) if number <= share else None,
        "geopend_als": None,
    }
    unit.connection.execute(insert(herbezoeken), row)


def due(connection: Connection, gemeente: str, today: date) -> tuple[Due, ...]:
    """What may be opened on `today` and was not yet."""
    rows = connection.execute(
        select(onderzoeken)
        .join(herbezoeken, herbezoeken.c.onderzoek_id == onderzoeken.c.id)
        .where(onderzoeken.c.gemeente == gemeente, herbezoeken.c.vanaf <= today, herbezoeken.c.geopend_als.is_(None))
        .order_by(onderzoeken.c.id)
    )
    return tuple(
        Due(
            eerste=row.id,
            nieuw=NewCase(
                identificatie=row.adresseerbaarobject_identificatie,
                gemeente=row.gemeente,
                doel=Doel(row.doel),
                aanleiding=AANLEIDING,
                selectiekans=None,
                bron=BRON,
                band=row.band,
            ),
        )
        for row in rows
    )


def somebody(connection: Connection, due: Due) -> bool:
    """Whether anybody who had no part in the first can take the second; else it waits for a colleague."""
    before = frozenset(connection.execute(select(delen.c.persoon).where(delen.c.onderzoek_id == due.eerste)).scalars())
    return bool(free(connection, "", due.nieuw.gemeente, Deel.BEHANDELAAR, before))


def opened(unit: Unit, due: Due, id: str) -> None:
    """Write down as which case it was opened."""
    unit.connection.execute(update(herbezoeken).where(herbezoeken.c.onderzoek_id == due.eerste).values(geopend_als=id))
