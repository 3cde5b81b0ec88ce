"""What the privacy officer is shown: from the store to the figures. No address, no name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from models.proportions import Rate, share, unknown
from service.cases.codes import FOUND
from service.cases.patterns import QUESTIONS, Closed, Compared, compare
from service.cases.policy import Policy
from service.cases.steps import AGREEMENTS, BYPASSES, Stap
from service.cases.tables import herbezoeken, onderzoeken, stappen

YEARS = 2  # that patterns look back
SMALLEST_SHARE = 10  # of these a share is given; of fewer the counts alone


@dataclass(frozen=True, kw_only=True)
class Bypass:
    """A decision without a second person. zaak: opaque id of the investigation."""

    tijd: datetime
    zaak: str
    stap: Stap
    persoon: str


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """Everything on the page. herbezocht: share of second looks that found what the first found (or nothing alike)."""

    sinds: datetime
    zaken: int
    vergelijkingen: tuple[tuple[str, tuple[Compared, ...]], ...]
    besluiten: int
    zonder_tweede: tuple[Bypass, ...]
    doorgegeven: int
    herbezocht: Rate
    gelijk: int
    lopend: int


def patterns(connection: Connection, gemeenten: frozenset[str], now: datetime, policy: Policy) -> Patterns:
    """Of the cases of these gemeenten that ended in the last two years."""
    since = now - timedelta(days=365 * YEARS)
    cases = _closed(connection, gemeenten, since)
    pairs, waiting = _second_looks(connection, gemeenten, since)
    same = sum((one in FOUND) == (other in FOUND) for one, other in pairs)
    n = len(pairs)
    return Patterns(
        sinds=since,
        zaken=len(cases),
        vergelijkingen=tuple((q.naam, compare(cases, q, policy.kleinste_groep)) for q in QUESTIONS),
        besluiten=_count(connection, gemeenten, since, (*AGREEMENTS, *BYPASSES)),
        zonder_tweede=_bypasses(connection, gemeenten, since),
        doorgegeven=_count(connection, gemeenten, since, (Stap.WEL_BAND,)),
        herbezocht=share(same / n, n, n) if n >= SMALLEST_SHARE else unknown(n),
        gelijk=same,
        lopend=waiting,
    )


def _closed(connection: Connection, gemeenten: frozenset[str], since: datetime) -> tuple[Closed, ...]:
    names = ("behandelaar", "doel", "aanleiding", "band", "uitkomst")
    rows = connection.execute(
        select(*(onderzoeken.c[name] for name in names)).where(
            onderzoeken.c.afgerond >= since,
            onderzoeken.c.gemeente.in_(sorted(gemeenten)),
            onderzoeken.c.behandelaar != "",
        )
    )
    return tuple(Closed(**row._mapping) for row in rows)


def _second_looks(
    connection: Connection, gemeenten: frozenset[str], since: datetime
) -> tuple[list[tuple[str, str]], int]:
    first, again = onderzoeken.alias("eerste"), onderzoeken.alias("tweede")
    ended = connection.execute(
        select(first.c.uitkomst, again.c.uitkomst)
        .join(again, again.c.herhaling_van == first.c.id)
        .where(again.c.afgerond >= since, first.c.gemeente.in_(sorted(gemeenten)))
    )
    waiting = connection.execute(
        select(func.count())
        .select_from(herbezoeken)
        .join(first, first.c.id == herbezoeken.c.onderzoek_id)
        .outerjoin(again, again.c.herhaling_van == first.c.id)
        .where(herbezoeken.c.vanaf.is_not(None), again.c.afgerond.is_(None), first.c.gemeente.in_(sorted(gemeenten)))
    )
    return [(row[0], row[1]) for row in ended], waiting.scalar_one()


def _count(connection: Connection, gemeenten: frozenset[str], since: datetime, what: tuple[Stap, ...]) -> int:
    return connection.execute(
        select(func.count())
        .select_from(stappen)
        .join(onderzoeken, onderzoeken.c.id == stappen.c.onderzoek_id)
        .where(
            stappen.c.stap.in_([stap.value for stap in what]),
            stappen.c.tijd >= since,
            onderzoeken.c.gemeente.in_(sorted(gemeenten)),
        )
    ).scalar_one()


def _bypasses(connection: Connection, gemeenten: frozenset[str], since: datetime) -> tuple[Bypass, ...]:
    rows = connection.execute(
        select(stappen.c.tijd, stappen.c.onderzoek_id, stappen.c.stap, stappen.c.persoon)
        .join(onderzoeken, onderzoeken.c.id == stappen.c.onderzoek_id)
        .where(
            stappen.c.stap.in_([stap.value for stap in BYPASSES]),
            stappen.c.tijd >= since,
            onderzoeken.c.gemeente.in_(sorted(gemeenten)),
        )
        .order_by(stappen.c.tijd.desc())
    )
    return tuple(Bypass(tijd=r.tijd, zaak=r.onderzoek_id, stap=Stap(r.stap), persoon=r.persoon) for r in rows)
