"""Our own record of which model was trained, proposed, approved and rolled back, by whom: append-only and hash-chained.

MLflow can be edited by whoever reaches it; a model scores only when its digest stands here. One SQLite file in the
werkmap. A row is never changed or removed (triggers refuse it), each carries the hash of the row before it, and every
reading recomputes the chain. Rows are added in one transaction: all of them or none.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from features.errors import Refusal
from models.figures import Gate

FILE = "goedkeuringen.db"
WAIT = 10.0  # seconds to wait for another who writes
COLUMNS = ("tijd", "gebeurtenis", "persoon", "doel", "naam", "versie", "sha256", "gemeenten", "poorten")
SCHEMA = f"""
create table if not exists gebeurtenissen (
    nr integer primary key, {", ".join(f"{name} text not null" for name in COLUMNS)},
    vorige text not null, hash text not null
);
create trigger if not exists niet_wijzigen before update on gebeurtenissen
    begin select raise(abort, 'append-only'); end;
create trigger if not exists niet_wissen before delete on gebeurtenissen
    begin select raise(abort, 'append-only'); end;
"""


class What(StrEnum):
    """The four things that happen to a model."""

    TRAINED = "getraind"
    PROPOSED = "voorgesteld"
    APPROVED = "goedgekeurd"
    ROLLED_BACK = "teruggedraaid"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One row. scope: the gemeenten the model was trained on. gates: None = not evaluated. at: ISO, UTC, filled in."""

    what: What
    person: str
    doel: str
    name: str
    version: str
    sha256: str
    scope: str
    gates: tuple[Gate, ...] | None = None
    at: str = ""


Decision = Callable[[tuple[Event, ...]], Sequence[Event]]


@dataclass(frozen=True)
class Approvals:
    """The record in one file, made on first writing."""

    file: Path

    def events(self) -> tuple[Event, ...]:
        """All of them, oldest first; raises Refusal when the chain is broken."""
        if not self.file.exists():
            return ()
        with self._open() as connection:
            return _read(connection, self.file)

    def append(self, decide: Decision) -> tuple[Event, ...]:
        """Add what `decide` makes of the events so far, while nobody else can write. Returns all events afterwards.

        Whatever `decide` raises passes on, and nothing is written.
        """
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute("begin immediate")
            try:
                before = _read(connection, self.file)
                for event in decide(before):
                    _add(connection, event)
                after = _read(connection, self.file)
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")
        return after

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.file, timeout=WAIT, isolation_level=None)) as connection:
                connection.execute("pragma synchronous = full")
                connection.executescript(SCHEMA)
                yield connection
        except sqlite3.Error as fault:
            raise Refusal(
                str(self.file),
                found=f"{type(fault).__name__}: {fault}",
                expected="the record of approvals, readable, writable and with room on its disk",
                do="see who holds it or what happened to it; nothing was recorded and the champion is as it was",
            ) from fault


def _add(connection: sqlite3.Connection, event: Event) -> None:
    last = connection.execute("select hash from gebeurtenissen order by nr desc limit 1").fetchone()
    before = last[0] if last else ""
    gates = "" if event.gates is None else json.dumps([vars(gate) for gate in event.gates], ensure_ascii=False)
    at = event.at or datetime.now(UTC).isoformat(timespec="milliseconds")
    row = (at, event.what.value, event.person, event.doel, event.name, event.version, event.sha256, event.scope, gates)
    marks = ", ".join("?" * (len(COLUMNS) + 2))
    connection.execute(
        f"insert into gebeurtenissen ({', '.join(COLUMNS)}, vorige, hash) values ({marks})",
        (*row, before, _hash(before, row)),
    )


def _read(connection: sqlite3.Connection, file: Path) -> tuple[Event, ...]:
    events, before = [], ""
    rows = connection.execute(f"select nr, vorige, hash, {', '.join(COLUMNS)} from gebeurtenissen order by nr")
    for place, (number, previous, digest, *row) in enumerate(rows, start=1):
        if number != place or previous != before or digest != _hash(before, tuple(row)):
            raise Refusal(
                str(file),
                found=f"a chain that breaks at row {place}",
                expected="every row as it was written",
                do="do not use these models; restore the file from a backup and find out who changed it",
            )
        before = digest
        at, what, person, doel, name, version, sha256, scope, gates = row
        events.append(
            Event(
                what=What(what),
                person=person,
                doel=doel,
                name=name,
                version=version,
                sha256=sha256,
                scope=scope,
                gates=tuple(Gate(**gate) for gate in json.loads(gates)) if gates else None,
                at=at,
            )
        )
    return tuple(events)


def _hash(before: str, row: tuple[str, ...]) -> str:
    return hashlib.sha256(json.dumps([before, *row], ensure_ascii=False).encode()).hexdigest()
