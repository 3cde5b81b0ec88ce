"""Travel times over a road network read from a file: quickest ways between places beside the road.

A place is put on the nearest road, at the nearest spot of its line and not only at a junction (in the buitengebied
those are a kilometre apart). From there to the door goes at the speed of a lane, on both ends of a trip. A place
further than `FAR` from any road, and a pair that no road joins, get the straight line's time and are counted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
import shapely
import structlog
from numpy.typing import NDArray

from service.travel import kept
from service.travel.contract import Points, Seconds, Times, checked
from service.travel.graph import Floats, Graph, Ints
from service.travel.reduced import Arcs, between
from service.travel.straight import StraightLine

LANE = 12 / 3.6  # m/s from the road to the yard
FAR = 2_000.0  # m
CORNER = 1e-9  # share of a road that is no length at all
SHORTEST = 1e-6  # s: two places at one spot of the road; an arc of nothing is no arc

log = structlog.get_logger()


class RoadNetwork:
    """One road file; safe to share between threads. straight: for what no road joins, and for the time to park."""

    def __init__(self, graph: Graph, straight: StraightLine, told: str = "wegennet") -> None:
        self._graph, self._straight, self._told = graph, straight, told
        size = graph.high - graph.low + 1
        at = np.repeat(graph.low - np.cumsum(size) + size, size) + np.arange(int(size.sum()))
        self._lines = shapely.linestrings(graph.coords[at], indices=np.repeat(np.arange(len(size)), size))
        self._tree = shapely.STRtree(self._lines)

    @classmethod
    def read(cls, file: Path, straight: StraightLine, *, layer: str = "", cache: Path | None = None) -> Self:
        """From a GeoPackage, or from the graph kept of it. Raises Refusal on a file that is not understood."""
        return cls(kept.graph(file, layer, cache), straight, f"wegennet ({file.name})")

    @property
    def name(self) -> str:
        """As `Travel.name`."""
        return self._told

    def seconds(self, points: Points) -> Seconds:
        """As `Travel.seconds`."""
        return self.times(points).seconds

    def times(self, points: Points) -> Times:
        """As `Travel.times`."""
        found = checked(points)
        straight = self._straight.seconds(found)
        near, edge, away = self._nearest(found)
        on_road = np.full_like(straight, np.inf)
        if len(near):
            arcs, nodes, places = self._with_places(found[near], edge)
            lane = away / LANE
            on_road[np.ix_(near, near)] = between(arcs, nodes, places) + lane[:, None] + lane[None, :]
        apart = straight > 0
        missing = np.isinf(on_road) & apart
        park = self._straight.over(np.array([1e-9]))[0]
        seconds = np.where(missing, straight, np.where(apart, on_road + park, 0.0))
        if missing.any():
            log.warning("no road between places", pairs=int(missing.sum()), of=int(apart.sum()))
        return Times(seconds=seconds, geschat=int(missing.sum()))

    def _nearest(self, points: Points) -> tuple[Ints, Ints, Floats]:
        """(places near a road, the edge of each, metres from it)."""
        pairs, away = self._tree.query_nearest(
            shapely.points(points), max_distance=FAR, all_matches=False, return_distance=True
        )
        return pairs[0], pairs[1], away

    def _with_places(self, points: Points, edge: Ints) -> tuple[Arcs, int, Ints]:
        """The arcs with each place as a node: its edge is cut where it lies. Also: how many nodes, and the new ones."""
        graph = self._graph
        share = shapely.line_locate_point(self._lines[edge], shapely.points(points), normalized=True)
        order = np.lexsort((share, edge))
        edge, share = edge[order], share[order]
        place = graph.nodes + np.arange(len(points))
        opens = np.ones(len(edge), dtype=bool)
        opens[1:] = edge[1:] != edge[:-1]
        closes = np.roll(opens, -1)
        before = np.where(opens, graph.begin[edge], np.roll(place, 1))
        step = np.where(opens, share, share - np.roll(share, 1))
        pieces = (
            np.concatenate([before, place[closes]]),
            np.concatenate([place, graph.end[edge[closes]]]),
            np.concatenate([edge, edge[closes]]),
            np.concatenate([step, 1 - share[closes]]),
        )
        cut = np.zeros(len(graph.begin), dtype=bool)
        cut[edge] = True
        there, back = np.isfinite(graph.along), np.isfinite(graph.against)
        arcs = _joined(
            (graph.begin[there & ~cut], graph.end[there & ~cut], graph.along[there & ~cut]),
            (graph.end[back & ~cut], graph.begin[back & ~cut], graph.against[back & ~cut]),
            _pieces(pieces, graph.along),
            _pieces((pieces[1], pieces[0], *pieces[2:]), graph.against),
        )
        number = np.empty(len(points), dtype=np.int64)
        number[order] = place
        return arcs, graph.nodes + len(points), number


def _pieces(pieces: tuple[Ints, Ints, Ints, Floats], seconds: Floats) -> Arcs:
    """What may be driven of the pieces. One of no length may always: it is a corner, not a wrong way in a street."""
    begin, end, edge, share = pieces
    finite = np.isfinite(seconds[edge])
    allowed: NDArray[np.bool_] = finite | (share < CORNER)
    taken = share * np.where(finite, seconds[edge], 0.0)
    return begin[allowed], end[allowed], np.maximum(taken, SHORTEST)[allowed]


def _joined(*arcs: Arcs) -> Arcs:
    begin, end, seconds = zip(*arcs, strict=True)
    return np.concatenate(begin), np.concatenate(end), np.concatenate(seconds)
