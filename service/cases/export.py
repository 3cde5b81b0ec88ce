"""Ended investigations to onderzoeken.csv (FORMATS 6): only appended, nothing edited, nothing twice.

What counts is the file: an onderzoek_id that is in it is not written again. The new file is written aside, the record
and the logs are committed, then it is renamed: nothing leaves without its log, and what a crash in between left out the
next export adds. A corrected outcome is a new row with -1, -2 … behind its id: the learner takes
the row of an address, target and start that was finished last. Two people stand behind each file: releasing.py.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from features.errors import Refusal
from service.cases import releasing
from service.cases.outcome_rows import COLUMNS, Row, appended, ended, layout
from service.cases.releasing import ReleaseRequest
from service.cases.tables import uitgeleverd, uitleveringen
from service.db.database import Database, Unit
from service.logs.entry import Entry, Trace
from service.people import Person

NAME = "onderzoeken.csv"


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What an export did. rijen: rows appended. erin: ended investigations that were in the file already."""

    bestand: Path
    rijen: int
    erin: int


def export(database: Database, file: Path, door: Person, id: str) -> Delivered:
    """Append what ended in the gemeenten of request `id`, asked by `door`, and is not in `file` yet.

    Raises Refusal when the file is not of the layout of FORMATS 6, Conflict when the request is not agreed to (any
    more), StoreUnavailable when it cannot be written down: then the file is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with _alone(file):
        before = file.read_bytes() if file.exists() else b""
        there = layout(file, before)
        with database.unit(door, Trace()) as unit:
            uitlevering = secrets.token_hex(8)
            request = releasing.use(unit, id, uitlevering)
            rows = list(ended(unit.connection, frozenset(request.gemeenten)))
            fresh = [row for row in rows if row["onderzoek_id"] not in there.known]
            after = appended(before, there.header, fresh)
            aside = _aside(file, after)
            _record(unit, uitlevering, file.name, request, fresh, after)
        if fresh:
            _replace(aside, file)
        else:
            aside.unlink()
    return Delivered(bestand=file, rijen=len(fresh), erin=len(rows) - len(fresh))


def download(database: Database, door: Person, trace: Trace, id: str) -> bytes:
    """A whole onderzoeken.csv of what ended in the gemeenten of request `id`, for `door` to take along, once.

    Raises Conflict and StoreUnavailable as `export` does.
    """
    with database.unit(door, trace) as unit:
        uitlevering = secrets.token_hex(8)
        request = releasing.use(unit, id, uitlevering)
        rows = list(ended(unit.connection, frozenset(request.gemeenten)))
        content = appended(b"", COLUMNS, rows)
        _record(unit, uitlevering, NAME, request, rows, content)
    return content


def target(place: Path) -> Path:
    """The file of a delivery folder, or the file itself. Raises Refusal on another kind of file than CSV."""
    file = place / "onderzoeken" / NAME if place.is_dir() or place.suffix == "" else place
    if file.suffix != ".csv":
        raise Refusal(
            str(file), found=f"a {file.suffix} file", expected="a delivery folder or a .csv", do=f"name {NAME}"
        )
    return file


def _record(unit: Unit, id: str, name: str, request: ReleaseRequest, fresh: Sequence[Row], after: bytes) -> None:
    row = {
        "id": id,
        "tijd": unit.now,
        "door": request.door,
        "tweede": request.tweede,
        "reden": request.reden,
        "bestand": name,
        "sha256": hashlib.sha256(after).hexdigest(),
    }
    unit.connection.execute(insert(uitleveringen), row)
    if fresh:
        lines = [{"uitlevering_id": id, "onderzoek_id": row["onderzoek_id"]} for row in fresh]
        unit.connection.execute(insert(uitgeleverd), lines)
    unit.log(
        Entry(
            handeling="onderzoek.uitleveren",
            object_soort="uitlevering",
            object_id=id,
            adressen=tuple(dict.fromkeys(row["adresseerbaarobject_identificatie"] for row in fresh)),
            bijzonderheden=(("rijen", str(len(fresh))), ("tweede", request.tweede)),
            onbegrensd=True,
        )
    )


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One export to a file at a time."""
    with file.with_name(f".{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _aside(file: Path, content: bytes) -> Path:
    """The new content beside the file, on the disk and not only on its way there."""
    aside = file.with_name(f".{file.name}.nieuw")
    with aside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return aside


def _replace(aside: Path, file: Path) -> None:
    """Whole or not at all."""
    os.replace(aside, file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
