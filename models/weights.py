"""How heavily each table of the prior weighs, learned from few labels: logistic regression that shrinks to the prior.

Minimises weighted log-loss + strength/2 * sum((theta - scale * start)^2) over intercept, a common scale and theta >= 0.
So with strength -> infinity only intercept and scale are learned: the experts' proportions stay as they were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from models.tables import Floats, probability


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """log-odds = intercept + values @ theta; theta >= 0, so no table turns against its declared direction."""

    intercept: float
    theta: Floats

    def score(self, values: Floats) -> Floats:
        """n x m values of the tables -> n log-odds."""
        return self.intercept + values @ self.theta


def fit_weights(values: Floats, y: Floats, weight: Floats, start: Floats, strength: float) -> Weights:
    """Learn from n x m `values` of the prior's tables; y 0/1; start: m weights before any label (>= 0)."""
    m = values.shape[1]
    base = np.log(max((weight * y).sum(), 0.5) / max((weight * (1 - y)).sum(), 0.5))

    def loss(parameters: Floats) -> tuple[float, Floats]:
        intercept, scale, theta = parameters[0], parameters[1], parameters[2:]
        score = intercept + values @ theta
        gap = theta - scale * start
        value = (weight * (np.logaddexp(0.0, score) - y * score)).sum() + strength / 2 * (gap @ gap)
        residual = weight * (probability(score) - y)
        gradient = np.empty(m + 2)
        gradient[0] = residual.sum()
        gradient[1] = -strength * (gap @ start)
        gradient[2:] = residual @ values + strength * gap
        return float(value), gradient

    first = np.concatenate([[base, 0.5], 0.5 * start])
    bounds = [(None, None), (0.0, None)] + [(0.0, None)] * m
    found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200, "ftol": 1e-8})
    return Weights(intercept=float(found.x[0]), theta=found.x[2:])
