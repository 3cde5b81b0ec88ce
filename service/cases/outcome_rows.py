"""Ended investigations as lines of onderzoeken.csv (FORMATS 6), and what a file of that layout holds already."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from features.errors import Refusal
from features.sources.onderzoeken import ONDERZOEKEN
from service.cases.records import Case, case_of
from service.cases.tables import bezoeken, onderzoeken

COLUMNS = tuple(column.name for column in ONDERZOEKEN.columns)
NEEDED = tuple(column.name for column in ONDERZOEKEN.columns if column.required)
SEPARATOR = ";"
BOM = b"\xef\xbb\xbf"
Row = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """header: the columns as a file has them, our own where there is none yet. known: the ids that are in it."""

    header: tuple[str, ...] = COLUMNS
    known: frozenset[str] = frozenset()


def layout(file: Path, content: bytes) -> Layout:
    """Of what `file` holds now. Raises Refusal when it is not of the layout of FORMATS 6."""
    if not content:
        return Layout()
    try:
        reader = csv.DictReader(io.StringIO(content.removeprefix(BOM).decode("utf-8")), delimiter=SEPARATOR)
        header = tuple(reader.fieldnames or ())
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise Refusal(
                str(file),
                found=f"no column {', '.join(missing)}",
                expected=f"the columns {', '.join(COLUMNS)}",
                do="export to a file of that layout; nothing was changed",
            )
        return Layout(header=header, known=frozenset(row["onderzoek_id"] for row in reader))
    except UnicodeDecodeError as fault:
        raise Refusal(str(file), found=str(fault), expected="UTF-8", do="save it as UTF-8") from None


def ended(connection: Connection, gemeenten: frozenset[str]) -> Iterator[Row]:
    """What ended in `gemeenten`, in the order in which it did."""
    over = onderzoeken.c.afgerond.is_not(None) & onderzoeken.c.gemeente.in_(sorted(gemeenten))
    visited = select(bezoeken.c.onderzoek_id).join(onderzoeken).where(over)
    visits: dict[str, int] = {}
    for id in connection.execute(visited).scalars():
        visits[id] = visits.get(id, 0) + 1
    found = select(onderzoeken).where(over).order_by(onderzoeken.c.datum_afgerond, onderzoeken.c.id)
    for row in connection.execute(found):
        yield _row(case_of(row), visits.get(row.id, 0))


def _row(case: Case, visits: int) -> Row:
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


def appended(before: bytes, header: Sequence[str], rows: Sequence[Row]) -> bytes:
    """The old bytes, whatever they are, and the new lines behind them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", delimiter=SEPARATOR, lineterminator="\n")
    if not before:
        writer.writeheader()
    writer.writerows(rows)
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    return before + gap + out.getvalue().encode("utf-8")
