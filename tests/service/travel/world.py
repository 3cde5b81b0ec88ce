"""Made-up roads, and a slow plain way of finding the quickest route over them (law 10)."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from service.travel.network import LANE
from service.travel.roads import Roads
from service.travel.straight import PARKING

Spot = tuple[float, float]


@dataclass(frozen=True)
class Road:
    """A straight road: km/h from a to b and back; 0 = not allowed."""

    a: Spot
    b: Spot
    along: float
    against: float


def as_roads(made: list[Road]) -> Roads:
    return Roads(
        coords=np.array([spot for road in made for spot in (road.a, road.b)]),
        first=np.arange(len(made) + 1) * 2,
        along=np.array([road.along for road in made]),
        against=np.array([road.against for road in made]),
        crossing=False,
    )


def grid(seed: int, size: int = 4, step: float = 400.0) -> list[Road]:
    """Streets in squares, some missing, some one way, of different speeds."""
    rng = np.random.default_rng(seed)
    made = []
    for x in range(size):
        for y in range(size):
            for dx, dy in ((1, 0), (0, 1)):
                if x + dx < size and y + dy < size and rng.random() > 0.15:
                    a, b = (x * step, y * step), ((x + dx) * step, (y + dy) * step)
                    speed = float(rng.choice([20, 36, 60]))
                    made.append(Road(a, b, speed, 0.0 if rng.random() < 0.25 else speed))
    return made


def plainly(made: list[Road], farms: list[Spot]) -> list[list[float]]:
    """Seconds between farms, door to door, inf where no road joins them: every step as one would explain it."""
    ways: dict[object, dict[object, float]] = defaultdict(dict)

    def way(a: object, b: object, seconds: float) -> None:
        ways[a][b] = min(seconds, ways[a].get(b, math.inf))

    for road in made:
        both_ways(way, road, road.a, road.b, 1.0)
    there = {spot: quickest(ways, spot) for road in made for spot in (road.a, road.b)}

    def back_again(a: Spot, b: Spot) -> bool:
        return b in there[a] and a in there[b]

    usable = [
        road
        for road in made
        if all(any(back_again(end, other) for other in there if other != end) for end in (road.a, road.b))
    ]
    ways.clear()
    on: dict[Road, list[tuple[float, object]]] = {road: [(0.0, road.a), (1.0, road.b)] for road in usable}
    lane = []
    for i, farm in enumerate(farms):
        away, share, road = min(((*nearest(farm, road), road) for road in usable), key=lambda found: found[0])
        lane.append(away / LANE)
        on[road].append((share, i))
    for road, places in on.items():
        places.sort(key=lambda place: place[0])
        for (s, a), (t, b) in pairwise(places):
            both_ways(way, road, a, b, t - s)
    found = [quickest(ways, i) for i in range(len(farms))]
    return [
        [found[i].get(j, math.inf) + lane[i] + lane[j] + PARKING if i != j else 0.0 for j in range(len(farms))]
        for i in range(len(farms))
    ]


def both_ways(way, road: Road, a: object, b: object, share: float) -> None:  # type: ignore[no-untyped-def]
    metres, corner = math.dist(road.a, road.b) * share, share < 1e-9
    if road.along or corner:
        way(a, b, 0.0 if corner else metres * 3.6 / road.along)
    if road.against or corner:
        way(b, a, 0.0 if corner else metres * 3.6 / road.against)


def nearest(spot: Spot, road: Road) -> tuple[float, float]:
    (ax, ay), (bx, by), (px, py) = road.a, road.b, spot
    along = (px - ax) * (bx - ax) + (py - ay) * (by - ay)
    share = min(1.0, max(0.0, along / ((bx - ax) ** 2 + (by - ay) ** 2)))
    return math.dist(spot, (ax + share * (bx - ax), ay + share * (by - ay))), share


def quickest(ways: dict[object, dict[object, float]], begin: object) -> dict[object, float]:
    """Dijkstra (1959) with a heap."""
    done: dict[object, float] = {}
    heap: list[tuple[float, int, object]] = [(0.0, 0, begin)]
    count = 0
    while heap:
        seconds, _, spot = heapq.heappop(heap)
        if spot not in done:
            done[spot] = seconds
            for other, more in ways[spot].items():
                count += 1
                heapq.heappush(heap, (seconds + more, count, other))
    return done
