"""SQLite: append to both logs in one statement, when nobody else has written since we did.

Between two statements of a transaction Python's threads take turns, and with a busy event loop each turn is a wait. So
the writer remembers the end of the chain and the counters it left, links the new rows to that, and sends all of them as
one INSERT into the view `logregels`, whose trigger (triggers.py) writes the tables. The trigger refuses a row that does
not follow on the last one, which is the case when somebody else wrote meanwhile: then the long way is gone.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from service.logs.leesgrens import Counters, Leesgrens
from service.logs.line import AUDIT_COLUMNS, LDV_COLUMNS
from service.logs.tables import tellers
from service.logs.write import End, Groups, Plan, plan, readers

MOST_ROWS = 64  # of one statement, each number of rows being a statement of its own that is kept prepared
MOST_READERS = 10_000  # whose counters are remembered
WINDOWS = tuple(column.name for column in tellers.columns)[1:]
LDV_ALL = tuple(f"ldv_{name}" for name in LDV_COLUMNS[1:])
COLUMNS = ("vorige", *AUDIT_COLUMNS, *LDV_ALL, *WINDOWS)
_NO_LDV = (None,) * len(LDV_ALL)
_NO_COUNT = (None,) * len(WINDOWS)


@dataclass
class Memory:
    """What our last transaction left behind. last: None = nothing is known."""

    last: End | None = None
    counters: dict[str, Counters] = field(default_factory=dict)

    def keep(self, made: Plan, after: End | None = None) -> None:
        """After a commit. after: the end of the chain that it went on from, when that was read from the store."""
        if (after is not None and after != self.last) or len(self.counters) > MOST_READERS:
            self.counters.clear()  # somebody else has written: what we knew may be old
        self.last = made.last
        self.counters.update(made.counters)

    def forget(self) -> None:
        """Somebody else wrote, or nothing is sure."""
        self.last = None
        self.counters.clear()


def quick(cursor: Any, memory: Memory, groups: Groups, *, limits: Leesgrens, now: float) -> Plan | None:
    """Write and commit, outside any transaction; None when that cannot be done this way, and nothing was done."""
    if memory.last is None or memory.last[0] == 0 or not readers(groups) <= memory.counters.keys():
        return None
    made = plan(memory.last, memory.counters, groups, limits=limits, now=now)
    if not 0 < len(made.rows) <= MOST_ROWS:
        return None
    try:
        cursor.execute(_statement(len(made.rows)), _values(memory.last[1], made))
    except sqlite3.IntegrityError:
        return None
    return made


def _values(before: bytes, made: Plan) -> list[Any]:
    values: list[Any] = []
    counters = dict(made.counters)
    for row in made.rows:
        # Whichever row of a reader comes first carries the counters: they are those of after all of them.
        values += (before, *row, *made.processed.get(row[0], _NO_LDV), *counters.pop(row[2], _NO_COUNT))
        before = row[-1]
    return values


@cache
def _statement(rows: int) -> str:
    row = f"({', '.join('?' * len(COLUMNS))})"
    return f"insert into logregels ({', '.join(COLUMNS)}) values {', '.join([row] * rows)}"
