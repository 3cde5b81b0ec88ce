from __future__ import annotations

import math
import time

import numpy as np
import pandas as pd
import pytest

from models.drift import Drift, Drifted, Level, drift
from models.spread import FEWEST, Reference, Spread, from_json, reference, tally, to_json
from models.tables import Floats, TableModel, Term


def model(**cuts: list[float]) -> TableModel:
    terms = tuple(
        Term(features=(name,), cuts=(np.array(cut),), scores=np.zeros(len(cut) + 3)) for name, cut in cuts.items()
    )
    return TableModel(doel="spookbewoning", base=0.0, terms=terms, register="r")


def of(then: pd.DataFrame, now: pd.DataFrame, **cuts: list[float]) -> Drift:
    made = reference(model(**cuts), then, np.zeros(len(then)), as_of="2026-09-30")
    return drift(made, tally(made, now, np.zeros(len(now))))


def one(then: Floats, now: Floats, cuts: list[float]) -> Drifted:
    return of(pd.DataFrame({"a": then}), pd.DataFrame({"a": now}), a=cuts).features[0]


def plain_psi(then: list[int], now: list[int]) -> float:
    """The definition, cell by cell, half a row in each."""
    total_then, total_now = sum(then) + len(then) / 2, sum(now) + len(now) / 2
    found = 0.0
    for a, b in zip(then, now, strict=True):
        share_then, share_now = (a + 0.5) / total_then, (b + 0.5) / total_now
        found += (share_now - share_then) * math.log(share_now / share_then)
    return found


def test_the_index_is_the_one_of_the_definition() -> None:
    then = np.repeat([0.0, 1.0, 2.0, np.nan], [500, 300, 150, 50])
    now = np.repeat([0.0, 1.0, 2.0, np.nan], [200, 300, 300, 200])
    found = one(then, now, [0.5, 1.5])
    assert found.psi == pytest.approx(plain_psi([50, 500, 300, 150], [200, 200, 300, 300]), rel=1e-12)
    assert found.then == pytest.approx((0.05, 0.5, 0.3, 0.15))
    assert found.now == pytest.approx((0.2, 0.2, 0.3, 0.3))
    assert found.missing == pytest.approx(0.15)
    assert found.level is Level.ROOD
    assert "verschoven" in found.why and "zonder waarde" in found.why


def test_the_same_population_is_green_and_its_index_zero() -> None:
    values = np.random.default_rng(1).normal(size=3000)
    found = one(values, values, [-1.0, 0.0, 1.0])
    assert (found.psi, found.level, found.why) == (0.0, Level.GROEN, "")


def test_chance_alone_gives_small_p_as_often_as_it_should() -> None:
    """200 features without drift, in a gemeente so small that the index itself is often above 0.10."""
    rng = np.random.default_rng(2)
    names = [f"f{i}" for i in range(200)]
    then, now = (pd.DataFrame(rng.normal(size=(300, 200)), columns=names) for _ in range(2))
    found = of(then, now, **{name: [-1.0, -0.5, 0.0, 0.5, 1.0] for name in names})
    small = np.array([one.p < 0.10 for one in found.features])
    assert 0.04 < small.mean() < 0.18
    assert found.of(Level.ROOD) == ()


def test_the_same_shift_is_red_with_many_rows_and_green_with_few() -> None:
    def shifted(n: int) -> Level:
        return one(np.repeat([0.0, 1.0], [n // 2, n // 2]), np.repeat([0.0, 1.0], [n // 4, 3 * n // 4]), [0.5]).level

    assert shifted(4000) is Level.ROOD
    assert shifted(40) is Level.GROEN


def test_new_and_vanished_values_in_a_cell_that_hides_them() -> None:
    then = np.repeat([1.0, 2.0, 5.0], [800, 600, 600])
    now = np.repeat([1.0, 3.0, 5.0], [800, 600, 600])
    found = one(then, now, [1.5, 4.0])  # 2 and 3 share a cell: the index sees nothing
    assert found.psi == 0.0
    assert (found.new, found.vanished) == (pytest.approx(0.3), pytest.approx(0.3))
    assert found.level is Level.ROOD


def test_a_source_that_is_gone_is_missing_everywhere() -> None:
    then = pd.DataFrame({"a": np.arange(200.0), "b": np.arange(200.0)})
    found = of(then, then[["a"]], a=[50.0, 100.0], b=[50.0, 100.0])
    assert [(one.name, one.level) for one in found.features] == [("b", Level.ROOD), ("a", Level.GROEN)]
    assert found.features[0].missing == 1.0


def test_no_cell_of_the_reference_tells_of_single_addresses() -> None:
    values = np.concatenate([np.zeros(500), np.arange(1.0, 31.0), np.full(5, np.nan)])
    made = reference(model(a=[0.5, *np.arange(2.0, 31.0)]), pd.DataFrame({"a": values}), values * 0, as_of="x")
    spread = made.features[0]
    assert min(spread.counts[1:]) >= FEWEST
    assert sum(spread.counts) == len(values)
    few = reference(
        model(a=[0.5]), pd.DataFrame({"a": np.repeat([0.0, 1.0, 7.0], [500, 30, 2])}), np.zeros(532), as_of="x"
    ).features[0]
    assert (few.values, few.rare) == ((0.0, 1.0), 2)


def test_gemeenten_add_up() -> None:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"a": rng.integers(0, 5, 400).astype(float)})
    made = reference(model(a=[0.5, 2.5]), frame, np.zeros(400), as_of="x")
    parts = tally(made, frame[:150], np.zeros(150)) + tally(made, frame[150:], np.zeros(250))
    assert drift(made, parts) == drift(made, tally(made, frame, np.zeros(400)))


def test_a_shift_of_the_scores_alone_is_seen() -> None:
    frame = pd.DataFrame({"a": np.zeros(2000)})
    score = np.random.default_rng(4).normal(size=2000)
    made = reference(model(a=[0.5]), frame, score, as_of="x")
    found = drift(made, tally(made, frame, score + 1))
    assert (found.score.level, found.features[0].level) == (Level.ROOD, Level.GROEN)


def test_the_reference_comes_back_from_its_document() -> None:
    frame = pd.DataFrame({"a": np.repeat([0.0, 1.0, np.nan], 40)})
    made = reference(model(a=[0.5]), frame, np.arange(120.0), as_of="2026-09-30")
    assert from_json(to_json(made)) == made
    assert isinstance(made, Reference) and isinstance(made.score, Spread)


def test_two_hundred_thousand_addresses_are_counted_within_seconds() -> None:
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({f"f{i}": rng.normal(size=50_000) for i in range(30)})
    made = reference(
        model(**{name: list(np.linspace(-2, 2, 20)) for name in frame.columns}),
        frame,
        frame["f0"].to_numpy(),
        as_of="x",
    )
    start = time.perf_counter()
    drift(made, tally(made, frame, frame["f0"].to_numpy()))
    assert time.perf_counter() - start < 5  # a sixteenth of the work takes some 0.1 s
