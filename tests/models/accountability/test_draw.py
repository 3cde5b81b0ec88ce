"""The pictures against the numbers they show, by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from features.register import FEATURES
from models.accountability.cell_words import cell_labels
from models.accountability.draw_figures import calibration_points, whiskers
from models.accountability.draw_tables import HEIGHT, pair, scale, shape
from models.evaluate import Interval
from models.figures import Bin
from models.tables import TableModel, Term

COUNT = next(f for f in FEATURES if f.unit == "personen" and f.decimals == 0)
PERCENT = next(f for f in FEATURES if f.unit == "%")
TERM = Term(features=(COUNT.name,), cuts=(np.array([0.5, 2.5]),), scores=np.array([0.5, -1.0, 1.0, 3.0, 99.0]))
MODEL = TableModel(doel="spookbewoning", base=0.0, terms=(TERM,))


def test_one_scale_from_the_lowest_to_the_highest_known_cell() -> None:
    assert scale(MODEL) == (-1.0, 3.0)  # 99 is the cell that no value falls in
    only_up = replace(MODEL, terms=(replace(TERM, scores=np.array([0.0, 1.0, 2.0, 3.0, 0.0])),))
    assert scale(only_up) == (0.0, 3.0)


def test_bars_stand_on_the_zero_line_and_are_as_long_as_their_points() -> None:
    found = shape(TERM, COUNT, scale(MODEL))
    assert found.zero == 3 / 4 * HEIGHT
    assert [bar.height for bar in found.bars] == pytest.approx([HEIGHT / 8, HEIGHT / 4, HEIGHT / 4, 3 * HEIGHT / 4])
    assert [bar.up for bar in found.bars] == [True, False, True, True]
    assert found.bars[1].y == found.zero  # hangs below it
    assert found.bars[3].y == 0
    assert [bar.says for bar in found.bars] == ["onbekend: +0,50", "0: −1,00", "1–2: +1,00", "vanaf 3: +3,00"]


@pytest.mark.parametrize(
    ("cuts", "said"),
    [
        ([0.5, 1.0, 1.5, 2.5], ["0", "", "1", "2", "vanaf 3"]),  # no whole number lies in [0.5, 1)
        ([1.0], ["0", "vanaf 1"]),  # a value on a border belongs to the upper cell
        ([3.48, 6.5, 240.0], ["t/m 3", "4–6", "7–239", "vanaf 240"]),
        ([], ["alle"]),
    ],
)
def test_cells_of_what_is_counted(cuts: list[float], said: list[str]) -> None:
    assert cell_labels(np.array(cuts), COUNT) == said


def test_cells_of_what_is_measured_and_what_is_named() -> None:
    assert cell_labels(np.array([0.5, 50.0, 70.25]), PERCENT) == [
        "onder 0,5",
        "0,5 tot 50",
        "50 tot 70,2",
        "vanaf 70,2",
    ]
    named = replace(COUNT, named_values=((0.0, "nee"), (1.0, "ja")))
    assert cell_labels(np.array([0.5]), named) == ["nee", "ja"]


def test_a_cell_that_no_count_falls_in_is_not_drawn() -> None:
    term = replace(TERM, cuts=(np.array([0.5, 1.0]),), scores=np.array([0.0, -1.0, 9.0, 3.0, 0.0]))
    assert [bar.says for bar in shape(term, COUNT, (-1.0, 3.0)).bars] == [
        "onbekend: 0,00",
        "0: −1,00",
        "vanaf 1: +3,00",
    ]


def test_a_pair_is_a_map_of_all_known_cells() -> None:
    term = Term(
        features=(COUNT.name, PERCENT.name),
        cuts=(np.array([0.5]), np.array([10.0])),
        scores=np.array([[0, 0, 0, 0], [0, -1, 0.5, 0], [0, 0, 2, 0], [9, 9, 9, 9]], dtype=float),
    )
    found = pair(term, {COUNT.name: COUNT, PERCENT.name: PERCENT}, (-1.0, 4.0))
    assert len(found.cells) == 9
    by_words = {cell.says: cell for cell in found.cells}
    assert by_words["vanaf 1 en vanaf 10: +2,00"].share == 0.5
    assert by_words["0 en onder 10: −1,00"].share == -0.25
    assert by_words["vanaf 1 en vanaf 10: +2,00"].y < by_words["0 en vanaf 10: +0,50"].y  # low at the bottom


def test_figures_on_a_scale_of_a_hundred() -> None:
    (found,) = whiskers([("a", Interval(value=0.4, low=-0.1, high=1.2), math.nan)])
    assert (found.at, found.low, found.high) == (40.0, 0.0, 100.0)
    assert math.isnan(found.mark)


def test_the_calibration_fits_its_frame() -> None:
    bins = [Bin(kans=0.05, found=0.1, n=400, low=0.05, high=0.18), Bin(kans=0.15, found=0.1, n=100)]
    edge, points = calibration_points(bins)
    assert edge == 0.2
    assert [(p.x, p.y, p.low, p.high) for p in points] == [(25.0, 50.0, 25.0, 90.0), (75.0, 50.0, 50.0, 50.0)]
    assert points[0].radius == 6.0 and points[1].radius == 2.5 + 3.5 / 2
    assert calibration_points(()) == (1.0, ())
