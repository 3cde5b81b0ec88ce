from __future__ import annotations

from datetime import date

import pytest

from service.records import Stay
from service.web.timeline import timeline

PEILDATUM = date(2026, 10, 1)


def stay(persoon: int, van: date | None, tot: date | None) -> Stay:
    return Stay(persoon=persoon, functie="W", van=van, tot=tot, einde_reden="")


def test_nothing_to_draw() -> None:
    assert timeline([], PEILDATUM) is None


def test_a_year_is_its_share_of_the_width() -> None:
    found = timeline([stay(1, date(2025, 1, 1), date(2026, 1, 1)), stay(2, date(2026, 1, 1), None)], PEILDATUM)
    assert found is not None
    # 1 January 2025 to 1 October 2026 is 365 + 273 = 638 days; the first stay lasts 365 of them.
    first, second = (row.spans[0] for row in found.rows)
    assert (first.x, first.width) == (0.0, pytest.approx(100 * 365 / 638, abs=0.01))
    assert (second.x, second.width) == (pytest.approx(57.21, abs=0.01), pytest.approx(42.79, abs=0.01))
    assert (first.running, second.running) == (False, True)
    assert [tick.year for tick in found.ticks] == [2025, 2026]


def test_an_old_or_unknown_arrival_begins_at_the_edge() -> None:
    found = timeline([stay(1, date(1971, 5, 1), None), stay(2, None, date(2020, 1, 1))], PEILDATUM)
    assert found is not None
    assert found.begin == date(2016, 1, 1)
    assert all(row.spans[0].x == 0.0 and row.spans[0].before for row in found.rows)


def test_one_row_per_person_and_stays_over_before_the_picture_are_left_to_the_table() -> None:
    stays = [
        stay(1, date(1990, 1, 1), date(1995, 1, 1)),
        stay(1, date(2020, 1, 1), None),
        stay(2, date(2024, 1, 1), None),
    ]
    found = timeline(stays, PEILDATUM)
    assert found is not None
    assert [(row.persoon, len(row.spans)) for row in found.rows] == [(1, 1), (2, 1)]


def test_nothing_is_drawn_outside_the_picture_and_a_day_is_still_seen() -> None:
    found = timeline([stay(1, date(2026, 9, 30), None), stay(2, date(2020, 1, 1), date(2020, 1, 2))], PEILDATUM)
    assert found is not None
    for row in found.rows:
        assert row.spans[0].width >= 0.6
        assert row.spans[0].x + row.spans[0].width <= 100.01
