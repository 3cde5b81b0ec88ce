"""Numbers, dates and chances as a Dutch reader writes them."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def number(value: float | None, decimals: int = 0, unknown: str = "onbekend") -> str:
    """12345.6 -> "12.346"; None -> `unknown`. A minus is the typographic one."""
    if value is None:
        return unknown
    text = f"{abs(value):,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    negative = value < 0 and any(digit in text for digit in "123456789")
    return "−" + text if negative else text


def signed(value: float, decimals: int = 2) -> str:
    """With its sign always shown: "+0,84", "−0,84"."""
    text = number(value, decimals)
    return text if text.startswith("−") else "+" + text


def day(value: date | None, unknown: str = "onbekend") -> str:
    """2026-10-01 -> "1 oktober 2026"."""
    return unknown if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: str) -> str:
    """2026-08 -> "augustus 2026"."""
    year, of_year = value.split("-")
    return f"{MONTHS[int(of_year) - 1]} {year}"


def percent(chance: float) -> str:
    """A chance of 0-1 in words that do not promise more than they know: "minder dan 1%", "4,2%", "37%"."""
    if chance < 0.01:
        return "minder dan 1%"
    if chance > 0.99:
        return "meer dan 99%"
    return number(chance * 100, 1 if chance < 0.1 else 0) + "%"


def of_hundred(chance: float) -> str:
    """A chance of 0-1 as a count in 100: "minder dan 1", "ongeveer 37"."""
    return "minder dan 1" if chance < 0.005 else f"ongeveer {min(99, max(1, round(chance * 100)))}"
