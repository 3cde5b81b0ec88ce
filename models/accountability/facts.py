"""Everything the accountability pack says, in one place: the run's own metadata, its figures, the model, who answers.

Every number in the pack is asked for by its name in MLflow (models/figure_names.py), so none is typed twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from features.columns import Feature, Status
from models.accountability.organisation import Organisation
from models.accountability.words import SOURCES
from models.document import from_json as model_from_json
from models.figure_names import at_name, fold_metrics, metrics
from models.figures import MODEL, Backtest, Fold
from models.figures_json import RunFacts, facts_from_json, from_json
from models.tables import TableModel
from models.unusual import UNUSUAL

if TYPE_CHECKING:  # who reads what was kept needs no learner
    from models.trained import TrainedTarget

PREFERRED = ("60", "20", "8", "capaciteit", "1%")  # the first k of the headline, where enough was tested on
TIMES = 3  # outcomes per place: the first 60 of 64 are nearly all of them, and say nothing
FEW = 10  # positives, below which figures say next to nothing


@dataclass(frozen=True, kw_only=True)
class Headline:
    """The k that the headline is about: its name among the figures, and how many addresses it is."""

    naam: str
    k: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """features: of the register; backtest None: there was too little to test on. The same facts give the same pack."""

    run: RunFacts
    model: TableModel
    backtest: Backtest | None
    organisation: Organisation
    register: tuple[Feature, ...]

    @classmethod
    def of(
        cls, target: TrainedTarget, run: RunFacts, *, register: Sequence[Feature], organisation: Organisation
    ) -> Facts:
        """Of a training that has just been done."""
        return cls(
            run=run,
            model=target.model,
            backtest=target.backtest,
            organisation=organisation,
            register=(*register, UNUSUAL),
        )

    @classmethod
    def stored(
        cls, model: str, run: str, backtest: str | None, *, register: Sequence[Feature], organisation: Organisation
    ) -> Facts:
        """Of what the registry kept: the three documents. Raises Refusal when one is not such a document."""
        return cls(
            run=facts_from_json(run),
            model=model_from_json(model),
            backtest=None if backtest is None else from_json(backtest),
            organisation=organisation,
            register=(*register, UNUSUAL),
        )

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """Name in the registry -> figure; of a fold under `deel/<kind>/<name>/`, of the calibration under `ijking/`."""
        run, calibration = self.run, self.model.calibration
        found = {
            "labels": float(run.labels),
            "positieven": float(run.positives),
            "lichte_negatieven": float(run.light),
            "steekproef": float(run.drawn),
            "steekproef_gevonden": float(run.found),
            "prevalentie": calibration.prevalence,
            "kalibratie_helling": calibration.slope,
            "kenmerken": float(len(self.model.features)),
        }
        if self.backtest is not None:
            found |= dict(metrics(self.backtest))
            for fold in self.backtest.folds:
                found |= {f"{fold_name(fold)}/{name}": value for name, value in fold_metrics(fold)}
            found |= _bins(self.backtest)
        return {name: value for name, value in found.items() if math.isfinite(value)}

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """The features that the model reads, in the register's order."""
        read = set(self.model.features)
        return tuple(feature for feature in self.register if feature.name in read)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources that the model rests on. Through the derived feature it rests on all that was admitted for it."""
        read = {source for feature in self.features for source in feature.sources}
        if UNUSUAL.name in self.model.features:
            read |= self._admitted()
        return tuple(source for source in SOURCES if source in read)

    def _admitted(self) -> set[str]:
        """The sources of all admitted features that the delivery granted (of all, where that was not recorded)."""
        granted = {source for source, _, _ in self.run.grounds}
        admitted = [feature for feature in self.register if feature.papers.status is Status.TOEGELATEN]
        return {
            source
            for feature in admitted
            if not granted or granted.issuperset(feature.sources)
            for source in feature.sources
        }

    @cached_property
    def headline(self) -> Headline | None:
        """The first k to speak of; None where nothing was measured. See PREFERRED and TIMES."""
        own = None if self.backtest is None else self.backtest.of(MODEL)
        if own is None or not own.at:
            return None
        measured = {at.name: at for at in own.at}
        fitting = [measured[name] for name in PREFERRED if name in measured and TIMES * measured[name].k <= own.n]
        chosen = fitting[0] if fitting else min(own.at, key=lambda at: at.k)
        return Headline(naam=at_name(chosen), k=chosen.k)

    @property
    def thin(self) -> bool:
        """Whether so little was found in the test that its figures say next to nothing."""
        own = None if self.backtest is None else self.backtest.of(MODEL)
        return own is not None and own.positives < FEW

    @property
    def reads_age(self) -> bool:
        """Whether any feature rests on years of birth."""
        return any(feature.papers.age for feature in self.features)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Term -> reach: its highest minus its lowest known cell, in log-odds; the largest first."""
        reach = {term.name: float(np.ptp(term.scores[(slice(0, -1),) * term.scores.ndim])) for term in self.model.terms}
        return dict(sorted(reach.items(), key=lambda pair: -pair[1]))


def fold_name(fold: Fold) -> str:
    """Where the figures of a fold stand among the numbers."""
    return f"deel/{fold.kind}/{fold.name}"


def _bins(backtest: Backtest) -> dict[str, float]:
    found: dict[str, float] = {}
    for place, one in enumerate(() if backtest.reliability is None else backtest.reliability.bins):
        parts = {"kans": one.kans, "gevonden": one.found, "n": float(one.n), "laag": one.low, "hoog": one.high}
        found |= {f"ijking/{place}/{name}": value for name, value in parts.items()}
    return found
