"""The register of publications: which was in use from when to when, and how it came to be. Removed with the shelf.

Written by whoever switches, a running service or `publish`. What lies on the shelf decides what is shown; the register
says what was shown when, and counts the time that it is kept.
"""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import Column, Connection, Integer, String, Table, Text, delete, func, insert, select, update

from service.db.database import Database, Unit
from service.db.metadata import Moment, metadata
from service.faults import StoreUnavailable
from service.logs.entry import Entry, Trace
from service.manifest import Manifest
from service.publication import Publication

publicaties = Table(
    "publicaties",
    metadata,
    Column("nr", Integer, primary_key=True),
    Column("run_id", String(100), nullable=False, index=True),
    Column("peildatum", String(10), nullable=False),
    Column("adressen", Integer, nullable=False),
    Column("modellen", Text, nullable=False),  # JSON: per target name, version and digest
    Column("map", Text, nullable=False),  # where on the shelf
    Column("in_gebruik", Moment, nullable=False),
    Column("vervangen", Moment, index=True),  # NULL = in use
)
log = structlog.get_logger()


def put_in_use(unit: Unit, publication: Publication) -> bool:
    """Write down that it is in use from now on; False when that was written down already."""
    last = unit.connection.execute(select(publicaties).where(publicaties.c.vervangen.is_(None))).first()
    manifest, book = publication.manifest, publication.book
    if last is not None and (last.run_id, last.map) == (manifest.run_id, str(book.path.parent)):
        return False
    unit.connection.execute(update(publicaties).where(publicaties.c.vervangen.is_(None)).values(vervangen=unit.now))
    row = {
        "run_id": manifest.run_id,
        "peildatum": manifest.peildatum.isoformat(),
        "adressen": book.addresses,
        "modellen": _models(manifest),
        "map": str(book.path.parent),
        "in_gebruik": unit.now,
    }
    unit.connection.execute(insert(publicaties), row)
    about = (("adressen", str(book.addresses)), ("peildatum", manifest.peildatum.isoformat()))
    unit.log(
        Entry(
            handeling="publicatie.innemen",
            object_soort="publicatie",
            object_id=manifest.run_id,
            bijzonderheden=about,
        )
    )
    return True


class Register:
    """For `Publications`: told of each publication that comes into use, it writes that down in a thread of its own,
    because whoever notices it may be in the middle of a unit of work.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._thread: threading.Thread | None = None

    def __call__(self, publication: Publication) -> None:
        """Write it down soon."""
        self.wait()
        self._thread = threading.Thread(target=self._write, args=(publication,), name="register")
        self._thread.start()

    def wait(self) -> None:
        """Until what was told is written down."""
        if self._thread is not None:
            self._thread.join()

    def _write(self, publication: Publication) -> None:
        try:
            with self.database.looking() as read:
                last = read.execute(
                    select(publicaties.c.run_id, publicaties.c.map).where(publicaties.c.vervangen.is_(None))
                ).first()
            if last is not None and tuple(last) == (publication.manifest.run_id, str(publication.book.path.parent)):
                return
            with self.database.unit(None, Trace()) as unit:
                if not put_in_use(unit, publication):
                    raise RuntimeError("somebody else wrote it down")
        except (StoreUnavailable, RuntimeError) as fault:  # at the next start it is told again
            log.warning("publication not written down", run_id=publication.manifest.run_id, fault=str(fault))


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """Retention: publications that were replaced longer ago than their term, the files with the row."""

    tabel: str = publicaties.name
    term: str = "publicaties"

    def count(self, connection: Connection, before: datetime) -> int:
        """Rows over their term."""
        query = select(func.count()).select_from(publicaties).where(publicaties.c.vervangen < before)
        return connection.execute(query).scalar_one()

    def remove(self, unit: Unit, before: datetime, most: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        """The oldest first. Files of a run that is also in a row that stays are left."""
        over = select(publicaties.c.nr, publicaties.c.run_id, publicaties.c.map).where(publicaties.c.vervangen < before)
        going = unit.connection.execute(over.order_by(publicaties.c.nr).limit(most)).all()
        unit.connection.execute(delete(publicaties).where(publicaties.c.nr.in_([row.nr for row in going])))
        staying = set(unit.connection.execute(select(publicaties.c.map)).scalars())
        for place in {row.map for row in going} - staying:
            shutil.rmtree(Path(place), ignore_errors=True)
        return len(going), (("runs", ",".join(sorted({row.run_id for row in going}))),)


def _models(manifest: Manifest) -> str:
    told = {model.doel.value: [model.model, model.versie, model.digest] for model in manifest.modellen}
    return json.dumps(told, sort_keys=True)
