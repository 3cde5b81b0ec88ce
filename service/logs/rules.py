"""Retention of the logs themselves and of the reading counters: a removal is announced by an anchor, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, delete, func, insert, select

from service.db.database import Unit
from service.logs.leesgrens import WINDOWS
from service.logs.retention import Rule
from service.logs.tables import ankers, audit, ldv, tellers


@dataclass(frozen=True, kw_only=True)
class LogRule:
    """The rows of a log from its begin up to the first one within the term. The last row always stays: it is where the
    chain goes on.
    """

    table: Table
    moment: str
    term: str

    @property
    def tabel(self) -> str:
        """The table's own name."""
        return self.table.name

    def count(self, connection: Connection, before: datetime) -> int:
        """Rows over their term."""
        upto = self._upto(connection, before)
        nr = self.table.c.nr
        return connection.execute(select(func.count()).select_from(self.table).where(nr <= upto)).scalar_one()

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Write the anchor, then delete up to it."""
        nr = self.table.c.nr
        upto = self._upto(unit.connection, before)
        oldest = select(nr).where(nr <= upto).order_by(nr).limit(most).subquery()
        last = unit.connection.execute(select(func.max(oldest.c.nr))).scalar()
        if last is None:
            return 0, ()
        chained = self.table is audit
        digest = unit.connection.execute(select(audit.c.hash).where(audit.c.nr == last)).scalar() if chained else None
        _announce(unit, self.tabel, last, bytes(digest) if digest else b"")
        went = unit.connection.execute(delete(self.table).where(nr <= last)).rowcount
        return went, (("tot", str(last)), ("hash", bytes(digest or b"").hex()))

    def _upto(self, connection: Connection, before: datetime) -> int:
        nr, moment = self.table.c.nr, self.table.c[self.moment]
        first_kept = connection.execute(select(func.min(nr)).where(moment >= before)).scalar()
        newest = connection.execute(select(func.max(nr))).scalar() or 0
        return newest - 1 if first_kept is None else first_kept - 1


def _announce(unit: Unit, tabel: str, last: int, digest: bytes) -> None:
    number = unit.connection.execute(select(func.max(ankers.c.nr))).scalar() or 0
    row = {"nr": number + 1, "logboek": tabel, "tot": last, "hash": digest, "tijd": unit.now}
    unit.connection.execute(insert(ankers), row)


@dataclass(frozen=True, kw_only=True)
class CounterRule:
    """Counters of people who read nothing since: the longest window is long over."""

    tabel: str = tellers.name
    term: str = "sessies"

    def count(self, connection: Connection, before: datetime) -> int:
        """Counters over their term."""
        return connection.execute(
            select(func.count()).select_from(tellers).where(tellers.c.dag_van < _begin(before))
        ).scalar_one()

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Delete them."""
        return unit.connection.execute(delete(tellers).where(tellers.c.dag_van < _begin(before))).rowcount, ()


def _begin(before: datetime) -> float:
    return before.timestamp() - WINDOWS[-1][1]


RULES: tuple[Rule, ...] = (
    LogRule(table=ldv, moment="start", term="dataverwerkingen"),
    LogRule(table=audit, moment="tijd", term="audit"),
    CounterRule(),
)
