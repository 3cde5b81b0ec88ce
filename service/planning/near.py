"""Which stops are worth trying beside which: PyVRP's own measure, of thousands of places in a fraction of the time.

The way there, a fifth of the waiting when the windows are far apart, and all of the lateness. Source: Vidal, Crainic,
Gendreau and Prins (2013), doi:10.1016/j.cor.2012.07.018, section 4.4.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyvrp import Activity, ActivityType, ProblemData

Numbers = NDArray[np.float32]
Rows = NDArray[np.intp]

WAITING = 0.2
SLICE = 512  # rows at a time: what bounds the memory


def neighbours(data: ProblemData, most: int) -> dict[Activity, list[Activity]]:
    """For each client the `most` nearest others, nearest first; windows of one stop are no neighbours."""
    clients = data.clients()
    n = len(clients)
    names = [Activity(ActivityType.CLIENT, client) for client in range(n)]
    at = np.array([client.location for client in clients], dtype=np.int64)
    early = np.array([client.tw_early for client in clients], dtype=np.float32)
    late = np.minimum(np.array([client.tw_late for client in clients], dtype=np.float32), 1e15)
    service = np.array([client.service_duration for client in clients], dtype=np.float32)
    group = np.array([-1 - i if client.group is None else client.group for i, client in enumerate(clients)])
    ticks = data.duration_matrix(0)
    most = min(most, n - 1)
    found = {}
    for begin in range(0, n, SLICE):
        rows = np.arange(begin, min(begin + SLICE, n))
        to = ticks[np.ix_(at[rows], at)].astype(np.float32)
        back = ticks[np.ix_(at, at[rows])].T.astype(np.float32)
        measure = np.minimum(
            _measure(to, rows[:, None], np.arange(n)[None, :], early, late, service),
            _measure(back, np.arange(n)[None, :], rows[:, None], early, late, service),
        )
        measure[group[rows][:, None] == group[None, :]] = np.inf
        for row, values in zip(rows, measure, strict=True):
            some = np.argpartition(values, most - 1)[:most] if most else np.empty(0, dtype=int)
            some = some[np.argsort(values[some], kind="stable")]
            found[names[row]] = [names[i] for i in some if np.isfinite(values[i])]
    return found


def _measure(way: Numbers, one: Rows, other: Rows, early: Numbers, late: Numbers, service: Numbers) -> Numbers:
    """From `one` to `other`, in ticks."""
    waiting = early[other] - (late[one] + service[one] + way)
    lateness = early[one] + service[one] + way - late[other]
    measured: Numbers = way + np.float32(WAITING) * np.maximum(waiting, 0) + np.maximum(lateness, 0)
    return measured
