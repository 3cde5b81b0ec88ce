"""How long what is kept (GDPR art. 5(1)(e)), and the job that removes it. Every table has a term and a ground.

A rule says which rows are over their term; the job removes them some thousands at a time, each time in one unit of work
with its own audit row, so that nobody who reads waits long for it. Rules of all slices together: service/retained.py.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, tuple_

from service.db.database import Database, Unit
from service.logs.bewaren import Bewaren
from service.logs.entry import Entry, Trace
from service.logs.verify import REMOVED

AT_ONCE = 10_000  # rows removed in one transaction


class Rule(Protocol):
    """Which rows of `tabel` are over their term, and their removal. term: the field of `Bewaren`."""

    @property
    def tabel(self) -> str:
        """As printed and logged."""

    @property
    def term(self) -> str:
        """Name of the field of `Bewaren`."""

    def count(self, connection: Connection, before: datetime) -> int:
        """How many rows would go."""

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Remove at most `most` of them; how many went, and what the audit row should tell besides."""


@dataclass(frozen=True, kw_only=True)
class ByMoment:
    """Rows of `table` whose `column` (a Moment) lies before the term's begin, and for which `only` holds."""

    table: Table
    column: str
    term: str
    only: ColumnElement[bool] | None = None

    @property
    def tabel(self) -> str:
        """The table's own name."""
        return self.table.name

    def count(self, connection: Connection, before: datetime) -> int:
        """Rows over their term."""
        return connection.execute(select(func.count()).select_from(self.table).where(self.over(before))).scalar_one()

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Delete by primary key, oldest first."""
        key = list(self.table.primary_key.columns)
        chosen = select(*key).where(self.over(before)).order_by(self.table.c[self.column]).limit(most)
        return unit.connection.execute(delete(self.table).where(tuple_(*key).in_(chosen))).rowcount, ()

    def over(self, before: datetime) -> ColumnElement[bool]:
        """Which rows are over their term."""
        over: ColumnElement[bool] = self.table.c[self.column] < before
        return over if self.only is None else over & self.only


@dataclass(frozen=True, kw_only=True)
class ByParent:
    """Rows of `table` that go with their parent: those whose `column` names a row that `parent` is going to remove."""

    table: Table
    column: str
    parent: ByMoment

    @property
    def tabel(self) -> str:
        """The table's own name."""
        return self.table.name

    @property
    def term(self) -> str:
        """The parent's."""
        return self.parent.term

    def count(self, connection: Connection, before: datetime) -> int:
        """Rows that go with theirs."""
        return connection.execute(select(func.count()).select_from(self.table).where(self._over(before))).scalar_one()

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Delete by primary key."""
        key = list(self.table.primary_key.columns)
        chosen = select(*key).where(self._over(before)).limit(most)
        return unit.connection.execute(delete(self.table).where(tuple_(*key).in_(chosen))).rowcount, ()

    def _over(self, before: datetime) -> ColumnElement[bool]:
        above = self.parent.table
        (key,) = above.primary_key.columns
        return self.table.c[self.column].in_(select(key).where(self.parent.over(before)))


@dataclass(frozen=True, kw_only=True)
class Gone:
    """What the job did, or would do, with one table. grens: rows from before this moment."""

    tabel: str
    grens: datetime
    rijen: int


def clean(database: Database, rules: Sequence[Rule], terms: Bewaren, *, dry_run: bool = False) -> Iterator[Gone]:
    """Apply `rules` in their order (children before parents). Raises StoreUnavailable; what went before stays gone."""
    now = database.clock()
    for rule in rules:
        before = months_before(now, getattr(terms, rule.term))
        if dry_run:
            with database.looking() as read:
                yield Gone(tabel=rule.tabel, grens=before, rijen=rule.count(read, before))
        else:
            yield Gone(tabel=rule.tabel, grens=before, rijen=_removed(database, rule, before))


def months_before(moment: datetime, months: int) -> datetime:
    """The same day and hour `months` earlier; the last of the month where that day is not there."""
    count = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(count, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _removed(database: Database, rule: Rule, before: datetime) -> int:
    total = 0
    with database.looking() as read:
        waiting = rule.count(read, before)
    while waiting > 0:
        with database.unit(None, Trace()) as unit:
            went, told = rule.remove(unit, before, AT_ONCE)
            about = (("grens", before.isoformat()), ("rijen", str(went)), *told)
            unit.log(Entry(handeling=REMOVED, object_soort="tabel", object_id=rule.tabel, bijzonderheden=about))
        total, waiting = total + went, waiting - went if went else 0
    return total
