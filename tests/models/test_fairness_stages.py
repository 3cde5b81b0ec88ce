"""Who entered a stage and who was selected, by hand; outcomes stand for what they can stand for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models.fairness_stages import ALL_SEEN, RANDOM_ONLY, HeldOut, Practice, confirmed, picked, ranked, visited

NAN = float("nan")
NOW = pd.DataFrame({"g": ["a", "a", "b", "b", "b", "b"]})


def _practice() -> Practice:
    """Of six addresses three were picked (one not finished), one was drawn; the picked second was in group b then."""
    return Practice(
        row=np.array([0, 1, 2, 5]),
        picked=np.array([True, True, True, False]),
        visited=np.array([True, False, False, True]),
        finished=np.array([True, True, False, True]),
        y=np.array([1.0, 0.0, NAN, 0.0]),
        groups=pd.DataFrame({"g": ["a", "b", "b", "b"]}),
    )


def test_those_picked_are_in_the_group_they_were_in_then() -> None:
    entered = picked(NOW, _practice())
    assert entered.groups["g"].tolist() == ["a", "b", "b", "b", "b", "b"]
    assert entered.selected.tolist() == [True, True, True, False, False, False]
    assert NOW["g"].tolist() == ["a", "a", "b", "b", "b", "b"]  # not changed in passing


def test_the_random_stream_stands_for_those_nobody_picked() -> None:
    (seen,) = picked(NOW, _practice()).seen
    assert seen.y.tolist() == [1, 0, 0]
    assert seen.selected.tolist() == [True, True, False]
    assert seen.drawn is not None
    assert seen.drawn.tolist() == [False, False, True]
    assert seen.weight.tolist()[:2] == [1.5, 1.5]  # three were picked, two of them have an outcome
    assert not seen.chosen


def test_visited_and_confirmed_are_of_the_picked_alone() -> None:
    came = visited(_practice())
    assert came.selected.tolist() == [True, False]  # the third is running and nobody went: not yet known
    assert came.seen[0].y.tolist() == [1, 0]
    assert came.seen[0].chosen
    found = confirmed(_practice())
    assert (found.selected.tolist(), found.groups["g"].tolist()) == ([True], ["a"])


def test_a_ranking_is_judged_on_the_random_stream_first() -> None:
    rows = HeldOut(
        flagged=np.array([True, False, True]),
        drawn=np.array([False, True, True]),
        y=np.array([1.0, 0.0, 0.0]),
        weight=np.array([1.0, 0.5, 1.5]),
        groups=pd.DataFrame({"g": ["a", "a", "b"]}),
    )
    entered = ranked(NOW, np.arange(6) == 0, rows)
    random, everything = entered.seen
    assert (random.source, everything.source) == (RANDOM_ONLY, ALL_SEEN)
    assert (random.chosen, everything.chosen) == (False, True)
    assert (random.y.tolist(), random.weight.tolist()) == ([0, 0], [0.5, 1.5])
    assert everything.weight.sum() == pytest.approx(3)
    assert ranked(NOW, np.arange(6) == 0, None).seen == ()
