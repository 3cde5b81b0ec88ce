"""What training a target leaves behind: the model and the figures that say how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.fairness_held_out import Flagged
from models.figures import Backtest
from models.rankers.boosted import Recipe
from models.spread import Reference
from models.tables import TableModel


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainedTarget:
    """What training leaves: the model and its figures.

    labels, positives: outcomes learned from; light: unlabelled rows that weighed lightly as negatives; drawn, found:
    rows and positives of the random stream. strength, belief: see Boosted. backtest: None where none was asked for.
    spread: how its features and scores were spread over the population, for monitoring; see remembered.py.
    flagged: what past models put ahead, of the examples, for the fairness gates; None without a back-test.
    """

    doel: str
    model: TableModel
    labels: int
    positives: int
    light: int
    drawn: int
    found: int
    strength: float
    belief: float
    recipe: Recipe
    seed: int
    backtest: Backtest | None = None
    spread: Reference | None = None
    flagged: Flagged | None = None

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """What was chosen, as text, for the training record."""
        chosen = (
            ("doel", self.doel),
            ("getraind_tot", self.model.trained_as_of),
            ("register", self.model.register),
            ("kenmerken", str(len(self.model.features))),
            ("sterkte_voorkennis", f"{self.strength:g}"),
            ("geloof_in_correctie", f"{self.belief:g}"),
            ("seed", str(self.seed)),
        )
        return chosen + tuple((f"recept_{name}", str(value)) for name, value in vars(self.recipe).items())

    def metrics(self) -> tuple[tuple[str, float], ...]:
        """The figures of the model itself, finite ones only; those of its back-test are in `backtest`."""
        figures = (
            ("labels", self.labels),
            ("positieven", self.positives),
            ("lichte_negatieven", self.light),
            ("steekproef", self.drawn),
            ("steekproef_gevonden", self.found),
            ("prevalentie", self.model.calibration.prevalence),
            ("kalibratie_helling", self.model.calibration.slope),
        )
        return tuple((name, float(value)) for name, value in figures if np.isfinite(value))
