"""Roads as a graph: junctions, and directed seconds between them, with the line of each for finding who lives along it.

What cannot be driven to and back again (one-way stubs, pieces cut off at the border of the file) is left out: strongly
connected parts smaller than `SHARE` of the largest. A real island stays.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from service.travel.roads import Roads

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SHARE = 0.01
CM = 100.0  # ends within a centimetre are one junction


@dataclass(frozen=True, kw_only=True)
class Graph:
    """nodes: how many. Per edge: begin, end (nodes), along and against (seconds; inf = not allowed), and the vertices
    coords[low:high + 1] of its line.
    """

    nodes: int
    begin: Ints
    end: Ints
    along: Floats
    against: Floats
    low: Ints
    high: Ints
    coords: Floats

    @classmethod
    def of(cls, roads: Roads) -> Self:
        """The graph of `roads`."""
        node, count = _nodes(roads.coords)
        line = np.repeat(np.arange(len(roads.along)), np.diff(roads.first))
        joint = np.zeros(len(node), dtype=bool)
        joint[roads.first[:-1]] = joint[roads.first[1:] - 1] = True
        if roads.crossing:
            joint |= count[node] > 1
        at = np.flatnonzero(joint)
        same = line[at[:-1]] == line[at[1:]]
        low, high = at[:-1][same], at[1:][same]
        steps = np.hypot(*np.diff(roads.coords, axis=0).T)
        travelled = np.concatenate([[0.0], np.cumsum(steps)])
        metres = np.maximum(travelled[high] - travelled[low], 1e-3)
        with np.errstate(divide="ignore"):
            along, against = metres * 3.6 / roads.along[line[low]], metres * 3.6 / roads.against[line[low]]
        whole = cls(
            nodes=len(count),
            begin=node[low],
            end=node[high],
            along=along,
            against=against,
            low=low,
            high=high,
            coords=roads.coords,
        )
        return whole._without(_dust(whole))

    def arcs(self) -> tuple[Ints, Ints, Floats]:
        """(from, to, seconds) of everything that may be driven."""
        there, back = np.isfinite(self.along), np.isfinite(self.against)
        return (
            np.concatenate([self.begin[there], self.end[back]]),
            np.concatenate([self.end[there], self.begin[back]]),
            np.concatenate([self.along[there], self.against[back]]),
        )

    def _without(self, dust: NDArray[np.bool_]) -> Self:
        """Only the edges between nodes that are not dust, numbered anew, with their vertices alone."""
        kept = ~dust[self.begin] & ~dust[self.end]
        number, ends = np.unique(np.concatenate([self.begin[kept], self.end[kept]]), return_inverse=True)
        low, high = self.low[kept], self.high[kept]
        size = high - low + 1
        start = np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64) if len(size) else size
        taken = np.repeat(low - start, size) + np.arange(int(size.sum()))
        return type(self)(
            nodes=len(number),
            begin=ends[: len(low)],
            end=ends[len(low) :],
            along=self.along[kept],
            against=self.against[kept],
            low=start,
            high=start + size - 1,
            coords=self.coords[taken],
        )


NAMES = tuple(field.name for field in fields(Graph))


def least(begin: Ints, end: Ints, seconds: Floats, nodes: int) -> tuple[Ints, Ints, Floats]:
    """Each pair once, by its quickest arc; none from a node to itself. (A sparse matrix would add parallel arcs up.)"""
    apart = begin != end
    begin, end, seconds = begin[apart], end[apart], seconds[apart]
    key = begin * nodes + end
    order = np.lexsort((seconds, key))
    first = np.ones(len(order), dtype=bool)
    first[1:] = key[order][1:] != key[order][:-1]
    chosen = order[first]
    return begin[chosen], end[chosen], seconds[chosen]


def _nodes(coords: Floats) -> tuple[Ints, Ints]:
    """The number of the spot of each vertex, and how many vertices each spot has."""
    x, y = (np.rint(coords * CM).astype(np.int64) + 2**30).T
    _, node, count = np.unique(x * 2**31 + y, return_inverse=True, return_counts=True)
    return node.astype(np.int64), count.astype(np.int64)


def _dust(graph: Graph) -> NDArray[np.bool_]:
    begin, end, seconds = least(*graph.arcs(), graph.nodes)
    joined = csr_matrix((seconds, (begin, end)), shape=(graph.nodes, graph.nodes))
    _, part = connected_components(joined, directed=True, connection="strong")
    size = np.bincount(part)
    return size[part] < max(2.0, SHARE * size.max())
