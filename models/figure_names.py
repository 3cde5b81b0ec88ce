"""One name per figure: as it stands in MLflow, in the manifest, and beside the number in every page of the pack."""

from __future__ import annotations

import math
from collections.abc import Iterator

from models.evaluate import Interval
from models.figures import MODEL, AtK, Backtest, Fold, Measured

POOLED, RANDOM = "later", "steekproef"  # the time folds together; their random stream alone


def metrics(backtest: Backtest) -> tuple[tuple[str, float], ...]:
    """Every finite figure of the pooled folds, the random stream and the calibration, for the run of the target."""
    found = [
        *(pair for measured in backtest.pooled for pair in of_contender(POOLED, measured)),
        *(pair for measured in backtest.random for pair in of_contender(RANDOM, measured)),
    ]
    if backtest.reliability is not None:
        found += with_bounds("ece", backtest.reliability.ece)
    if backtest.handlers is not None:
        found.append(("behandelaar_p", backtest.handlers.p_value))
    return tuple((name, value) for name, value in found if math.isfinite(value))


def fold_metrics(fold: Fold) -> tuple[tuple[str, float], ...]:
    """Every finite figure of one fold, for its child run."""
    found: list[tuple[str, float]] = [
        ("leer_labels", float(fold.train_labels)),
        ("leer_positieven", float(fold.train_positives)),
    ]
    found += [pair for measured in fold.measured for pair in of_contender(fold.kind, measured)]
    return tuple((name, value) for name, value in found if math.isfinite(value))


def of_contender(scope: str, measured: Measured) -> Iterator[tuple[str, float]]:
    """The figures of one contender under `scope`."""
    start = prefix(scope, measured.contender)
    yield f"{start}n", float(measured.n)
    yield f"{start}positieven", float(measured.positives)
    yield from with_bounds(f"{start}gemiddelde_precisie", measured.average_precision)
    yield from with_bounds(f"{start}verschil_met_profielen", measured.difference)
    for at in measured.at:
        yield from _at(start, at)


def prefix(scope: str, contender: str) -> str:
    """`later_` for the model itself, `later_profielen_` for another contender."""
    return f"{scope}_" if contender == MODEL else f"{scope}_{contender.replace(' ', '_')}_"


def at_name(at: AtK) -> str:
    """ "60", "1pct", "capaciteit": what stands after `_bij_`."""
    return at.name.replace("%", "pct")


def with_bounds(name: str, figure: Interval) -> list[tuple[str, float]]:
    """A figure with the bounds of its 90% interval."""
    return [(name, figure.value), (f"{name}_laag", figure.low), (f"{name}_hoog", figure.high)]


def _at(start: str, at: AtK) -> Iterator[tuple[str, float]]:
    k = at_name(at)
    for name, figure in (("precisie", at.precision), ("recall", at.recall), ("lift", at.lift), ("treffers", at.hits)):
        yield from with_bounds(f"{start}{name}_bij_{k}", figure)
    yield f"{start}precisie_bij_{k}_slechtst", at.worst
    yield f"{start}precisie_bij_{k}_best", at.best
