from __future__ import annotations

import pytest

from service.records import MonthOfUse
from service.web.energy import energy_charts


def month(number: int, verbruik: float | None, product: str = "ELK") -> MonthOfUse:
    maand = f"{2025 + (number - 1) // 12}-{(number - 1) % 12 + 1:02d}"
    return MonthOfUse(product=product, maand=maand, verbruik=verbruik, laag=50.0, midden=100.0, hoog=200.0)


def test_one_chart_per_product_power_first() -> None:
    charts = energy_charts([month(1, 1.0, "GAS"), month(1, 1.0)])
    assert [(chart.product, chart.unit) for chart in charts] == [("ELK", "kWh"), ("GAS", "m³")]


def test_an_unknown_month_breaks_the_line_and_the_year() -> None:
    (chart,) = energy_charts([month(n, None if n == 5 else 100.0) for n in range(1, 13)])
    assert len(chart.own) == 2
    assert len(chart.dots) == 11
    assert chart.year_own is None
    assert chart.year_middle == 1200.0


def test_coordinates() -> None:
    (chart,) = energy_charts([month(n, 210.0 if n == 1 else 0.0) for n in range(1, 14)])
    # The highest value is 210; with 5% headroom the picture ends at 220.5: y = 100 - 100 * 210 / 220.5 = 4.76.
    assert (chart.dots[0].x, chart.dots[0].y) == (0.0, pytest.approx(4.76, abs=0.01))
    assert (chart.dots[-1].x, chart.dots[-1].y) == (100.0, 100.0)
    assert chart.year_own == 0.0  # the last twelve of thirteen
    assert [mark.label for mark in chart.y_marks] == ["0", "100", "200"]


def test_no_use_at_all_is_a_picture_too() -> None:
    empty = MonthOfUse(product="GAS", maand="2026-01", verbruik=0.0, laag=None, midden=None, hoog=None)
    (chart,) = energy_charts([empty])
    assert (chart.band, chart.middle, len(chart.dots)) == ("", (), 1)
