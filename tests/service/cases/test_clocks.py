from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from service.cases.clocks import Klok, clock, clocks, local_day, months_after
from service.cases.policy import Policy


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2026-01-15", 6, "2026-07-15"),
        ("2026-08-31", 6, "2027-02-28"),  # February has no 31st
        ("2027-08-31", 6, "2028-02-29"),  # nor in a leap year, but one day more
        ("2026-03-31", 6, "2026-09-30"),
        ("2026-07-01", 6, "2027-01-01"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_months_on_the_calendar(day: str, months: int, after: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(after)


@pytest.mark.parametrize(
    ("left", "stand"),
    [(8, "op_tijd"), (7, "bijna"), (1, "bijna"), (0, "bijna"), (-1, "te_laat")],
)
def test_a_clock_warns_a_week_before_and_counts_its_last_day(left: int, stand: str) -> None:
    last = date(2026, 12, 23)
    found = clock(last, last - timedelta(days=left), 7, None)
    assert (found.stand, found.dagen) == (stand, left)


def test_a_clock_that_stopped_is_met_or_missed() -> None:
    last = date(2026, 12, 23)
    assert clock(last, date(2027, 6, 1), 7, last).stand is Klok.GEHAALD
    assert clock(last, date(2027, 6, 1), 7, last + timedelta(days=1)).stand is Klok.GEMIST


def test_both_clocks_of_a_case() -> None:
    start = date(2026, 8, 31)
    both = clocks(start, date(2026, 9, 29), Policy(), gestart=None, afgerond=None)
    assert both.reactie.uiterlijk == date(2026, 9, 28) and both.reactie.stand is Klok.TE_LAAT
    assert both.afronding.uiterlijk == date(2027, 2, 28) and both.afronding.stand is Klok.OP_TIJD
    assert both.dringendst is both.reactie
    started = clocks(start, date(2026, 9, 29), Policy(), gestart=date(2026, 9, 28), afgerond=None)
    assert started.reactie.stand is Klok.GEHAALD and started.dringendst is started.afronding


def test_four_weeks_end_on_a_working_day_and_six_months_where_they_end() -> None:
    # 27 November 2026 + 4 weeks is Christmas, a Friday; the 26th is one too, the 27th a Sunday.
    christmas = clocks(date(2026, 11, 27), date(2026, 12, 28), Policy(), gestart=None, afgerond=None)
    assert christmas.reactie.uiterlijk == date(2026, 12, 28) and christmas.reactie.stand is Klok.BIJNA
    # 5 November 2026 + 6 months is liberation day: longer than art. 4 of the Algemene termijnenwet covers.
    assert clocks(
        date(2026, 11, 5), date(2026, 11, 5), Policy(), gestart=None, afgerond=None
    ).afronding.uiterlijk == date(2027, 5, 5)
    told = Policy(gelijkgesteld=(date(2026, 12, 28),))
    again = clocks(date(2026, 11, 27), date(2026, 12, 28), told, gestart=None, afgerond=None)
    assert again.reactie.uiterlijk == date(2026, 12, 29)


def test_a_day_is_a_day_in_the_netherlands() -> None:
    assert local_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)  # winter: UTC + 1
    assert local_day(datetime(2026, 6, 30, 21, 30, tzinfo=UTC)) == date(2026, 6, 30)  # summer: UTC + 2
