"""The stop switch of this service: role beheer takes the model out, with a reason, everywhere and at once.

While it stands no answer holds a score, band, chance, reason or rank, and lists go on in neutral order
(service/stopped.py). A stop in a publication's own manifest does the same and is lifted with the publication alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, Text, insert, select, update

from service.db.database import Database, Unit
from service.db.metadata import Moment, metadata
from service.faults import Conflict
from service.logs.entry import Entry
from service.manifest import Stop
from service.web.teksten import text

noodstops = Table(
    "noodstops",
    metadata,
    Column("nr", Integer, primary_key=True),
    Column("sinds", Moment, nullable=False),
    Column("door", String(32), ForeignKey("personen.id"), nullable=False),
    Column("reden", Text, nullable=False),
    Column("opgeheven", Moment),
    Column("opgeheven_door", String(32), ForeignKey("personen.id")),
    Column("opgeheven_reden", Text),
)
_QUICKLY = f"select sinds, reden from {noodstops.name} where opgeheven is null limit 1"  # asked at every request
_RUNNING = select(noodstops).where(noodstops.c.opgeheven.is_(None)).limit(1)


def stop(unit: Unit, reden: str) -> None:
    """Take the model out. Raises Conflict when it is out already. The reason is kept, and not in the log."""
    if stopped(unit.connection) is not None:
        raise Conflict(text("stop.al"))
    unit.connection.execute(insert(noodstops), {"sinds": unit.now, "door": _by(unit), "reden": reden})
    unit.log(Entry(handeling="stop.zetten", object_soort="model"))


def lift(unit: Unit, reden: str) -> None:
    """Let the model in again. Raises Conflict when it is not out."""
    done = {"opgeheven": unit.now, "opgeheven_door": _by(unit), "opgeheven_reden": reden}
    if not unit.connection.execute(update(noodstops).where(noodstops.c.opgeheven.is_(None)).values(done)).rowcount:
        raise Conflict(text("stop.niet"))
    unit.log(Entry(handeling="stop.opheffen", object_soort="model"))


def stopped(connection: Connection) -> Stop | None:
    """The stop that stands, None without one."""
    row = connection.execute(_RUNNING).first()
    return None if row is None else Stop(sinds=row.sinds, redenen=(row.reden,))


def switch_of(database: Database) -> Callable[[], Stop | None]:
    """For `Publications`: how the switch stands now. Raises StoreUnavailable: in doubt nothing is shown."""

    def switch() -> Stop | None:
        rows = database.glance(_QUICKLY)
        return Stop(sinds=datetime.fromisoformat(rows[0][0]), redenen=(rows[0][1],)) if rows else None

    return switch


def _by(unit: Unit) -> str:
    if unit.person is None:
        raise RuntimeError("the stop switch without a person")
    return unit.person.id
