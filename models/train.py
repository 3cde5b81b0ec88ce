"""Training one target: from examples to a calibrated model of tables, with the figures that say how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Doel, Feature
from features.errors import Refusal
from features.register import admitted
from features.table import Grant
from models.calibration import calibrate
from models.evaluate import Evaluation, Interval, evaluate, interval, precision_at
from models.examples import Examples
from models.rankers.boosted import Boosted, Recipe
from models.rankers.profiles import PAIRS, Profiles
from models.splits import rolling_origin
from models.tables import Floats, TableModel, probability

FEWEST = 8  # positives, and as many negatives, below which nothing is learned: the cold start is more honest
LIGHT_WEIGHT = 1.0  # the light negatives together weigh as much as the labelled rows together
CURVE = (10, 20, 30, 40, 60, 80, 100, 150, 200)


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


def enough(examples: Examples) -> bool:
    """Whether a model can be learned at all from these labels."""
    y = examples.y[examples.labelled]
    return bool(min(y.sum(), (1 - y).sum()) >= FEWEST)


def fit_target(
    doel: Doel,
    examples: Examples,
    population: pd.DataFrame,
    grants: Sequence[Grant],
    *,
    as_of: date,
    seed: int = 0,
    recipe: Recipe = Recipe(),  # noqa: B008 - frozen
    out_of_time: bool = True,
) -> TrainedTarget:
    """Learn `doel` from its examples. Only features that the register admits for this target and these grants are read.

    population: features of all addresses on the training date, for borders, tail shares and calibration. Raises Refusal
    with too few labels, or when no feature is admitted.
    """
    features = tuple(feature for feature in admitted(doel, grants) if feature.name in examples.X.columns)
    if not features:
        raise Refusal(
            f"training {doel}",
            found="no admitted feature",
            expected="features with complete papers and a granted source",
            do="see the register and the grounds in levering.toml",
        )
    if not enough(examples):
        raise Refusal(
            f"training {doel}",
            found=f"{int(examples.y.sum())} positives among {int(examples.labelled.sum())} labels",
            expected=f"at least {FEWEST} of both kinds",
            do="score without a model (isolation and profiles) until more outcomes are in",
        )
    names = [feature.name for feature in features]
    fitted, model = _fit(doel, examples, population[names], features, seed, recipe)
    model = replace(model, register=examples.register, trained_as_of=as_of.isoformat())
    later = _later(doel, examples, population[names], features, as_of, seed, recipe) if out_of_time else None
    y = examples.y[examples.labelled]
    drawn = examples.steekproef
    held_out = model.calibration.intercept + model.calibration.slope * fitted.held_out_[examples.labelled]
    return TrainedTarget(
        doel=doel.value,
        model=model,
        labels=len(y),
        positives=int(y.sum()),
        light=int((~examples.labelled).sum()),
        drawn=int(drawn.sum()),
        found=int(examples.y[drawn].sum()),
        strength=fitted.strength_,
        belief=fitted.belief_,
        recipe=recipe,
        seed=seed,
        out_of_time=None if later is None else evaluate(later.y, later.score, k=later.k, seed=seed),
        profiles=None if later is None else evaluate(later.y, later.profiles, k=later.k, seed=seed),
        reliability=_reliability(probability(held_out), y),
        curve=() if later is None else _curve(later, seed),
    )


def _fit(
    doel: Doel, examples: Examples, population: pd.DataFrame, features: Sequence[Feature], seed: int, recipe: Recipe
) -> tuple[Boosted, TableModel]:
    """The fitted ranker and its calibrated tables."""
    weight = np.ones(len(examples))
    light = ~examples.labelled
    if light.any():
        weight[light] = LIGHT_WEIGHT * examples.labelled.sum() / light.sum()
    boosted = Boosted(
        doel=doel.value,
        directions={feature.name: feature.direction(doel) for feature in features},
        groups={feature.name: feature.group for feature in features},
        rules=tuple(rule.term() for rule in Profiles(doel).rules),
        pairs=PAIRS[doel],
        recipe=recipe,
        seed=seed,
    )
    names = list(population.columns)
    boosted.fit(examples.X[names], examples.y, weight, population=population, addresses=examples.address)
    raw = boosted.table()
    drawn = examples.steekproef
    calibration = calibrate(
        boosted.held_out_[examples.labelled],
        examples.y[examples.labelled],
        raw.score(population),
        doel=doel.value,
        drawn=int(drawn.sum()),
        found=int(examples.y[drawn].sum()),
    )
    return boosted, replace(raw.scaled(calibration.slope, calibration.intercept), calibration=calibration)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Later:
    """Investigations after a training date, with the scores of the model of that date and of the rules."""

    y: Floats
    score: Floats
    profiles: Floats

    @property
    def k(self) -> int:
        """A third of them, 60 at most."""
        return max(1, min(60, len(self.y) // 3))


def _later(
    doel: Doel,
    examples: Examples,
    population: pd.DataFrame,
    features: Sequence[Feature],
    as_of: date,
    seed: int,
    recipe: Recipe,
) -> _Later | None:
    """Train on the past and score what came after, for each split of a rolling origin; pooled."""
    afgerond, start = pd.Series(examples.afgerond), pd.Series(examples.start)
    rows: list[NDArray[np.bool_]] = []
    scores: list[Floats] = []
    for split in rolling_origin(as_of):
        past = examples.take(split.train_rows(afgerond))
        test = split.test_rows(start) & examples.labelled
        if not enough(past) or not test.any():
            continue
        # Borders and tail shares from the past's own light negatives: the later population is not known yet.
        quiet = past.X.loc[~past.labelled, list(population.columns)]
        _, model = _fit(doel, past, quiet if len(quiet) else past.X[list(population.columns)], features, seed, recipe)
        rows.append(test)
        scores.append(model.score(examples.X[test]))
    if not rows or sum(examples.y[test].sum() for test in rows) == 0:
        return None
    return _Later(
        y=np.concatenate([examples.y[test] for test in rows]),
        score=np.concatenate(scores),
        profiles=np.concatenate([Profiles(doel).score(examples.X[test]) for test in rows]),
    )


def _reliability(kans: Floats, y: Floats, tenths: int = 10) -> tuple[Bin, ...]:
    parts = np.array_split(np.argsort(kans, kind="stable"), tenths)
    return tuple(
        Bin(kans=float(kans[rows].mean()), found=float(y[rows].mean()), n=len(rows)) for rows in parts if len(rows)
    )


def _curve(later: _Later, seed: int) -> tuple[Point, ...]:
    def figure(score: Floats, k: int) -> Interval:
        return interval(lambda a, b: precision_at(a, b, k).expected, later.y, score, seed=seed, draws=100)

    return tuple(
        Point(k=k, model=figure(later.score, k), profiles=figure(later.profiles, k)) for k in CURVE if k <= len(later.y)
    )

