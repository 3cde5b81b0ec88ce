"""PyVRP's iterated local search, tuned for prizes; every feasible route it meets is kept.

The defaults of PyVRP assume that all clients must be served: their penalties start far from what a second is worth here
and move slowly. Ours start near what a tick is worth and move every 50 iterations. Sources: Wouda, Lan and Kool (2024),
PyVRP, INFORMS Journal on Computing 36(4), doi:10.1287/ijoc.2023.0055; late acceptance: Burke and Bykov (2017),
doi:10.1016/j.ejor.2016.07.012.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

from pyvrp import (
    Activity,
    ActivityType,
    IteratedLocalSearch,
    IteratedLocalSearchParams,
    PenaltyManager,
    PenaltyParams,
    ProblemData,
    RandomNumberGenerator,
    Solution,
)
from pyvrp import Route as Trip
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks
from pyvrp.search import (
    OPERATORS,
    LocalSearch,
    PerturbationManager,
    PerturbationParams,
)
from pyvrp.stop import MaxIterations

from service.planning.model import Order
from service.planning.near import neighbours

Routes = dict[tuple[int, frozenset[int]], tuple[int, ...]]  # (vehicle type, clients) -> clients in the shortest order

NEIGHBOURS = 50
PATIENCE = 20_000  # iterations without anything better, then from the best again
PENALTIES = {"penalty_increase": 1.2, "penalty_decrease": 0.9, "target_feasible": 0.5}
FAR = 1 << 62
PER_VISIT = 40  # iterations before a search may be called settled
SETTLED = 0.6  # of a lap: nothing better after that
LEAST, UTMOST = 0.02, 100.0  # bounds of the penalty per tick, in what a tick is worth


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a search moves. begin: its first penalty per tick, in what a tick is worth (low: through plans that are too
    long, high: through plans that fit). history: of late acceptance. most: visits disturbed at a time.
    """

    begin: float = 3.0
    history: int = 100
    most: int = 10


@dataclass(frozen=True, kw_only=True)
class Lap:
    """One search: from where, until when (time.monotonic(), the same clock in every process of the machine).
    iterations: bound for runs that must be repeatable.
    """

    seed: int
    until: float
    style: Style = Style()
    iterations: int | None = None
    first: tuple[Order, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a lap brings: its best routes, and every feasible route it met (for recombine.py). settled: for a good while
    it found nothing better, so that starting elsewhere is worth more than going on.
    """

    best: tuple[Order, ...]
    routes: Routes
    settled: bool = False


class Searcher:
    """Searches one model. margin: what a tick is worth."""

    def __init__(self, data: ProblemData, margin: float) -> None:
        self._data, self._margin = data, margin
        self._near = neighbours(data, NEIGHBOURS)

    def search(self, lap: Lap, broken_off: Callable[[], bool] = lambda: False) -> Found:
        """Same seed, same iterations: same answer."""
        data, begin = self._data, self._margin * lap.style.begin
        local = LocalSearch(
            data,
            RandomNumberGenerator(lap.seed),
            self._near,
            PerturbationManager(PerturbationParams(1, lap.style.most)),
        )
        for operator in OPERATORS:
            if operator.supports(data):
                local.add_operator(operator(data))
        bounds = PenaltyParams(
            solutions_between_updates=50,
            min_penalty=self._margin * LEAST,
            max_penalty=self._margin * UTMOST,
            **PENALTIES,
        )
        penalties = PenaltyManager(([begin] * data.num_load_dimensions, begin, begin), bounds)
        first = solution(data, lap.first)
        if not lap.first:
            first = local(first, penalties.cost_evaluator(), exhaustive=True)
        pool = Pool()
        search = IteratedLocalSearch(
            data,
            penalties,
            local,
            first,
            IteratedLocalSearchParams(
                num_iters_no_improvement=PATIENCE, history_length=lap.style.history, callbacks=pool
            ),
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PenaltyBoundWarning)  # pins that cannot all be met: told in the plan
            best: Solution = search.run(_Limit(lap, broken_off), collect_stats=False).best
        pool.keep(best)
        enough = PER_VISIT * best.num_clients()
        settled = pool.iterations > enough and pool.bettered < pool.iterations * SETTLED
        return Found(best=orders(best) if best.is_feasible() else (), routes=pool.routes, settled=settled)


def solution(data: ProblemData, routes: tuple[Order, ...]) -> Solution:
    """These routes as PyVRP's own. Raises ValueError or RuntimeError when they are not of this model."""
    trips = [
        Trip(data, [Activity(ActivityType.CLIENT, client) for client in clients], kind) for kind, clients in routes
    ]
    return Solution(data, trips)


def orders(found: Solution) -> tuple[Order, ...]:
    """The routes of a solution that visit something."""
    trips = ((trip.vehicle_type(), _clients(trip)) for trip in found.routes())
    return tuple((kind, clients) for kind, clients in trips if clients)


@dataclass
class Pool(IteratedLocalSearchCallbacks):
    """Every feasible route seen, up to a number that keeps memory bounded."""

    routes: Routes = field(default_factory=dict)
    lengths: dict[tuple[int, frozenset[int]], int] = field(default_factory=dict)
    most: int = 40_000
    seen: set[tuple[int, int, int]] = field(default_factory=set)
    iterations: int = 0
    bettered: int = 0  # the iteration of the last improvement

    def on_iteration(self, current: Solution, candidate: Solution, best: Solution, cost_evaluator: object) -> None:
        """PyVRP calls this after each iteration."""
        self.iterations += 1
        if len(self.routes) < self.most:
            self.keep(candidate)

    def on_best(self, best: Solution) -> None:
        """PyVRP calls this when it found something better."""
        self.bettered = self.iterations

    def keep(self, found: Solution) -> None:
        """Add the feasible routes of `found`."""
        for trip in found.routes():
            look = trip.vehicle_type(), trip.prizes(), trip.distance()
            if look not in self.seen and trip.is_feasible():
                self.seen.add(look)  # the same route again, but for a rare chance: its clients need not be asked
                clients = _clients(trip)
                key = trip.vehicle_type(), frozenset(clients)
                if trip.distance() < self.lengths.get(key, FAR):
                    self.routes[key], self.lengths[key] = clients, trip.distance()


class _Limit:
    """PyVRP's stopping criterion: the clock, the number of iterations, or somebody who breaks it off."""

    def __init__(self, lap: Lap, broken_off: Callable[[], bool]) -> None:
        self._until = lap.until
        self._count = None if lap.iterations is None else MaxIterations(lap.iterations)
        self._broken_off = broken_off

    def __call__(self, best_cost: int) -> bool:
        counted = self._count is not None and self._count(best_cost)
        return counted or time.monotonic() > self._until or self._broken_off()


def _clients(trip: Trip) -> tuple[int, ...]:
    return tuple(step.idx for step in trip.schedule() if step.is_client())
