"""Whether the audit log holds, told at once: the last full check stands in the log itself, the rest is checked now.

The full check is `python -m service audit verify`, once a night; it writes its outcome down as a row like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from service.logs.entry import Entry, Result
from service.logs.read import Regel, regel
from service.logs.tables import audit
from service.logs.verify import Chain, Point, start, verify

CHECKED = "logboek.nakijken"  # handeling of the row that a full check leaves
CHAIN = "keten"  # object_id of that row; there is an index on it
AT_ONCE = 20_000  # rows checked while somebody waits: about a quarter of a second


@dataclass(frozen=True, kw_only=True)
class State:
    """tot: the last number that holds; laatste: the last there is. fout: the first broken number, None when none is.

    vol: when all rows were last checked, None = never since the log began; van: the first number that was checked now.
    """

    van: int
    tot: int
    laatste: int
    fout: int | None
    vol: datetime | None


def state(connection: Connection) -> State:
    """Check what was added since the last full check, at most AT_ONCE rows (the newest)."""
    last = connection.execute(select(func.max(audit.c.nr))).scalar() or 0
    full = _last_check(connection)
    if full is not None and full.resultaat is not Result.GELUKT:
        broken = int(full.about("fout"))
        return State(van=int(full.about("van")), tot=broken - 1, laatste=last, fout=broken, vol=full.tijd)
    point = _from(connection, full, last)
    chain = verify(connection, after=point, most=AT_ONCE)
    return State(
        van=chain.van, tot=chain.tot, laatste=last, fout=chain.fout, vol=full.tijd if full is not None else None
    )


def outcome(chain: Chain) -> Entry:
    """The row that a full check leaves."""
    told = [("van", str(chain.van)), ("tot", str(chain.tot)), ("hash", chain.hash.hex())]
    if chain.fout is not None:
        told.append(("fout", str(chain.fout)))
    return Entry(
        handeling=CHECKED,
        object_soort="logboek",
        object_id=CHAIN,
        resultaat=Result.GELUKT if chain.fout is None else Result.MISLUKT,
        bijzonderheden=tuple(told),
    )


def _last_check(connection: Connection) -> Regel | None:
    query = (
        select(audit)
        .where(audit.c.object_id == CHAIN, audit.c.handeling == CHECKED)
        .order_by(audit.c.nr.desc())
        .limit(1)
    )
    row: Any = connection.execute(query).first()
    return regel(row) if row else None


def _from(connection: Connection, full: Regel | None, last: int) -> Point:
    """Where to begin: after the last full check, or nearer when too much has been added since."""
    begin = start(connection)
    if full is not None and int(full.about("tot")) > begin.nr:
        begin = Point(nr=int(full.about("tot")), hash=bytes.fromhex(full.about("hash")))
    if last - begin.nr <= AT_ONCE:
        return begin
    nearer = last - AT_ONCE
    found = connection.execute(select(audit.c.hash).where(audit.c.nr == nearer)).scalar()
    return begin if found is None else Point(nr=nearer, hash=bytes(found))
