"""PyVRP's iterated local search, tuned for prizes, over several seeds; every feasible route it meets is kept.

The defaults of PyVRP assume that all clients must be served: their penalties start far from what a second is worth here
and move slowly. Ours start at the prize per tick and move every 50 iterations. Source: Wouda, Lan and Kool (2024), PyVRP,
INFORMS Journal on Computing 36(4), doi:10.1287/ijoc.2023.0055; late acceptance: Burke and Bykov (2017),
doi:10.1016/j.ejor.2016.07.012.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pyvrp import IteratedLocalSearch, IteratedLocalSearchParams, PenaltyManager, PenaltyParams, RandomNumberGenerator
from pyvrp import Solution
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks
from pyvrp.search import (
    OPERATORS,
    LocalSearch,
    NeighbourhoodParams,
    PerturbationManager,
    PerturbationParams,
    compute_neighbours,
)
from pyvrp.stop import StoppingCriterion

from service.planning.model import Modelled

Routes = dict[tuple[int, frozenset[int]], tuple[int, ...]]  # (vehicle type, clients) -> clients in order

NEIGHBOURS = 50
HISTORY = 100
PERTURB = (1, 10)
PENALTIES = {"solutions_between_updates": 50, "penalty_increase": 1.2, "penalty_decrease": 0.9, "target_feasible": 0.5}
SPREAD = 50.0  # penalties stay within this factor of the prize per tick


@dataclass
class Pool(IteratedLocalSearchCallbacks):
    """Every feasible route seen, for putting together anew (recombine.py)."""

    routes: Routes = field(default_factory=dict)
    most: int = 40_000

    def on_iteration(self, current: Solution, candidate: Solution, best: Solution, cost_evaluator: object) -> None:
        """PyVRP calls this after each iteration."""
        if len(self.routes) < self.most:
            self.keep(candidate)

    def keep(self, solution: Solution) -> None:
        """Add the feasible routes of `solution`."""
        for route in solution.routes():
            if route.is_feasible():
                order = tuple(step.idx for step in route.schedule() if step.is_client())
                self.routes.setdefault((route.vehicle_type(), frozenset(order)), order)


def searched(
    model: Modelled, stop: StoppingCriterion, seed: int, pool: Pool, first: Solution | None = None
) -> Solution:
    """The best solution found until `stop`, from `first` or from nothing. Same seed, same iterations: same answer."""
    rng = RandomNumberGenerator(seed)
    neighbours = compute_neighbours(model.data, NeighbourhoodParams(num_neighbours=NEIGHBOURS))
    local = LocalSearch(model.data, rng, neighbours, PerturbationManager(PerturbationParams(*PERTURB)))
    for operator in OPERATORS:
        if operator.supports(model.data):
            local.add_operator(operator(model.data))
    bounds = PenaltyParams(min_penalty=model.rate / SPREAD, max_penalty=model.rate * SPREAD, **PENALTIES)
    start = [model.rate] * model.data.num_load_dimensions, model.rate, model.rate
    search = IteratedLocalSearch(
        model.data,
        PenaltyManager(start, bounds),
        local,
        first or Solution(model.data, []),
        IteratedLocalSearchParams(num_iters_no_improvement=20_000, history_length=HISTORY, callbacks=pool),
    )
    found: Solution = search.run(stop, collect_stats=False).best
    pool.keep(found)
    return found
