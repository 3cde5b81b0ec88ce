"""The Algemene termijnenwet, against days looked up by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil import easter as plain  # type: ignore[import-untyped]  # the oracle: another hand's Easter

from service.workdays import easter, extended, feestdagen, free, months_extended, weeks_after


def days(*texts: str) -> set[date]:
    return {date.fromisoformat(text) for text in texts}


def test_the_nine_days_of_two_years_as_the_calendar_has_them() -> None:
    assert feestdagen(2025) == days(
        "2025-01-01", "2025-04-18", "2025-04-21", "2025-04-26", "2025-05-05", "2025-05-29", "2025-06-09",
        "2025-12-25", "2025-12-26",
    )  # fmt: skip  # 27 April 2025 is a Sunday: the king's birthday is kept on the 26th
    assert feestdagen(2027) == days(
        "2027-01-01", "2027-03-26", "2027-03-29", "2027-04-27", "2027-05-05", "2027-05-06", "2027-05-17",
        "2027-12-25", "2027-12-26",
    )  # fmt: skip


def test_easter_is_that_of_another_hand() -> None:
    assert all(easter(year) == plain.easter(year) for year in range(1900, 2300))


@pytest.mark.parametrize(
    ("last", "until"),
    [
        ("2026-12-23", "2026-12-23"),  # a Wednesday
        ("2026-12-25", "2026-12-28"),  # Christmas on Friday and Saturday, then Sunday
        ("2026-04-03", "2026-04-07"),  # Good Friday to Tuesday after Easter
        ("2027-05-05", "2027-05-07"),  # liberation day and ascension day next to each other
        ("2026-11-28", "2026-11-30"),  # a Saturday
    ],
)
def test_a_term_ends_on_a_working_day(last: str, until: str) -> None:
    assert extended(date.fromisoformat(last)) == date.fromisoformat(until)


def test_days_made_equal_by_decree_count_when_they_are_told() -> None:
    friday = date(2026, 5, 15)  # after ascension day
    assert not free(friday) and free(friday, (friday,))
    assert extended(date(2026, 5, 14)) == friday and extended(date(2026, 5, 14), (friday,)) == date(2026, 5, 18)


def test_a_term_longer_than_the_law_covers_ends_where_it_ends() -> None:
    christmas = date(2026, 12, 25)
    assert weeks_after(christmas - timedelta(weeks=12), 12) == date(2026, 12, 28)
    assert weeks_after(christmas - timedelta(weeks=13), 13) == christmas
    assert months_extended(christmas, 3) == date(2026, 12, 28) and months_extended(christmas, 6) == christmas
