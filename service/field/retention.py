"""How long visits of the field are kept: with their investigation; without one, from the day they came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select

from service.cases.tables import onderzoeken
from service.field.tables import veldbezoeken, veldfotos
from service.logs.retention import ByMoment, ByParent


@dataclass(frozen=True, kw_only=True)
class OfVisits(ByParent):
    """Rows of `table` whose `column` names a visit that goes. parent: the rule by which investigations go."""

    def _over(self, before: datetime) -> ColumnElement[bool]:
        return self.table.c[self.column].in_(self._visits(before))

    def _visits(self, before: datetime) -> Select[tuple[str]]:
        ended = select(onderzoeken.c.id).where(self.parent.over(before))
        loose = veldbezoeken.c.onderzoek_id.is_(None) & (veldbezoeken.c.ontvangen < before)
        return select(veldbezoeken.c.id).where(or_(veldbezoeken.c.onderzoek_id.in_(ended), loose))


def rules(cases: ByMoment) -> tuple[OfVisits, ...]:
    """Photos before visits; both before the investigations themselves."""
    return (
        OfVisits(table=veldfotos, column="veldbezoek_id", parent=cases),
        OfVisits(table=veldbezoeken, column="id", parent=cases),
    )
