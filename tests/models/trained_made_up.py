"""A made-up training result over features of the real register, small enough to read."""

from __future__ import annotations

import numpy as np

from features.columns import Doel, Feature, Status
from features.register import FEATURES
from features.register import version as register_version
from models.figures import Backtest
from models.rankers.boosted import Recipe
from models.registry import Origin
from models.tables import Calibration, TableModel, Term
from models.trained import TrainedTarget

ORIGIN = Origin(
    gemeenten=("0175",), files=(("brp/persoonslijsten.csv", "0f" * 32),), data="da" * 32, code="c0de", grounds=()
)


def table_model(doel: str, high: float = 1.0) -> TableModel:
    """One feature with a direction, one pair; every cell by hand."""
    first, second = directed(doel)
    sign = first.direction(Doel(doel))
    rising = np.array([0.25, -high * sign, high * sign, 0.0])
    pair = Term(
        features=(first.name, second.name),
        cuts=(np.array([0.5]), np.array([2.0, 3.0])),
        scores=np.zeros((4, 5)) + np.array([0.5, 0.0, 0.0, 0.0, 0.0]),
    )
    return TableModel(
        doel=doel,
        base=-2.0,
        terms=(Term(features=(first.name,), cuts=(np.array([0.5]),), scores=rising), pair),
        directions=((first.name, sign),),
        register=register_version(),
        trained_as_of="2026-10-01",
        calibration=Calibration(prevalence=0.01, based_on="de steekproef"),
    )


def directed(doel: str) -> tuple[Feature, Feature]:
    """The register's first admitted features of the BRP with and without a declared direction for this target."""
    own = [f for f in FEATURES if "brp" in f.sources and f.papers.status is Status.TOEGELATEN]
    with_direction = next(feature for feature in own if feature.direction(Doel(doel)))
    without = next(feature for feature in own if not feature.direction(Doel(doel)))
    return with_direction, without


def trained(doel: str, high: float = 1.0, backtest: Backtest | None = None) -> TrainedTarget:
    return TrainedTarget(
        doel=doel,
        model=table_model(doel, high),
        labels=90,
        positives=9,
        light=100,
        drawn=10,
        found=1,
        strength=10.0,
        belief=0.5,
        recipe=Recipe(),
        seed=1,
        backtest=backtest,
    )
