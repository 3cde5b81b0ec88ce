"""Days on which a term cannot end and people need not expect us: the Algemene termijnenwet, and nothing of our own.

The rule is the law's, written out: the library `holidays` leaves the fifth of May to collective agreements, and art. 3
does not. Art. 2 (a term holds two working days) never bites: it needs a term shorter than any of ours.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
MOST_WEEKS, MOST_MONTHS = 12, 3  # art. 4: of a longer term the last day stays what it is
_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def feestdagen(year: int) -> frozenset[date]:
    """The generally recognised holidays (art. 3 lid 1) and Good Friday (lid 2), which counts as one, of `year`."""
    paasdag = easter(year)
    koningsdag = date(year, 4, 27)
    return frozenset(
        {
            date(year, 1, 1),
            paasdag - 2 * _DAY,  # Goede Vrijdag
            paasdag + _DAY,  # tweede paasdag
            koningsdag if koningsdag.isoweekday() != 7 else koningsdag - _DAY,  # a Sunday: the day before
            date(year, 5, 5),
            paasdag + 39 * _DAY,  # Hemelvaartsdag
            paasdag + 50 * _DAY,  # tweede pinksterdag
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moved = (8 * century + 13) // 25
    moon = (19 * golden + century - century // 4 - moved + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def free(day: date, gelijkgesteld: Collection[date] = ()) -> bool:
    """Whether `day` is a Saturday, a Sunday or a holiday. gelijkgesteld: days made equal by decree (art. 3 lid 3)."""
    return day.weekday() >= SATURDAY or day in feestdagen(day.year) or day in gelijkgesteld


def extended(last: date, gelijkgesteld: Collection[date] = ()) -> date:
    """`last`, or when that is free the first day after it that is not (art. 1 lid 1)."""
    while free(last, gelijkgesteld):
        last += _DAY
    return last


def weeks_after(start: date, weeks: int, gelijkgesteld: Collection[date] = ()) -> date:
    """The last day of a term of so many weeks from `start`."""
    last = start + timedelta(weeks=weeks)
    return extended(last, gelijkgesteld) if weeks <= MOST_WEEKS else last


def months_extended(last: date, months: int, gelijkgesteld: Collection[date] = ()) -> date:
    """The last day of a term of `months` months that would end on `last`."""
    return extended(last, gelijkgesteld) if months <= MOST_MONTHS else last
