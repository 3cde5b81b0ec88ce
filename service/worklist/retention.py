"""How long the werkvoorraad is kept: judgements and what was drawn a year, as records of pattern research are (LAA).

A judgement goes before its item, an item before its round. What waits for a judgement stays, and so does the last
round of each gemeente and target: its number and remainder are where the next one goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select

from service.cases.clocks import WALL
from service.db.database import Unit
from service.logs.retention import ByMoment, Rule
from service.worklist.codes import Stand
from service.worklist.dealt import dealt_on
from service.worklist.tables import oordelen, rondes, signaalkeuringen, signalen, toewijzingen, werkitems


@dataclass(frozen=True, kw_only=True)
class SignalRule:
    """Signals by the day on which they were dealt with."""

    tabel: str = signalen.name
    term: str = "signalen"

    def count(self, connection: Connection, before: datetime) -> int:
        """Signals over their term."""
        query = select(func.count()).select_from(signalen).where(self._over(before))
        return connection.execute(query).scalar_one()

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Delete them."""
        chosen = select(signalen.c.signaal_id).where(self._over(before)).limit(most)
        return unit.connection.execute(delete(signalen).where(signalen.c.signaal_id.in_(chosen))).rowcount, ()

    def _over(self, before: datetime) -> ColumnElement[bool]:
        over: ColumnElement[bool] = dealt_on() < before.astimezone(WALL).date()
        return over


_later = rondes.alias("later")
_judged = ~exists().where(oordelen.c.item_id == werkitems.c.id)
_unused = ~exists().where(signalen.c.item_id == werkitems.c.id)
_unassigned = ~exists().where(toewijzingen.c.item_id == werkitems.c.id)
_empty = ~exists().where(werkitems.c.ronde_id == rondes.c.id)
_followed = exists().where(
    _later.c.gemeente == rondes.c.gemeente, _later.c.doel == rondes.c.doel, _later.c.nummer > rondes.c.nummer
)
_item_judged = ~exists().where(werkitems.c.id == toewijzingen.c.item_id, werkitems.c.stand == Stand.OPEN)
RULES: tuple[Rule, ...] = (
    SignalRule(),
    ByMoment(table=signaalkeuringen, column="op", term="signalen"),
    ByMoment(table=oordelen, column="tijd", term="oordelen"),
    ByMoment(table=toewijzingen, column="sinds", term="werkvoorraad", only=_item_judged),
    ByMoment(
        table=werkitems,
        column="begonnen",
        term="werkvoorraad",
        only=(werkitems.c.stand == Stand.BEOORDEELD) & _judged & _unused & _unassigned,
    ),
    ByMoment(table=rondes, column="getrokken", term="werkvoorraad", only=_empty & _followed),
)
