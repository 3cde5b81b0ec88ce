"""Moments as people in the Netherlands read them: the logs keep UTC, a page shows the clock on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WALL = ZoneInfo("Europe/Amsterdam")


def clock(moment: datetime) -> str:
    """2026-11-25T08:05:09Z -> "25-11-2026 09:05:09"."""
    return moment.astimezone(WALL).strftime("%d-%m-%Y %H:%M:%S")


def begin(day: date | None) -> datetime | None:
    """The first moment of a day."""
    return None if day is None else datetime.combine(day, time(), WALL).astimezone(UTC)


def after(day: date | None) -> datetime | None:
    """The first moment of the day after it, so that a filter "up to and including" is one "before"."""
    return None if day is None else begin(day + timedelta(days=1))
