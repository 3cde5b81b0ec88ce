"""Append lines to both logs inside an open transaction: with the answer, or not at all.

Works on the driver's own cursor: the one writer of the chain is what everybody waits for, so nothing stands between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg

from service.logs.leesgrens import NONE, Counters, Leesgrens, Refused, count
from service.logs.line import AUDIT_COLUMNS, LDV_COLUMNS, START, Line, link
from service.logs.tables import audit, ldv, tellers

DRIVER_FAULTS = (sqlite3.Error, psycopg.Error)
_CHAIN_LOCK = 7_201_509  # PostgreSQL: one writer of the chain at a time
_ROWS = 32  # of one INSERT: few enough statements to keep prepared
_LAST = f"select nr, hash from {audit.name} order by nr desc limit 1"
_TELLERS = tuple(column.name for column in tellers.columns)
_KEEP = " on conflict (persoon) do update set " + ", ".join(f"{name} = excluded.{name}" for name in _TELLERS[1:])


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a database says it. last: lock the chain and give its end. begin: open a transaction, then `last`."""

    mark: str
    begin: tuple[str, ...]
    last: tuple[str, ...]


# PostgreSQL gets each text as one message, in which every statement has a snapshot of its own: the chain's end is read
# after the lock is had.
_LOCKED = f"select pg_advisory_xact_lock({_CHAIN_LOCK}); {_LAST}"
DIALECTS = {
    "sqlite": Dialect(mark="?", begin=("begin immediate", _LAST), last=(_LAST,)),
    "postgresql": Dialect(mark="%s", begin=(f"begin; {_LOCKED}",), last=(_LOCKED,)),
}
End = tuple[int, bytes]  # number and hash of the last row
Groups = Sequence[Sequence[Line]]  # per answer its lines, at least one


def end(cursor: Any, statements: tuple[str, ...]) -> End:
    """The end of the chain, which stays the end until this transaction is over. statements: `begin` or `last`."""
    for statement in statements:
        cursor.execute(statement)
    while cursor.description is None or cursor.description[0][0] != "nr":
        cursor.nextset()
    nr, before = cursor.fetchone() or (0, START)
    return nr, bytes(before)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is going to be written. told: per answer None, or Refused when its reader is over a limit: then nothing of
    it is in rows (of the audit log) and processed (of the LDV log, by number). counters: as they become.
    """

    told: list[Refused | None]
    rows: list[tuple[Any, ...]]
    processed: dict[int, tuple[Any, ...]]
    counters: dict[str, Counters]
    last: End


def plan(last: End, known: Mapping[str, Counters], groups: Groups, *, limits: Leesgrens, now: float) -> Plan:
    """The lines of several answers linked up after `last`. known: the counters of their readers; now: epoch seconds."""
    told, counters = _limited(groups, known, limits, now)
    nr, before = last
    rows: list[tuple[Any, ...]] = []
    processed: dict[int, tuple[Any, ...]] = {}
    for lines, refused in zip(groups, told, strict=True):
        for line in () if refused else lines:
            nr += 1
            before = link(before, nr, line.body)
            rows.append((nr, *line.values, before))
            if line.ldv:
                processed[nr] = line.ldv
    return Plan(told=told, rows=rows, processed=processed, counters=counters, last=(nr, before))


def append(cursor: Any, dialect: Dialect, last: End, groups: Groups, *, limits: Leesgrens, now: float) -> Plan:
    """Write the lines of several answers after `last` (of `end`, in this transaction)."""
    known = _counters(cursor, dialect, readers(groups))
    made = plan(last, known, groups, limits=limits, now=now)
    _insert(cursor, dialect, audit.name, AUDIT_COLUMNS, made.rows)
    _insert(cursor, dialect, ldv.name, LDV_COLUMNS, [(nr, *row) for nr, row in made.processed.items()])
    _insert(cursor, dialect, tellers.name, _TELLERS, [(who, *n) for who, n in made.counters.items()], _KEEP)
    return made


def readers(groups: Groups) -> set[str]:
    """Whose counters these answers touch."""
    return {reader for reader, shown in map(_shown, groups) if shown}


def _limited(
    groups: Groups, known: Mapping[str, Counters], limits: Leesgrens, now: float
) -> tuple[list[Refused | None], dict[str, Counters]]:
    """What each group is told, and the counters that change."""
    changed: dict[str, Counters] = {}
    told: list[Refused | None] = []
    for reader, shown in map(_shown, groups):
        so_far = changed.get(reader) or known.get(reader, NONE)
        outcome = count(so_far, shown, now, limits) if shown else None
        if isinstance(outcome, tuple):
            changed[reader] = outcome
        told.append(outcome if isinstance(outcome, Refused) else None)
    return told, changed


def _shown(lines: Sequence[Line]) -> tuple[str, int]:
    """The reader of an answer and the addresses in it that count."""
    return str(lines[0].values[1]), sum(line.telt for line in lines)


def _counters(cursor: Any, dialect: Dialect, who: set[str]) -> dict[str, Counters]:
    if not who:
        return {}
    marks = ", ".join([dialect.mark] * len(who))
    cursor.execute(f"select {', '.join(_TELLERS)} from {tellers.name} where persoon in ({marks})", tuple(who))
    return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


def _insert(
    cursor: Any,
    dialect: Dialect,
    table: str,
    columns: tuple[str, ...],
    rows: list[tuple[Any, ...]],
    behind: str = "",
) -> None:
    for start in range(0, len(rows), _ROWS):
        chunk = rows[start : start + _ROWS]
        statement = _statement(dialect.mark, table, columns, len(chunk), behind)
        cursor.execute(statement, [value for row in chunk for value in row])


@cache
def _statement(mark: str, table: str, columns: Iterable[str], rows: int, behind: str) -> str:
    names = tuple(columns)
    row = f"({', '.join([mark] * len(names))})"
    return f"insert into {table} ({', '.join(names)}) values {', '.join([row] * rows)}{behind}"
