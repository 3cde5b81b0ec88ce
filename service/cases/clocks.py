"""The two clocks of an investigation: react within 4 weeks, finish within 6 months (working method of the LAA).

Days are days of the wall in the Netherlands. The last day still counts: on it a clock warns, the day after it is late.
A term of weeks that would end on a free day ends on the next day that is not; one of six months does not, because the
Algemene termijnenwet leaves out what is longer than three (art. 4): service/workdays.py.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from service.cases.policy import Policy
from service.workdays import months_extended, weeks_after

WALL = ZoneInfo("Europe/Amsterdam")


class Klok(StrEnum):
    """How a clock stands."""

    OP_TIJD = "op_tijd"
    BIJNA = "bijna"
    TE_LAAT = "te_laat"
    GEHAALD = "gehaald"  # it stopped in time
    GEMIST = "gemist"  # it stopped too late


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One clock. uiterlijk: its last day. dagen: days left until then, negative when late; 0 once it stopped."""

    stand: Klok
    uiterlijk: date
    dagen: int


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """Both."""

    reactie: Clock
    afronding: Clock

    @property
    def dringendst(self) -> Clock:
        """The running clock that ends first; the last one when neither runs."""
        running = [c for c in (self.reactie, self.afronding) if c.stand not in (Klok.GEHAALD, Klok.GEMIST)]
        return min(running, key=lambda clock: clock.uiterlijk, default=self.afronding)


def local_day(moment: datetime) -> date:
    """The day on the wall in the Netherlands."""
    return moment.astimezone(WALL).date()


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of a month without that day (31 August + 6 = 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def clock(last: date, today: date, warn: int, stopped: date | None) -> Clock:
    """A clock whose last day is `last`, `warn` days of warning, stopped on a day or running."""
    if stopped is not None:
        return Clock(stand=Klok.GEHAALD if stopped <= last else Klok.GEMIST, uiterlijk=last, dagen=0)
    left = (last - today).days
    stand = Klok.TE_LAAT if left < 0 else Klok.BIJNA if left <= warn else Klok.OP_TIJD
    return Clock(stand=stand, uiterlijk=last, dagen=left)


def clocks(start: date, today: date, policy: Policy, *, gestart: date | None, afgerond: date | None) -> Clocks:
    """Both clocks of an investigation that began on `start`. Approving the start is the reaction; so is closing it."""
    return Clocks(
        reactie=clock(
            weeks_after(start, policy.reactie_weken, policy.gelijkgesteld),
            today,
            policy.reactie_dagen_vooraf,
            gestart or afgerond,
        ),
        afronding=clock(
            months_extended(
                months_after(start, policy.afronding_maanden), policy.afronding_maanden, policy.gelijkgesteld
            ),
            today,
            policy.afronding_dagen_vooraf,
            afgerond,
        ),
    )
