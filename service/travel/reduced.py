"""The quickest way from each of some nodes to each other one, over a graph that is first made smaller. Exact.

A node that is not asked about goes, when the ways through it are kept as arcs of their own (node elimination, as in
contraction hierarchies: Geisberger et al. 2008, doi:10.1007/978-3-540-68552-4_24). Many at once: a set of which no two
are neighbours. Going on until it no longer pays leaves about a tenth of the junctions of a rural network.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from service.travel.graph import Floats, Ints, least

DEGREES = (2, 3, 4, 5, 6, 8, 10, 12)  # neighbours that a node may have to go, from round to round
PAYS = 0.02  # a round that takes away a smaller share of what is left is the last of its degree
AT_ONCE = 128  # sources per run of Dijkstra: bounds memory
THREADS = 2

Arcs = tuple[Ints, Ints, Floats]


def between(arcs: Arcs, nodes: int, asked: Ints) -> Floats:
    """(asked, asked) seconds; inf where no way leads. Every arc takes more than nothing."""
    begin, end, seconds = _smaller(least(*arcs, nodes), nodes, asked)
    left, places = np.unique(np.concatenate([begin, end, asked]), return_inverse=True)
    ends, sources = places[: 2 * len(begin)], places[2 * len(begin) :]
    graph = csr_matrix((seconds, (ends[: len(begin)], ends[len(begin) :])), shape=(len(left), len(left)))
    found = np.empty((len(asked), len(asked)))

    def run(at: int) -> None:
        found[at : at + AT_ONCE] = dijkstra(graph, indices=sources[at : at + AT_ONCE])[:, sources]

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(run, range(0, len(asked), AT_ONCE)))
    return found


def _smaller(arcs: Arcs, nodes: int, asked: Ints) -> Arcs:
    free = np.ones(nodes, dtype=bool)
    free[asked] = False
    draw = np.random.default_rng(0).permutation(nodes)  # who of two neighbours goes first
    enough = len(arcs[0])  # more arcs than at the beginning (a grid of streets) cost more than the nodes save
    for most in DEGREES:
        while True:
            gone = _independent(arcs, nodes, free, draw, most)
            left = int(free.sum())
            if not gone.any():
                break
            arcs = _without(arcs, nodes, gone)
            free &= ~gone
            if gone.sum() < PAYS * left:
                break
            if len(arcs[0]) > enough:
                return arcs
    return arcs


def _independent(arcs: Arcs, nodes: int, free: NDArray[np.bool_], draw: Ints, most: int) -> NDArray[np.bool_]:
    """Free nodes with at most so many neighbours, no two of them neighbours. Who has fewer goes first."""
    low, high = np.minimum(arcs[0], arcs[1]), np.maximum(arcs[0], arcs[1])
    pair = np.unique(low * nodes + high)
    low, high = pair // nodes, pair % nodes
    degree = np.bincount(low, minlength=nodes) + np.bincount(high, minlength=nodes)
    gone = free & (degree <= most) & (degree > 0)
    both = gone[low] & gone[high]
    low, high = low[both], high[both]
    rank = degree * nodes + draw
    gone[np.where(rank[low] > rank[high], low, high)] = False
    return gone


def _without(arcs: Arcs, nodes: int, gone: NDArray[np.bool_]) -> Arcs:
    """The arcs without the nodes that go, and one arc for every way in and out through each of them."""
    begin, end, seconds = arcs
    into, out = np.flatnonzero(gone[end]), np.flatnonzero(gone[begin])
    out = out[np.argsort(begin[out], kind="stable")]
    start = np.searchsorted(begin[out], np.arange(nodes + 1))
    ways = (start[1:] - start[:-1])[end[into]]
    first = np.repeat(into, ways)
    nth = np.arange(int(ways.sum())) - np.repeat(np.cumsum(ways) - ways, ways)
    second = out[start[end[first]] + nth]
    stay = ~gone[begin] & ~gone[end]
    return least(
        np.concatenate([begin[stay], begin[first]]),
        np.concatenate([end[stay], end[second]]),
        np.concatenate([seconds[stay], seconds[first] + seconds[second]]),
        nodes,
    )
