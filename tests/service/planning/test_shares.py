from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.columns import Doel
from models.scores import BANDS
from service.planning.doors import CHOSEN, Candidate
from service.planning.shares import Period, Portions, drawn, numbers, settled
from service.worklist import lot
from service.worklist.codes import Aanleiding
from service.worklist.policy import UNIT
from service.worklist.shares import Rest
from tests.service.planning.doors import door

TENTHS = Portions()
FREE = [door(i, band=BANDS[i % 5], kans=0.01 * (i % 50)) for i in range(200)]


def seed(period: int) -> str:
    return lot.seed(b"k" * 32, "0175", "spookbewoning", str(period), "run")


def streams(period: Period) -> Counter[str]:
    return Counter(one.stroom for one in period.candidates if one.gekozen)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=12),
    st.integers(0, 5000),
    st.integers(0, 5000),
)
def test_over_the_periods_together_the_shares_are_exact(sizes: list[int], explore: int, chance: int) -> None:
    portions = Portions(verkenning=explore / UNIT, steekproef=chance / UNIT)
    rest, by_lot, exploring = Rest(), 0, 0
    for size in sizes:
        got = numbers(portions, size, rest)
        assert got.risico + got.verkenning + got.steekproef == size and got.risico >= 0
        rest, by_lot, exploring = got.rest, by_lot + got.steekproef, exploring + got.verkenning
    assert by_lot == floor(sum(sizes) * chance / UNIT)
    assert exploring == floor(sum(sizes) * explore / UNIT)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(-8, 8)), min_size=1, max_size=10))
def test_what_was_planned_in_the_end_is_what_counts(periods: list[tuple[int, int]]) -> None:
    rest, planned, by_lot = Rest(), 0, 0
    for size, more in periods:
        period = drawn(FREE, size, seed(size), before=rest)
        assert streams(period)[Aanleiding.STEEKPROEF] == period.numbers.steekproef
        assert streams(period)[Aanleiding.VERKENNING] == period.numbers.verkenning
        doors = max(size + more, 0)
        rest = settled(TENTHS, period.numbers, doors, rest)
        planned, by_lot = planned + doors, by_lot + period.numbers.steekproef
        assert by_lot * UNIT + rest.steekproef == planned * 1000
    done = numbers(TENTHS, 60, rest)  # ... and the next period makes good what it can
    assert by_lot + done.steekproef == max(floor((planned + 60) / 10), by_lot)


def test_the_chances_add_up_to_what_is_drawn() -> None:
    period = drawn(FREE, 100, seed(1))
    by_lot = [one for one in period.candidates if one.stroom is Aanleiding.STEEKPROEF]
    assert len(by_lot) == 10 and {one.selectiekans for one in by_lot} == {10 / 200}
    # Of those that exploration drew in a band, 1 - (1 - m/40)(1 - 10/200) each: 5 bands of 40, ten to draw, two a band
    explored = {one.selectiekans for one in period.candidates if one.stroom is Aanleiding.VERKENNING}
    assert explored == {1 - (1 - 2 / 40) * (1 - 10 / 200)}


def test_over_many_lots_each_door_is_drawn_as_often_as_its_chance_says() -> None:
    few = FREE[:20]
    hits = Counter(
        one.identificatie
        for n in range(2000)
        for one in drawn(few, 20, seed(n)).candidates
        if one.stroom is Aanleiding.STEEKPROEF
    )
    # 2 of 20: 200 of 2,000 each, standard deviation 13.4; 20 doors: within 4 of them
    assert len(hits) == 20 and all(abs(count - 200) < 54 for count in hits.values())


def test_the_lot_looks_at_nothing_but_the_bands() -> None:
    """Blind: what is worth much, was tried before or lies far away changes nothing in what the lot takes."""
    other = [replace(one, kans=0.5 - one.kans, x=1e5, onderzoek_id="z", pogingen=()) for one in FREE]
    one, two = drawn(FREE, 100, seed(1)), drawn(other, 100, seed(1))
    assert [c.gekozen for c in one.candidates] == [c.gekozen for c in two.candidates]


def test_what_did_not_fit_is_first_in_the_next_period_with_its_own_chance() -> None:
    first = drawn(FREE, 100, seed(1))
    left = [one for one in first.candidates if one.gekozen][:3]
    later = drawn(FREE, 100, seed(2), before=first.numbers.rest, carried=left)
    found = {one.identificatie: one for one in later.candidates}
    assert len(found) == len(FREE) and later.waiting == 3
    for one in left:
        assert found[one.identificatie] == one
    assert later.numbers.steekproef == 10  # they were counted when they were drawn
    assert {
        one.selectiekans for one in later.candidates if one.stroom is Aanleiding.STEEKPROEF and one not in left
    } == {10 / 197}


def test_while_the_model_is_stopped_chance_goes_on_alone() -> None:
    period = drawn([replace(one, band="") for one in FREE], 100, seed(1))
    assert streams(period) == {Aanleiding.STEEKPROEF: 10}
    assert period.numbers.rest == Rest(verkenning=10 * UNIT)  # owed


def test_more_than_there_is_cannot_be_drawn() -> None:
    period = drawn(FREE[:3], 100, seed(1), portions=Portions(verkenning=0.0, steekproef=1.0))
    assert all(one.gekozen and one.selectiekans == 1.0 for one in period.candidates)
    assert drawn([], 10, seed(1)).candidates == ()


def test_bad_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        drawn([door(1), door(1)], 10, seed(1))
    with pytest.raises(ValueError, match="one target"):
        drawn([door(1), door(2, doel=Doel.SCHIJNBEWONING)], 10, seed(1))
    for wrong in ((0.6, 0.6), (-0.1, 0.1), (0.00001, 0.1)):
        with pytest.raises(ValueError):
            Portions(verkenning=wrong[0], steekproef=wrong[1])


def test_only_what_the_lot_drew_is_marked() -> None:
    period = drawn(FREE, 100, seed(3))

    def unmarked(one: Candidate) -> bool:
        return not one.gekozen and one.selectiekans is None and one.stroom is Aanleiding.RISICO

    assert all((one.gekozen and one.stroom in CHOSEN) or unmarked(one) for one in period.candidates)
