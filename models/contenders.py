"""One trial: everybody learns from the same past, chooses inside it, and scores rows that nobody has seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from features.columns import Doel, Feature
from models import calibration, figures
from models.derived import UNUSUAL, forest, with_unusual
from models.examples import Examples
from models.fitting import LIGHT_WEIGHT, Fitted, learn
from models.rankers.boosted import Recipe
from models.rankers.challenger import Challenger
from models.rankers.isolation import Isolation
from models.rankers.logistic import Logistic
from models.rankers.profiles import Profiles
from models.rankers.single import Single
from models.ranking import AHEAD
from models.splits import Trial
from models.tables import Codes, Floats, TableModel, Term

ROUNDS = 100  # of the black-box challenger: more does not help with so few labels
BAGS, FOLD_BAGS = 4, 2  # at most, of the correction in a trial: there are many trials, and it hardly shows


@dataclass(frozen=True, kw_only=True, eq=False)
class Tried:
    """What a trial found. rows: of the examples, tested; scores: (contender, one number per row, higher = earlier).

    kans: held-out probability of each row, as for a picked address where it was picked (see calibration.Line).
    losses: (calibration, log-loss inside the training rows); line: the one chosen and fitted there.
    border: the score of the model above which a row would have been in bands A-C.
    """

    trial: Trial
    rows: Codes
    train_labels: int
    train_positives: int
    scores: tuple[tuple[str, Floats], ...]
    kans: Floats
    losses: tuple[tuple[str, float], ...]
    line: str
    border: float = math.inf

    def score(self, contender: str) -> Floats | None:
        """The scores of one contender; None where it did not take part."""
        return next((score for name, score in self.scores if name == contender), None)


def run_trial(
    doel: Doel,
    examples: Examples,
    trial: Trial,
    features: Sequence[Feature],
    *,
    seed: int,
    recipe: Recipe,
    champion: TableModel | None = None,
    region: tuple[Term, ...] = (),
) -> Tried:
    """Train every contender on the trial's past and score its test rows. `learn` is called once.

    champion: takes part only where the test rows began after it was trained: it must not be asked what it has learned.
    """
    names = [feature.name for feature in features]
    past, rows = examples.take(trial.train), np.flatnonzero(trial.test)
    # Borders and tail shares from the past's own light negatives: the later population is not known yet.
    quiet = past.X.loc[~past.labelled, names]
    population = quiet if len(quiet) else past.X[names]
    quick = replace(recipe, bags=min(recipe.bags, BAGS), fold_bags=min(recipe.fold_bags, FOLD_BAGS))
    fitted = learn(doel, past, population, features, seed, quick, region=region)
    unusual = fitted.isolation or forest(population, seed)
    X = examples.X.loc[trial.test, names]
    afwijking = unusual.score(X)
    scores = [
        (figures.MODEL, fitted.score(X)),
        (figures.PROFILES, Profiles(doel).score(examples.X[trial.test])),
        (figures.CHANCE, np.zeros(len(X))),  # all tied: the expected value over all orders
        (figures.ISOLATION, afwijking),
        *_challengers(past, names, X, seed),
    ]
    if champion is not None and fair(champion, trial):
        scores.append((figures.CHAMPION, champion.score(with_unusual(examples.X[trial.test], afwijking))))
    return _calibrated(trial, examples, past, fitted, population, unusual, rows, scores)


def fair(champion: TableModel, trial: Trial) -> bool:
    """Whether the champion was trained before the test rows began."""
    return trial.begins is not None and champion.trained_as_of < trial.begins.isoformat()


def readable(champion: TableModel, names: Sequence[str], register: str) -> bool:
    """Whether the champion can score these features at all: of the same register, and reads nothing that is absent."""
    return champion.register in ("", register) and set(champion.features) <= {*names, UNUSUAL.name}


def _challengers(past: Examples, names: list[str], X: pd.DataFrame, seed: int) -> list[tuple[str, Floats]]:
    """What others make of the same labels and light negatives, with the same weights."""
    weight = np.ones(len(past))
    light = ~past.labelled
    weight[light] = LIGHT_WEIGHT * past.labelled.sum() / max(light.sum(), 1)
    seen, y = past.X[names], past.y
    return [
        (figures.BEST_FEATURE, Single().fit(seen[past.labelled], y[past.labelled]).score(X)),
        (figures.BOOSTING, Challenger(rounds=ROUNDS, seed=seed).fit(seen, y, weight).score(X)),
        (figures.LOGISTIC, Logistic().fit(seen, y, weight).score(X)),
    ]


def _calibrated(
    trial: Trial,
    examples: Examples,
    past: Examples,
    fitted: Fitted,
    population: pd.DataFrame,
    unusual: Isolation,
    rows: Codes,
    scores: list[tuple[str, Floats]],
) -> Tried:
    """The trial with kans for its test rows, calibrated on what the past itself held out."""
    held = past.labelled
    town = fitted.model.score(with_unusual(population, unusual.fitted_))
    found = calibration.evidence(
        fitted.boosted.held_out_[held],
        past.y[held],
        town,
        doel=fitted.model.doel,
        steekproef=past.steekproef[held],
        selectiekans=past.selectiekans[held],
    )
    losses = calibration.tried(found)
    name = calibration.chosen(losses)
    line = calibration.fitted(found, name)
    raw = scores[0][1]
    # Calibrated, as it is published: within the trial nothing changes place, and trials can be laid together.
    scores = [(figures.MODEL, line.intercept + line.slope * raw), *scores[1:]]
    return Tried(
        trial=trial,
        rows=rows,
        train_labels=int(held.sum()),
        train_positives=int(past.y[held].sum()),
        scores=tuple(scores),
        kans=line.kans(raw, examples.steekproef[rows]),
        losses=losses,
        line=name,
        border=line.intercept + line.slope * float(np.quantile(town, 1 - AHEAD)),
    )
