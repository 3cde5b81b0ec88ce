"""How often the desk and the model say the same, per stream, over everybody together and months that are over.

Measured on the first judgement, given before the model's answer was shown. Over all handlers together: a figure of one
person is no colleague's business. Only of months that are over, and of groups large enough: numbers that move with
each judgement would tell from which stream the address came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from models.proportions import Rate, share, unknown
from service.cases.clocks import WALL
from service.worklist.codes import DRAWN, Aanleiding, Oordeel, agrees
from service.worklist.tables import oordelen, werkitems

STREAMS = (Aanleiding.RISICO, Aanleiding.VERKENNING, Aanleiding.STEEKPROEF)


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Of one stream. gelijk: share of judgements that say what the band says, with its 90% interval (Wilson).

    eerst: judgements; open_gelaten: of these, more information was needed, so they say neither. bijgesteld: share that
    was changed once the model's answer was there; naar_model: of the changed ones, those that then say what it says.
    """

    stroom: Aanleiding
    eerst: int
    open_gelaten: int
    gelijk: Rate
    bijgesteld: Rate
    naar_model: Rate


def agreement(connection: Connection, gemeenten: Iterable[str], now: datetime, least: int) -> tuple[Agreement, ...]:
    """One per stream. least: fewer judgements than this give no figure."""
    month = now.astimezone(WALL).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    first = oordelen.alias("eerste")
    columns = (werkitems.c.aanleiding, werkitems.c.band, first.c.oordeel, werkitems.c.oordeel.label("laatste"))
    rows = connection.execute(
        select(*columns, func.count())
        .join(first, (first.c.item_id == werkitems.c.id) & (first.c.nr == 1))
        .where(werkitems.c.gemeente.in_(list(gemeenten)), werkitems.c.aanleiding.in_(DRAWN), first.c.tijd < month)
        .group_by(*columns)
    )
    found: dict[str, list[tuple[str, str, str, int]]] = {}
    for stream, band, oordeel, last, number in rows:
        found.setdefault(stream, []).append((band, oordeel, last, number))
    return tuple(_of(stream, found.get(stream, []), least) for stream in STREAMS)


def _of(stream: Aanleiding, rows: list[tuple[str, str, str, int]], least: int) -> Agreement:
    total = sum(number for *_, number in rows)
    said: Counter[bool | None] = Counter()
    changed: Counter[bool | None] = Counter()
    for band, oordeel, last, number in rows:
        said[agrees(oordeel, band)] += number
        if last != oordeel:
            changed[agrees(last, band)] += number
    return Agreement(
        stroom=stream,
        eerst=total,
        open_gelaten=sum(n for _, oordeel, _, n in rows if oordeel == Oordeel.MEER_INFORMATIE_NODIG),
        gelijk=_rate(said[True], said[True] + said[False], least),
        bijgesteld=_rate(sum(changed.values()), total, least),
        naar_model=_rate(changed[True], sum(changed.values()), least),
    )


def _rate(hits: int, n: int, least: int) -> Rate:
    return share(hits / n, n, n) if n >= max(least, 1) else unknown(n)
