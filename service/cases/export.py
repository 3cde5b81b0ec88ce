"""Ended investigations to onderzoeken.csv (FORMATS 6): only appended, nothing edited, nothing twice.

What counts is the file: an onderzoek_id that is in it is not written again. The new file is written aside, the record
and the logs are committed, then it is renamed: nothing leaves without its log, and what a crash in between left out the
next export adds. A corrected outcome is a new row with -1, -2 … behind its id: the learner takes
the row of an address, target and start that was finished last.
"""

from __future__ import annotations

import csv
import fcntl
import hashlib
import io
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select

from features.errors import Refusal
from features.sources.onderzoeken import ONDERZOEKEN
from service.cases.records import Case, case_of
from service.cases.tables import bezoeken, onderzoeken, uitgeleverd, uitleveringen
from service.db.database import Database, Unit
from service.logs.entry import Entry, Trace
from service.people import Person

COLUMNS = tuple(column.name for column in ONDERZOEKEN.columns)
NEEDED = tuple(column.name for column in ONDERZOEKEN.columns if column.required)
SEPARATOR = ";"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What an export did. rijen: rows appended. erin: ended investigations that were in the file already."""

    bestand: Path
    rijen: int
    erin: int


def export(
    database: Database, file: Path, door: Person, second: Person, reason: str, gemeenten: frozenset[str]
) -> Delivered:
    """Append what ended in `gemeenten` and is not in `file` yet.

    Raises Refusal when the file is not of the layout of FORMATS 6, StoreUnavailable when it cannot be written down:
    then the file is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with _alone(file):
        before = file.read_bytes() if file.exists() else b""
        header, known = _read(file, before)
        with database.unit(door, Trace()) as unit:
            rows = list(_rows(unit.connection, gemeenten))
            fresh = [row for row in rows if row["onderzoek_id"] not in known]
            after = _appended(before, header, fresh)
            aside = _aside(file, after)
            _record(unit, file, second, reason, fresh, after)
            unit.log(_entry(fresh, second))
        if fresh:
            _replace(aside, file)
        else:
            aside.unlink()
    return Delivered(bestand=file, rijen=len(fresh), erin=len(rows) - len(fresh))


def _entry(fresh: Sequence[dict[str, str]], second: Person) -> Entry:
    addresses = tuple(dict.fromkeys(row["adresseerbaarobject_identificatie"] for row in fresh))
    about = (("rijen", str(len(fresh))), ("tweede", second.id))
    return Entry(
        handeling="onderzoek.uitleveren",
        object_soort="uitlevering",
        adressen=addresses,
        bijzonderheden=about,
        onbegrensd=True,
    )


def target(place: Path) -> Path:
    """The file of a delivery folder, or the file itself. Raises Refusal on another kind of file than CSV."""
    file = place / "onderzoeken" / "onderzoeken.csv" if place.is_dir() or place.suffix == "" else place
    if file.suffix != ".csv":
        raise Refusal(
            str(file), found=f"a {file.suffix} file", expected="a delivery folder or a .csv", do="name onderzoeken.csv"
        )
    return file


def _read(file: Path, content: bytes) -> tuple[Sequence[str], set[str]]:
    """The header as the file has it, and the ids in it; our own header where there is no file yet."""
    if not content:
        return COLUMNS, set()
    try:
        reader = csv.DictReader(io.StringIO(content.removeprefix(BOM).decode("utf-8")), delimiter=SEPARATOR)
        header = list(reader.fieldnames or ())
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise Refusal(
                str(file),
                found=f"no column {', '.join(missing)}",
                expected=f"the columns {', '.join(COLUMNS)}",
                do="export to a file of that layout; nothing was changed",
            )
        return header, {row["onderzoek_id"] for row in reader}
    except UnicodeDecodeError as fault:
        raise Refusal(str(file), found=str(fault), expected="UTF-8", do="save it as UTF-8") from None


def _rows(connection: Connection, gemeenten: frozenset[str]) -> Iterator[dict[str, str]]:
    ended = onderzoeken.c.afgerond.is_not(None) & onderzoeken.c.gemeente.in_(sorted(gemeenten))
    visited = select(bezoeken.c.onderzoek_id).join(onderzoeken).where(ended)
    visits: dict[str, int] = {}
    for id in connection.execute(visited).scalars():
        visits[id] = visits.get(id, 0) + 1
    found = select(onderzoeken).where(ended).order_by(onderzoeken.c.datum_afgerond, onderzoeken.c.id)
    for row in connection.execute(found):
        yield _row(case_of(row), visits.get(row.id, 0))


def _row(case: Case, visits: int) -> dict[str, str]:
    """One line of FORMATS 6."""
    return {
        "onderzoek_id": case.id + (f"-{case.correctie}" if case.correctie else ""),
        "adresseerbaarobject_identificatie": case.identificatie,
        "doel": case.doel.value,
        "aanleiding": case.aanleiding,
        "selectiekans": "" if case.selectiekans is None else repr(case.selectiekans),
        "datum_start": case.datum_start.isoformat(),
        "bezoekpogingen": str(visits),
        "datum_afgerond": case.datum_afgerond.isoformat() if case.datum_afgerond else "",
        "uitkomst": case.uitkomst or "",
        "behandelaar": case.behandelaar,
    }


def _appended(before: bytes, header: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    """The old bytes, whatever they are, and the new lines behind them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", delimiter=SEPARATOR, lineterminator="\n")
    if not before:
        writer.writeheader()
    writer.writerows(rows)
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    return before + gap + out.getvalue().encode("utf-8")


def _record(unit: Unit, file: Path, second: Person, reason: str, fresh: Sequence[dict[str, str]], after: bytes) -> None:
    id = secrets.token_hex(8)
    row = {
        "id": id,
        "tijd": unit.now,
        "door": unit.person.id if unit.person else "",
        "tweede": second.id,
        "reden": reason,
        "bestand": file.name,
        "sha256": hashlib.sha256(after).hexdigest(),
    }
    unit.connection.execute(insert(uitleveringen), row)
    if fresh:
        lines = [{"uitlevering_id": id, "onderzoek_id": row["onderzoek_id"]} for row in fresh]
        unit.connection.execute(insert(uitgeleverd), lines)


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
