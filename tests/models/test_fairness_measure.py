"""Rates per group against a plain count, small groups out of sight, and no group compared with nobody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from models.fairness import Outcomes
from models.fairness_bounds import FairnessBounds
from models.fairness_gates import OFTEN, SELDOM, WRONGLY
from models.fairness_measure import Entered, measured
from models.fairness_rates import Mask, Seen, outcome_rates, selection_rates
from models.groups import NOBODY

BOUNDS = FairnessBounds(kleinste_groep=20, minste_uitkomsten=5)


def _entered(sizes: dict[str, tuple[int, int]], seen: tuple[Seen, ...] = ()) -> Entered:
    """sizes: group -> (rows, selected)."""
    groups = [group for group, (n, _) in sizes.items() for _ in range(n)]
    selected = [at < chosen for n, chosen in sizes.values() for at in range(n)]
    return Entered(name="s", of="o", groups=pd.DataFrame({"g": groups}), selected=np.array(selected), seen=seen)


def _seen(rows: list[tuple[str, int, int, int]], weight: float = 1.0) -> Seen:
    """rows: (group, selected, y, how often)."""
    flat = [(group, chosen, y) for group, chosen, y, times in rows for _ in range(times)]
    group, chosen, y = zip(*flat, strict=True)
    return Seen(
        source="steekproef",
        says="t",
        groups=pd.DataFrame({"g": group}),
        selected=np.array(chosen, dtype=bool),
        y=np.array(y, dtype=np.float64),
        weight=np.full(len(y), weight),
    )


def rates(seen: Seen, rows: Mask, fewest: int, left: int = 0) -> Outcomes:
    """Of one group; measured among others, so that no group speaks for another."""
    none = np.zeros(len(rows), dtype=bool)
    return outcome_rates(seen, [none, rows, ~rows], [0, left, 0], fewest)[1]


def test_a_group_without_rows_has_no_rate() -> None:
    none, half, whole = selection_rates([0, 4, 3], [0, 2, 3])
    assert np.isnan(none)
    assert (half, whole) == (0.5, 1.0)
    assert all(map(np.isnan, selection_rates([0], [0])))


def test_where_every_group_is_too_small_there_are_no_rates() -> None:
    """A small gemeente: nothing to show is no fault."""
    assert outcome_rates(_seen([("a", 1, 1, 3)]), [], [], 5) == ()
    assert selection_rates([], []) == ()


def test_rates_are_those_of_a_plain_count() -> None:
    rng = np.random.default_rng(1)
    y, chosen, weight = rng.integers(0, 2, 60), rng.integers(0, 2, 60), rng.uniform(0.5, 2, 60)
    seen = Seen(
        source="s", says="t", groups=pd.DataFrame({"g": ["a"] * 60}), selected=chosen == 1, y=y.astype(float),
        weight=weight,
    )  # fmt: skip
    found = rates(seen, np.ones(60, dtype=bool), 5)
    cell = {(a, b): sum(w for yy, c, w in zip(y, chosen, weight, strict=True) if (yy, c) == (a, b))
            for a in (0, 1) for b in (0, 1)}  # fmt: skip
    assert found.hit.value == pytest.approx(cell[1, 1] / (cell[1, 1] + cell[0, 1]))
    assert found.fpr.value == pytest.approx(cell[0, 1] / (cell[0, 1] + cell[0, 0]))
    assert found.fnr.value == pytest.approx(cell[1, 0] / (cell[1, 0] + cell[1, 1]))
    assert (found.hit.n, found.fpr.n, found.fnr.n) == (chosen.sum(), (y == 0).sum(), (y == 1).sum())
    assert found.fpr.low < found.fpr.value < found.fpr.high


def test_a_rate_on_too_few_outcomes_is_not_given() -> None:
    seen = _seen([("a", 1, 1, 4), ("a", 0, 0, 30)])
    found = rates(seen, np.ones(34, dtype=bool), 5)
    assert found.fpr.value == 0
    assert not found.hit.known and found.hit.n == 4
    assert not found.fnr.known and found.fnr.n == 4
    nothing = rates(seen, np.zeros(34, dtype=bool), 5)
    assert not nothing.fpr.known and nothing.fpr.n == 0


def test_rows_by_lot_stand_for_all_that_were_not_selected_in_their_own_group() -> None:
    seen = replace(_seen([("a", 1, 0, 30), ("a", 1, 1, 10), ("a", 0, 0, 9), ("a", 0, 1, 1)]), chosen=False)
    seen = replace(seen, drawn=~seen.selected)
    found = rates(seen, np.ones(50, dtype=bool), 5, left=960)
    # each of the ten by lot stands for 96: 30 selected of 30 + 9 x 96 with nothing amiss
    assert found.fpr.value == pytest.approx(30 / (30 + 864))
    assert found.fnr.value == pytest.approx(96 / (96 + 10))
    assert found.fpr.high - found.fpr.low > 0.1  # ten by lot are few, however many were selected
    assert found.hit.value == pytest.approx(0.25)
    few = replace(seen, drawn=seen.drawn & (np.arange(50) > 46))  # type: ignore[operator]
    assert not rates(few, np.ones(50, dtype=bool), 5, left=960).fpr.known


def test_without_a_miss_by_lot_there_is_no_telling_how_many_are_missed() -> None:
    seen = _seen([("a", 1, 1, 30), ("a", 0, 0, 10)])
    found = rates(replace(seen, drawn=~seen.selected), np.ones(40, dtype=bool), 5, left=960)
    assert found.fpr.known
    assert not found.fnr.known


def test_what_somebody_chose_is_no_ground_to_judge_false_alarms_by() -> None:
    seen = _seen([("a", 1, 0, 60), ("a", 0, 0, 140), ("b", 1, 0, 10), ("b", 0, 0, 190)])
    entered = _entered({"a": (500, 50), "b": (500, 50)}, (replace(seen, chosen=True),))
    assert not measured(entered, BOUNDS).groupings[0].disparities[0].fpr.known


def test_selection_rates_and_ratios_by_hand() -> None:
    stage = measured(_entered({"a": (100, 30), "b": (200, 20), NOBODY: (50, 50)}), BOUNDS)
    (grouping,) = stage.groupings
    shown = {figures.group: figures for figures in grouping.groups}
    assert {name: (f.n, f.selected, f.selection.value) for name, f in shown.items()} == {
        "a": (100, 30, pytest.approx(0.3)), "b": (200, 20, pytest.approx(0.1)), NOBODY: (50, 50, pytest.approx(1.0)),
    }  # fmt: skip
    ratios = {d.group: d.ratio.value for d in grouping.disparities}  # against the others; nobody is no group of people
    assert ratios == {"a": pytest.approx(3.0), "b": pytest.approx(1 / 3)}
    assert (stage.n, stage.selected) == (350, 100)


def test_small_groups_are_joined_and_shown_nowhere() -> None:
    stage = measured(_entered({"a": (100, 30), "b": (90, 20), "c": (5, 5), "d": (14, 1)}), BOUNDS)
    (grouping,) = stage.groupings
    assert [figures.group for figures in grouping.groups] == ["a", "b"]
    assert grouping.joined == (2, 19)
    assert {d.group: d.ratio.value for d in grouping.disparities}["a"] == pytest.approx(0.3 / (26 / 109))


def test_a_difference_within_noise_breaks_no_bound_beyond_it() -> None:
    small = measured(_entered({"a": (40, 6), "b": (40, 3)}), BOUNDS).groupings[0].disparities[0]
    assert (small.broken, small.beyond_noise) == ((OFTEN,), ())
    large = measured(_entered({"a": (4000, 600), "b": (4000, 300)}), BOUNDS).groupings[0].disparities[0]
    assert (large.broken, large.beyond_noise) == ((OFTEN,), (OFTEN,))
    assert large.unfounded == ()  # nothing says that the hits do not bear it out


def test_a_group_chosen_more_often_is_unfounded_only_where_its_hits_are_lower() -> None:
    sizes = {"a": (4000, 600), "b": (4000, 300)}
    poor = _seen([("a", 1, 1, 10), ("a", 1, 0, 90), ("b", 1, 1, 50), ("b", 1, 0, 50)])
    equal = _seen([("a", 1, 1, 50), ("a", 1, 0, 50), ("b", 1, 1, 50), ("b", 1, 0, 50)])
    a, b = measured(_entered(sizes, (poor,)), BOUNDS).groupings[0].disparities
    assert (a.unfounded, b.unfounded) == ((OFTEN,), (SELDOM,))
    assert measured(_entered(sizes, (equal,)), BOUNDS).groupings[0].disparities[0].unfounded == ()
    strict = FairnessBounds(kleinste_groep=20, minste_uitkomsten=5, ook_met_grond=True)
    assert measured(_entered(sizes, (equal,)), strict).groupings[0].disparities[0].unfounded == (OFTEN,)


def test_more_false_alarms_in_a_group_are_always_unfounded() -> None:
    seen = _seen([("a", 1, 0, 60), ("a", 0, 0, 140), ("b", 1, 0, 10), ("b", 0, 0, 190)])
    a, b = measured(_entered({"a": (500, 50), "b": (500, 50)}, (seen,)), BOUNDS).groupings[0].disparities
    assert a.fpr.value == pytest.approx(0.3 - 0.05)
    assert (a.unfounded, b.unfounded) == ((WRONGLY,), ())


def test_equal_groups_rarely_raise_an_alarm_whatever_the_number_of_groups() -> None:
    rng = np.random.default_rng(7)
    alarms = 0
    for _ in range(60):
        sizes = {f"g{at}": (400, int(rng.binomial(400, 0.1))) for at in range(12)}
        stage = measured(_entered(sizes), BOUNDS)
        alarms += any(d.beyond_noise for d in stage.groupings[0].disparities)
    assert alarms <= 3  # within the bounds the ratio must not even be 1: well under 5%
