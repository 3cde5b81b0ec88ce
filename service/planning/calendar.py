"""Days and hours in which somebody may be called on, on the wall clock of the Netherlands.

House visits are made on working days between 07:00 and 22:00; at weekends where the gemeente allows it (working method
of the LAA). Holidays are the days of article 3 of the Algemene termijnenwet; for a visit they count as a Sunday.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter

WALL = ZoneInfo("Europe/Amsterdam")
FIRST_HOUR, LAST_HOUR = 7, 22  # from 07:00 until 22:00
SATURDAY, SUNDAY = 5, 6


@cache
def holidays(year: int) -> frozenset[date]:
    """The days of article 3 Atw in `year`, without Sundays as such."""
    sunday = easter(year)
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26), _kings_day(year)}
    if year % 5 == 0:
        fixed.add(date(year, 5, 5))
    return frozenset(fixed | {sunday + timedelta(days=n) for n in (-2, 1, 39, 50)})


def weekday(day: date) -> int:
    """0 = Monday … 6 = Sunday; a holiday is a Sunday."""
    return SUNDAY if day in holidays(day.year) else day.weekday()


def local(moment: datetime) -> datetime:
    """The moment on the wall in the Netherlands. A moment without a zone is taken to be there already."""
    return moment.replace(tzinfo=WALL) if moment.tzinfo is None else moment.astimezone(WALL)


def at(day: date, hour: time) -> datetime:
    """That time of that day on the wall, as a moment."""
    return datetime.combine(day, hour, WALL)


def _kings_day(year: int) -> date:
    day = date(year, 4, 27)
    return day if day.weekday() != SUNDAY else day - timedelta(days=1)
