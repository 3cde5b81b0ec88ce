"""How long visits of the field are kept: with their investigation; without one, from the day they came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, or_, select, tuple_

from service.cases.tables import onderzoeken
from service.db.database import Unit
from service.field.tables import veldbezoeken, veldfotos
from service.logs.retention import ByMoment


@dataclass(frozen=True, kw_only=True)
class OfVisits:
    """Rows of `table` whose `column` names a visit that goes. cases: the rule by which investigations go."""

    table: Table
    column: str
    cases: ByMoment

    @property
    def tabel(self) -> str:
        """The table's own name."""
        return self.table.name

    @property
    def term(self) -> str:
        """That of the investigations."""
        return self.cases.term

    def count(self, connection: Connection, before: datetime) -> int:
        """Rows that would go."""
        return connection.execute(select(func.count()).select_from(self.table).where(self._over(before))).scalar_one()

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Delete by primary key."""
        key = list(self.table.primary_key.columns)
        chosen = select(*key).where(self._over(before)).limit(most)
        return unit.connection.execute(delete(self.table).where(tuple_(*key).in_(chosen))).rowcount, ()

    def _over(self, before: datetime) -> ColumnElement[bool]:
        return self.table.c[self.column].in_(self._visits(before))

    def _visits(self, before: datetime) -> Select[tuple[str]]:
        ended = select(onderzoeken.c.id).where(self.cases.over(before))
        loose = veldbezoeken.c.onderzoek_id.is_(None) & (veldbezoeken.c.ontvangen < before)
        return select(veldbezoeken.c.id).where(or_(veldbezoeken.c.onderzoek_id.in_(ended), loose))


def rules(cases: ByMoment) -> tuple[OfVisits, ...]:
    """Photos before visits; both before the investigations themselves."""
    return (
        OfVisits(table=veldfotos, column="veldbezoek_id", cases=cases),
        OfVisits(table=veldbezoeken, column="id", cases=cases),
    )
