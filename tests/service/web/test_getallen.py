from __future__ import annotations

from datetime import date

import pytest

from service.web import getallen


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (12345.6, 0, "12.346"),
        (1234567.891, 2, "1.234.567,89"),
        (-0.4, 1, "−0,4"),
        (-0.001, 1, "0,0"),
        (None, 0, "onbekend"),
    ],
)
def test_numbers(value: float | None, decimals: int, text: str) -> None:
    assert getallen.number(value, decimals) == text


def test_sign_date_and_month() -> None:
    assert (getallen.signed(0.84), getallen.signed(-0.84), getallen.signed(0)) == ("+0,84", "−0,84", "+0,00")
    assert getallen.day(date(2026, 10, 1)) == "1 oktober 2026"
    assert getallen.day(None, "loopt nog") == "loopt nog"
    assert getallen.month("2026-08") == "augustus 2026"


@pytest.mark.parametrize(
    ("chance", "percent", "count"),
    [
        (0.0001, "minder dan 1%", "minder dan 1"),
        (0.042, "4,2%", "ongeveer 4"),
        (0.371, "37%", "ongeveer 37"),
        (0.999, "meer dan 99%", "ongeveer 99"),  # never a certainty
    ],
)
def test_chances(chance: float, percent: str, count: str) -> None:
    assert (getallen.percent(chance), getallen.of_hundred(chance)) == (percent, count)
