from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.travel import reduced
from service.travel.graph import Graph, least
from service.travel.network import FAR, LANE, RoadNetwork
from service.travel.straight import PARKING, StraightLine
from tests.service.travel.world import Road, Spot, as_roads, grid, plainly, quickest

FARMS: list[Spot] = [(100.0, 30.0), (900.0, -40.0), (1_000.0, 700.0), (500.0, 1_010.0), (20.0, 1_000.0)]
SQUARE = [  # one way round on the south side, a slow lane on the west, a fast road on the north
    Road((0.0, 0.0), (1_000.0, 0.0), 36, 0),
    Road((1_000.0, 0.0), (1_000.0, 1_000.0), 36, 36),
    Road((1_000.0, 1_000.0), (0.0, 1_000.0), 72, 72),
    Road((0.0, 1_000.0), (0.0, 0.0), 18, 18),
]


def network(made: list[Road]) -> RoadNetwork:
    return RoadNetwork(Graph.of(as_roads(made)), StraightLine())


def test_five_farms_by_hand() -> None:
    seconds = network(SQUARE).seconds(np.array(FARMS))
    lane = (30 + 40) / LANE
    assert seconds[0, 1] == pytest.approx(80 + lane + PARKING)  # 800 m at 36 km/h
    # back: 100 m on at 36, 1 km at 36, 1 km at 72, 1 km at 18, 100 m at 36
    assert seconds[1, 0] == pytest.approx(10 + 100 + 50 + 200 + 10 + lane + PARKING)
    assert seconds[2, 3] == pytest.approx(30 + 25 + 10 / LANE + PARKING)
    assert (np.diag(seconds) == 0).all()


def test_five_farms_as_the_plain_way_says() -> None:
    assert np.allclose(network(SQUARE).seconds(np.array(FARMS)), plainly(SQUARE, FARMS), atol=1e-4)


@given(st.integers(0, 10**6))
@settings(max_examples=25)
def test_any_town_as_the_plain_way_says(seed: int) -> None:
    made = grid(seed)
    farms = [(float(x), float(y)) for x, y in np.random.default_rng(seed).uniform(-100, 1_300, (6, 2))]
    expected = np.array(plainly(made, farms))
    times = network(made).times(np.array(farms))
    joined = np.isfinite(expected)
    assert np.allclose(times.seconds[joined], expected[joined], atol=1e-3)
    assert times.geschat == int((~joined).sum())
    straight = StraightLine().seconds(np.array(farms))
    assert np.array_equal(times.seconds[~joined], straight[~joined])


@given(st.integers(0, 10**6), st.integers(1, 25))
@settings(max_examples=25)
def test_a_smaller_graph_gives_the_same_ways(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    nodes = 30
    begin, end = rng.integers(0, nodes, (2, 90))
    arcs = least(begin, end, rng.uniform(1, 9, 90), nodes)
    asked = rng.choice(nodes, count, replace=False)
    found = reduced.between(arcs, nodes, asked)
    ways: dict[object, dict[object, float]] = {i: {} for i in range(nodes)}
    for a, b, seconds in zip(*arcs, strict=True):
        ways[int(a)][int(b)] = float(seconds)
    expected = [[quickest(ways, int(i)).get(int(j), math.inf) for j in asked] for i in asked]
    assert np.allclose(found, expected)


def test_an_island_and_a_place_without_roads_are_estimated_and_counted() -> None:
    island = [Road((x + 9_000, y), (u + 9_000, v), 36, 36) for (x, y), (u, v) in ((road.a, road.b) for road in SQUARE)]
    farms = np.array([FARMS[0], FARMS[1], (9_500.0, 20.0), (4_500.0, FAR + 2_500)])
    times = network(SQUARE + island).times(farms)
    straight = StraightLine().seconds(farms)
    assert times.geschat == 10  # all ordered pairs but 0-1 and 1-0
    assert times.seconds[0, 2] == straight[0, 2] and times.seconds[3, 1] == straight[3, 1]
    assert times.seconds[0, 1] != straight[0, 1]


def test_a_one_way_road_to_nowhere_is_no_place_to_stop() -> None:
    stub = Road((0.0, 1_000.0), (0.0, 1_400.0), 36, 0)  # out, and never back
    seconds = network([*SQUARE, stub]).seconds(np.array([(10.0, 1_300.0), FARMS[2]]))
    assert np.isfinite(seconds).all() and seconds[0, 1] > 300 / LANE  # from the corner: 300 m of lane


def test_of_parallel_roads_the_quickest_counts() -> None:
    twice = [*SQUARE, Road((1_000.0, 0.0), (1_000.0, 1_000.0), 72, 72)]
    corners = np.array([(1_000.0, 0.0), (1_000.0, 1_000.0)])
    assert network(twice).seconds(corners)[0, 1] == pytest.approx(50 + PARKING, abs=1e-3)


def test_two_doors_on_one_yard_and_two_on_one_spot_of_the_road() -> None:
    seconds = network(SQUARE).seconds(np.array([FARMS[0], FARMS[0], (100.0, -30.0)]))
    assert seconds[0, 1] == 0
    assert seconds[0, 2] == seconds[2, 0] == pytest.approx(60 / LANE + PARKING, abs=1e-3)


def test_nobody_to_visit() -> None:
    assert network(SQUARE).seconds(np.empty((0, 2))).shape == (0, 0)
