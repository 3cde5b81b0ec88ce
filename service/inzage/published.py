"""What the publications that are kept say of one address: read from their files, the older ones too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from features.errors import Refusal
from models.scores import ADDRESSES, ENERGY, REASONS, SCORES, TIMELINE, PublishedTable
from service.inzage.contract import Section, Subject, plain
from service.manifest import read_manifest

KEY = "adresseerbaarobject_identificatie"


def facts(subject: Subject) -> Section:
    """Building facts and counts."""
    return _section(subject, "gegevens", ADDRESSES, tuple(c for c in ADDRESSES.columns if c not in (KEY, "x", "y")))


def standings(subject: Subject) -> Section:
    """Where it stood, run by run; while the model is stopped as well: stopping takes it out of the work, and what is
    kept of somebody is still theirs to know (GDPR art. 15).
    """
    columns = ("doel", "rang", "band", "kans", "score", "afwijking")
    return _section(subject, "plaats", SCORES, columns, hidden=subject.withheld)


def reasons(subject: Subject) -> Section:
    """Why. The sentences are those that the desk saw."""
    columns = ("doel", "volgorde", "kenmerk", "waarde", "vergelijking", "bijdrage", "zin")
    return _section(subject, "redenen", REASONS, columns, hidden=subject.withheld)


def registrations(subject: Subject) -> Section:
    """The timeline; never of persons who have secrecy, so that theirs is not in the file either."""
    columns = ("persoon", "functie", "van", "tot", "einde_reden")
    return _section(subject, "inschrijvingen", TIMELINE, columns, hidden=subject.shielded)


def energy(subject: Subject) -> Section:
    """Monthly use with that of comparable dwellings."""
    return _section(subject, "energie", ENERGY, ("product", "maand", "verbruik", "laag", "midden", "hoog"))


def _section(
    subject: Subject, naam: str, table: PublishedTable, columns: tuple[str, ...], *, hidden: bool = False
) -> Section:
    rows = [] if hidden else [row for run in _runs(subject) for row in _rows(run, table, columns, subject)]
    return Section(naam=naam, kolommen=("publicatie", "peildatum", *columns), rijen=tuple(rows))


def _runs(subject: Subject) -> Iterator[Path]:
    """The folders of the publications that are kept, the newest first."""
    found = [manifest.parent for manifest in subject.runs.glob("[!.]*/manifest.json")]
    yield from sorted(found, key=lambda folder: folder.name, reverse=True)


def _rows(run: Path, table: PublishedTable, columns: tuple[str, ...], subject: Subject) -> Iterator[tuple[Any, ...]]:
    try:
        day = read_manifest(run / "manifest.json").peildatum.isoformat()
    except Refusal:
        day = ""
    chosen = ", ".join(f'"{column}"' for column in columns)
    with duckdb.connect(":memory:") as connection:
        query = f"select {chosen} from read_parquet(?) where {KEY} = ? order by all"
        found = connection.execute(query, [str(run / f"{table.name}.parquet"), subject.identificatie]).fetchall()
    for row in found:
        yield (run.name, day, *(plain(value) for value in row))
