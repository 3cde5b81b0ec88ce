"""What a room hands over for a request for access: one table of plain values, of one address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from service.publication import Publication

Value = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The address asked for, and where to look. runs: the folder of publications; key: of LDV's subjects.

    shielded: a person there has secrecy (07.70): nothing that rests on persons is given. withheld: the model is stopped
    and who gives the answer works addresses too: a colleague has to give them what the model said.
    """

    identificatie: str
    connection: Connection
    publication: Publication
    runs: Path
    key: bytes
    shielded: bool
    withheld: bool


@dataclass(frozen=True, kw_only=True)
class Section:
    """A table. naam: in the catalogue under [inzage.deel]; kolommen: under [inzage.kolom]. No person's id or name."""

    naam: str
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[Value, ...], ...]


Contributor = Callable[[Subject], Section]


def plain(value: object) -> Value:
    """A value of a database or a Parquet file as JSON has it; a day or moment in RFC 3339, NaN as None."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value != value:
        return None
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
