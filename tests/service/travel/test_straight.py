from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.travel.straight import PARKING, Gebied, StraightLine

SPOT = st.tuples(st.floats(0, 60_000), st.floats(0, 60_000))


def test_a_trip_is_its_stretches_and_the_time_to_park() -> None:
    points = np.array([[0.0, 0.0], [3_000.0, 4_000.0], [0.0, 0.0]])  # 5 km as the crow flies, and the same yard again
    seconds = StraightLine().seconds(points)
    first = 1_000 * 1.5 / (30 / 3.6)  # 1 km at 30: 180 s
    then = 4_000 * 1.35 / (45 / 3.6)  # 4 km at 45: 432 s
    assert seconds[0, 1] == pytest.approx(60 + first + then) == 672
    assert seconds[0, 2] == 0 and (np.diag(seconds) == 0).all()
    assert StraightLine(Gebied.BEBOUWD).seconds(points)[0, 1] > seconds[0, 1]
    assert StraightLine(parking=0).seconds(points)[0, 1] == pytest.approx(612)
    assert StraightLine().name == "rechte lijn met omweg (buitengebied)"


@given(st.lists(SPOT, min_size=3, max_size=6), st.sampled_from(Gebied))
@settings(max_examples=40)
def test_a_stop_in_between_never_makes_a_trip_shorter(spots: list[tuple[float, float]], gebied: Gebied) -> None:
    seconds = StraightLine(gebied).seconds(np.array(spots))
    assert (seconds == seconds.T).all() and (seconds >= 0).all()
    through = seconds[:, :, None] + seconds[None, :, :]
    assert (seconds[:, None, :] <= through + 1e-6).all()
    assert (seconds[seconds > 0] >= PARKING).all()


@pytest.mark.parametrize("wrong", [np.zeros(4), np.zeros((2, 3)), np.array([[np.nan, 1.0]])])
def test_points_that_are_no_points_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="finite metres"):
        StraightLine().seconds(wrong)


def test_no_points_give_an_empty_matrix() -> None:
    assert StraightLine().seconds(np.empty((0, 2))).shape == (0, 0)
