"""How long plans are kept: with all that hangs under them, from the day they were made (service/retained.py).

Why an address was chosen, and with what chance, stays in its investigation as long as that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, tuple_

from service.db.database import Unit
from service.logs.retention import ByMoment, Rule
from service.rounds.tables import (
    plan_adressen,
    plan_over,
    plan_wensen,
    plannen,
    ronde_leden,
    ronde_stops,
    ronden,
    stop_adressen,
)


@dataclass(frozen=True, kw_only=True)
class Under:
    """Rows of `table` whose `column` names a row of `above` that goes, however deep that hangs."""

    table: Table
    column: str
    above: ByMoment | Under

    @property
    def tabel(self) -> str:
        """The table's own name."""
        return self.table.name

    @property
    def term(self) -> str:
        """That of the plan."""
        return self.above.term

    def count(self, connection: Connection, before: datetime) -> int:
        """Rows that go."""
        return connection.execute(select(func.count()).select_from(self.table).where(self.over(before))).scalar_one()

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Delete by primary key."""
        key = list(self.table.primary_key.columns)
        chosen = select(*key).where(self.over(before)).limit(most)
        return unit.connection.execute(delete(self.table).where(tuple_(*key).in_(chosen))).rowcount, ()

    def over(self, before: datetime) -> ColumnElement[bool]:
        """Which rows go."""
        (key,) = self.above.table.primary_key.columns
        return self.table.c[self.column].in_(select(key).where(self.above.over(before)))


_PLANS = ByMoment(table=plannen, column="gemaakt", term="plannen")
_ROUNDS = Under(table=ronden, column="plan_id", above=_PLANS)
_STOPS = Under(table=ronde_stops, column="ronde_id", above=_ROUNDS)
RULES: tuple[Rule, ...] = (
    Under(table=stop_adressen, column="stop_id", above=_STOPS),
    _STOPS,
    Under(table=ronde_leden, column="ronde_id", above=_ROUNDS),
    _ROUNDS,
    *(Under(table=table, column="plan_id", above=_PLANS) for table in (plan_over, plan_wensen, plan_adressen)),
    _PLANS,
)
