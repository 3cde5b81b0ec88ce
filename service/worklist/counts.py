"""How the work stands, in numbers alone: for management, per gemeente and target, and per source.

What was drawn is counted as one: a number per stream, seen before and after one judgement, would tell which stream
that address came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, case, func, select

from features.columns import Doel
from service.worklist.codes import DRAWN, Oordeel, Stand
from service.worklist.dealt import dealt_on
from service.worklist.tables import signalen, werkitems


@dataclass(frozen=True, kw_only=True)
class Count:
    """Of one gemeente, target and source (trekking or signaal). open includes te_laat and zonder_behandelaar."""

    gemeente: str
    doel: Doel
    bron: str
    open: int
    te_laat: int
    zonder_behandelaar: int
    oordelen: tuple[tuple[Oordeel, int], ...]

    @property
    def beoordeeld(self) -> int:
        """Judged, whatever the judgement."""
        return sum(number for _, number in self.oordelen)


@dataclass(frozen=True, kw_only=True)
class SignalCount:
    """Signals of one gemeente and source. wacht: not dealt with; te_laat: of these, past their weeks unjudged."""

    gemeente: str
    bron: str
    ontvangen: int
    wacht: int
    te_laat: int


@dataclass(kw_only=True)
class _Sums:
    open: int = 0
    late: int = 0
    nobody: int = 0
    judged: Counter[str] = field(default_factory=Counter)


def counts(connection: Connection, gemeenten: Iterable[str], today: date) -> tuple[Count, ...]:
    """By gemeente, target and source. today: of the wall."""
    w = werkitems.c
    source = case((w.aanleiding.in_(DRAWN), "trekking"), else_="signaal").label("bron")
    late, nobody = (w.uiterlijk < today).label("laat"), (w.behandelaar == "").label("niemand")
    columns = (w.gemeente, w.doel, source, w.stand, w.oordeel, late, nobody)
    rows = connection.execute(
        select(*columns, func.count().label("aantal")).where(w.gemeente.in_(list(gemeenten))).group_by(*columns)
    )
    sums: dict[tuple[str, str, str], _Sums] = {}
    for row in rows:
        of = sums.setdefault((row.gemeente, row.doel, row.bron), _Sums())
        if row.stand == Stand.OPEN:
            of.open += row.aantal
            of.late += row.aantal if row.laat else 0
            of.nobody += row.aantal if row.niemand else 0
        else:
            of.judged[row.oordeel] += row.aantal
    return tuple(_count(key, of) for key, of in sorted(sums.items()))


def signal_counts(connection: Connection, gemeenten: Iterable[str], today: date) -> tuple[SignalCount, ...]:
    """By gemeente and who gave them."""
    s, w = signalen.c, werkitems.c
    late = case(((w.stand == Stand.OPEN) & (w.uiterlijk < today), 1), else_=0)
    each = (
        select(s.gemeente, s.bron, case((dealt_on().is_(None), 1), else_=0).label("wacht"), late.label("laat"))
        .select_from(signalen.outerjoin(werkitems, w.id == s.item_id))
        .where(s.gemeente.in_(list(gemeenten)))
        .subquery()
        .c
    )
    rows = connection.execute(
        select(each.gemeente, each.bron, func.count(), func.sum(each.wacht), func.sum(each.wacht * each.laat))
        .group_by(each.gemeente, each.bron)
        .order_by(each.gemeente, each.bron)
    )
    return tuple(
        SignalCount(gemeente=gemeente, bron=bron, ontvangen=number, wacht=int(waiting), te_laat=int(too_late))
        for gemeente, bron, number, waiting, too_late in rows
    )


def _count(key: tuple[str, str, str], of: _Sums) -> Count:
    gemeente, doel, bron = key
    return Count(
        gemeente=gemeente,
        doel=Doel(doel),
        bron=bron,
        open=of.open,
        te_laat=of.late,
        zonder_behandelaar=of.nobody,
        oordelen=tuple((oordeel, of.judged[oordeel]) for oordeel in Oordeel),
    )
