"""The best set of routes out of all that were met: a set packing problem, solved by HiGHS.

At most one route per shift, at most once per stop. What no single run found together is put together here. Source:
Rochat and Taillard (1995), Probabilistic diversification and intensification, doi:10.1007/BF02430370.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from service.planning.search import Routes

MOST = 4_000  # routes in the problem: the ones worth most


def recombined(
    routes: Routes, prizes: NDArray[np.float64], stop_of: tuple[int, ...], shifts: int, seconds: float
) -> list[tuple[int, tuple[int, ...]]]:
    """(vehicle type, clients in order) per chosen route. prizes: per stop. Empty when nothing was found in time."""
    keys = list(routes)
    worth = np.array([sum(prizes[stop_of[client]] for client in clients) for _, clients in keys])
    best = np.argsort(-worth, kind="stable")[:MOST]
    keys, worth = [keys[i] for i in best], worth[best]
    if not keys:
        return []
    columns = np.repeat(np.arange(len(keys)), [1 + len(clients) for _, clients in keys])
    rows = np.concatenate(
        [[vehicle, *(shifts + stop_of[client] for client in sorted(clients))] for vehicle, clients in keys]
    )
    once = csr_matrix((np.ones(len(rows)), (rows.astype(int), columns)), shape=(shifts + len(prizes), len(keys)))
    answer = milp(
        -worth,
        constraints=LinearConstraint(once, ub=1.0),
        integrality=np.ones(len(keys)),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds},
    )
    if answer.x is None:
        return []
    return [(keys[i][0], routes[keys[i]]) for i in np.flatnonzero(answer.x > 0.5)]
