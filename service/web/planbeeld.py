"""A plan as its page draws it: a day at a time, the colours of rounds, the bars of the comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.rounds.export.naming import by_address, running
from service.rounds.records import Dienst, Over, Plangegevens, Ronde, Stop, Vergelijking, Wens
from service.web import getallen as words
from service.web.teksten import text

COLOURS = 6  # of rounds on the map; each also has its own dashes, and the table says it in words
OTHERS = 30  # of who is left out: the rest is a step further
WIDEST = 100.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of the comparison. length: 0-100, a part of the best."""

    naam: str
    vondsten: float
    uren: float
    adressen: int
    length: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """One stop with what may be changed about it. naar: the other shifts of the plan."""

    stop: Stop
    vast: bool
    naar: tuple[Dienst, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One round of the day. kleur: 1 … COLOURS."""

    ronde: Ronde
    kleur: int
    rijen: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What the page of a plan shows. klem: pinned, and it does not fit."""

    dagen: tuple[date, ...]
    dag: date
    ronden: tuple[Drawn, ...]
    balken: tuple[Bar, ...]
    stops: int
    adressen: int
    klem: tuple[Over, ...]
    over: tuple[Over, ...]
    meer: int  # more are left out than are shown
    wensen: Mapping[str, Wens]

    def identificaties(self) -> tuple[str, ...]:
        """The addresses that are shown, for the log."""
        stops = [row.stop for drawn in self.ronden for row in drawn.rijen]
        shown = [one for stop in stops for one in stop.adressen] + [one.adres for one in (*self.klem, *self.over)]
        return tuple(dict.fromkeys(one.identificatie for one in shown))

    def people(self) -> frozenset[str]:
        """The ids of who walks the rounds that are shown."""
        return frozenset(who for drawn in self.ronden for who in drawn.ronde.leden)


def picture(plan: Plangegevens, dag: date | None, *, whole: bool = False) -> Picture:
    """The plan, and of its rounds those of `dag`: the first day that has any when it is no day of the plan.

    whole: everybody who is left out, not only the first OTHERS.
    """
    days = _days(plan)
    busy = [ronde.dag for ronde in plan.ronden if running(ronde)]
    shown = dag if dag in days else min(busy, default=days[0])
    wishes = {wish.adres: wish for wish in plan.wensen if wish.soort in ("vast", "weren")}
    today = [ronde for ronde in plan.ronden if ronde.dag == shown and ronde.stops]
    stuck = tuple(one for one in plan.over if one.adres.id in wishes and wishes[one.adres.id].soort == "vast")
    others = tuple(one for one in plan.over if one not in stuck)
    stops = [stop for ronde in plan.ronden for stop in running(ronde)]
    return Picture(
        dagen=days,
        dag=shown,
        ronden=tuple(_drawn(plan, ronde, nr, wishes) for nr, ronde in enumerate(today)),
        balken=bars(plan.vergelijkingen),
        stops=len(stops),
        adressen=sum(len(by_address(stop.adressen)) for stop in stops),
        klem=stuck,
        over=others if whole else others[:OTHERS],
        meer=0 if whole else max(0, len(others) - OTHERS),
        wensen=wishes,
    )


def period(first: date, last: date) -> str:
    """ "26 november 2026", "26 tot en met 27 november 2026", "30 november tot en met 2 december 2026"."""
    if first == last:
        return words.day(first)
    begin = str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        begin += f" {words.MONTHS[first.month - 1]}"
    if first.year != last.year:
        begin += f" {first.year}"
    return str(text("plan.van_tot", van=begin, tot=words.day(last)))


def found(value: float) -> str:
    """Expected findings: two decimals below one, else one."""
    return words.number(value, 1 if value >= 1 else 2)


def bars(comparisons: Sequence[Vergelijking]) -> tuple[Bar, ...]:
    """The bars as long as what they promise, the best the full width."""
    most = max((one.vondsten for one in comparisons), default=0.0)
    return tuple(
        Bar(
            naam=one.naam,
            vondsten=one.vondsten,
            uren=one.uren,
            adressen=one.adressen,
            length=round(WIDEST * one.vondsten / most, 1) if most > 0 else 0.0,
        )
        for one in comparisons
    )


def _days(plan: Plangegevens) -> tuple[date, ...]:
    """The days on which somebody goes."""
    known = {duty.dag for duty in plan.diensten} | {ronde.dag for ronde in plan.ronden} or {plan.eerste_dag}
    return tuple(sorted(known))


def _drawn(plan: Plangegevens, ronde: Ronde, nr: int, wishes: Mapping[str, Wens]) -> Drawn:
    elsewhere = tuple(duty for duty in plan.diensten if (duty.dag, duty.team) != (ronde.dag, ronde.team))
    return Drawn(
        ronde=ronde,
        kleur=nr % COLOURS + 1,
        rijen=tuple(
            Row(
                stop=stop,
                vast=any(one.id in wishes and wishes[one.id].soort == "vast" for one in stop.adressen) or stop.vast,
                naar=elsewhere,
            )
            for stop in ronde.stops
        ),
    )
