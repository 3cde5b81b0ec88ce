"""What training a target leaves behind: the model and the figures that say how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.evaluate import Evaluation, Interval
from models.rankers.boosted import Recipe
from models.tables import TableModel


@dataclass(frozen=True, kw_only=True)
class Bin:
    """A tenth of the investigated addresses by kans (held out): mean kans, share found, number."""

    kans: float
    found: float
    n: int


@dataclass(frozen=True, kw_only=True)
class Point:
    """Precision in the first k of the later investigations, with 90% intervals."""

    k: int
    model: Interval
    profiles: Interval


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainedTarget:
    """What training leaves: the model and its figures.

    out_of_time: of investigations that began after the training date of a split, pooled; None where there were too few.
    profiles: the rules of practice on the same rows. reliability, curve: for the pictures.
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
    out_of_time: Evaluation | None
    profiles: Evaluation | None
    reliability: tuple[Bin, ...]
    curve: tuple[Point, ...]

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
        """The figures, finite ones only."""
        figures: list[tuple[str, float]] = [
            ("labels", self.labels),
            ("positieven", self.positives),
            ("lichte_negatieven", self.light),
            ("steekproef", self.drawn),
            ("steekproef_gevonden", self.found),
            ("prevalentie", self.model.calibration.prevalence),
            ("kalibratie_helling", self.model.calibration.slope),
        ]
        for name, found in (("later", self.out_of_time), ("later_profielen", self.profiles)):
            if found is not None:
                figures += [
                    (f"{name}_precisie_bij_{found.k}", found.precision.value),
                    (f"{name}_lift_bij_{found.k}", found.lift.value),
                    (f"{name}_gemiddelde_precisie", found.average_precision.value),
                    (f"{name}_gemiddelde_precisie_laag", found.average_precision.low),
                    (f"{name}_gemiddelde_precisie_hoog", found.average_precision.high),
                ]
        return tuple((name, float(value)) for name, value in figures if np.isfinite(value))
