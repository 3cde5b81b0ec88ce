"""The best set of routes out of all that were met: a set packing problem, solved by HiGHS.

No more routes of a kind than there are shifts of it, each stop at most once. What no single search found together is
put together here. First the linear relaxation: its bound tells whether anything better can be there, and its reduced
costs which routes cannot be part of it; what is left is small. Sources: Rochat and Taillard (1995),
doi:10.1007/BF02430370; reduced-cost fixing: Crowder, Johnson and Padberg (1983), doi:10.1287/opre.31.5.803.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from service.planning.model import Modelled, Order
from service.planning.search import Routes

Numbers = NDArray[np.float64]

MOST = 12_000  # routes in the relaxation: of each kind those worth most
NODES = 2_000  # of branch and bound: what bounds a run that must be repeatable
STEP = 1e-7  # what is not better by this part is not better


def kept(routes: Routes, model: Modelled) -> Routes:
    """Of each kind the routes worth most, as many as leave MOST in all: no others are ever put together."""
    return {(kind, frozenset(clients)): clients for kind, clients in _most_worth(routes, model)[0]}


def recombined(routes: Routes, model: Modelled, best: Sequence[Order], seconds: float) -> tuple[Order, ...]:
    """A set of routes worth more than `best`; empty when there is none, or none was found in `seconds`."""
    until = time.monotonic() + seconds
    chosen, worth = _most_worth(routes, model)
    if not chosen:
        return ()
    unit = float(np.median(model.prizes)) or 1.0  # so that HiGHS sees numbers of an ordinary size
    floor, worth = model.worth(best) / unit * (1 + STEP), worth / unit
    matrix, room = _constraints(chosen, model)
    relaxed = linprog(-worth, A_ub=matrix, b_ub=room, bounds=(0, 1), method="highs", options={"time_limit": seconds})
    left = until - time.monotonic()
    if relaxed.status != 0 or -relaxed.fun < floor or left <= 0:
        return ()
    gain = worth + matrix.T @ relaxed.ineqlin.marginals  # marginals: of a minimum, so not positive
    able = np.flatnonzero(-relaxed.fun + np.minimum(gain, 0.0) >= floor)
    answer = milp(
        -worth[able],
        constraints=LinearConstraint(matrix[:, able], ub=room),
        integrality=np.ones(len(able)),
        bounds=Bounds(0, 1),
        options={"time_limit": left, "node_limit": NODES, "mip_rel_gap": STEP},
    )
    if answer.x is None or -answer.fun < floor:
        return ()
    return tuple(chosen[able[i]] for i in np.flatnonzero(answer.x > 0.5))


def _most_worth(routes: Routes, model: Modelled) -> tuple[list[Order], Numbers]:
    """The routes worth most, and what each is worth."""
    orders = [(kind, clients) for (kind, _), clients in routes.items() if clients]
    if not orders:
        return [], np.empty(0)
    prize = np.array(model.prizes, dtype=float)[np.array(model.stop_of)]
    first = np.cumsum([0, *(len(clients) for _, clients in orders[:-1])])
    worth = np.add.reduceat(prize[np.fromiter(chain.from_iterable(clients for _, clients in orders), int)], first)
    kinds = np.array([kind for kind, _ in orders])
    quota = MOST // len(model.shifts)
    best = np.argsort(-worth, kind="stable")
    kept = np.concatenate([best[kinds[best] == kind][:quota] for kind in range(len(model.shifts))])
    return [orders[i] for i in kept], worth[kept]


def _constraints(chosen: Sequence[Order], model: Modelled) -> tuple[csr_matrix, Numbers]:
    kinds = len(model.shifts)
    stop_of = np.array(model.stop_of)
    column = np.repeat(np.arange(len(chosen)), [len(clients) for _, clients in chosen])
    row = kinds + stop_of[np.fromiter(chain.from_iterable(clients for _, clients in chosen), int)]
    rows = np.concatenate([[kind for kind, _ in chosen], row])
    columns = np.concatenate([np.arange(len(chosen)), column])
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(kinds + len(model.prizes), len(chosen)))
    return matrix, np.array([*(len(same) for same in model.shifts), *(1.0 for _ in model.prizes)])
