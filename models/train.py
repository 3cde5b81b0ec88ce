"""Training targets: from examples to calibrated models of tables, with the figures that say how far to trust them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from features.columns import Doel, Feature
from features.errors import Refusal
from features.register import admitted
from features.table import Grant
from models.backtest import backtest, complete, trials
from models.contenders import Tried, fair, readable, run_trial
from models.examples import Examples
from models.fairness_held_out import of_trials
from models.figures import HandlerEffect
from models.fitting import FEWEST, Fitted, calibrated, enough, learn
from models.gates import Bounds, Case, gates
from models.handlers import handler_effect, label_weights
from models.leak import require_no_alarm
from models.rankers.boosted import Recipe
from models.splits import TIME
from models.tables import TableModel, Term, probability
from models.trained import TrainedTarget

__all__ = ["Recipe", "Request", "TrainedTarget", "enough", "fit_target", "fit_targets"]
SAMPLE = 20_000  # addresses whose mean kans is compared with the prevalence


@dataclass(frozen=True, kw_only=True, eq=False)
class Request:
    """What to train on. population: features of all addresses on the training date, for borders and calibration.

    out_of_time: False = no back-test. champion: the model in use, to be compared with where that is fair. capacity:
    investigations the team begins per half year, 0 = unknown. notes: sentences on the labels (Dutch). trial: read
    features on trial too, in a test run: what comes of it is refused at scoring. region: tables of other gemeenten to
    start from (see region_start.others).
    """

    doel: Doel
    examples: Examples
    population: pd.DataFrame
    grants: tuple[Grant, ...]
    as_of: date
    seed: int = 0
    recipe: Recipe = field(default_factory=Recipe)
    out_of_time: bool = True
    champion: TableModel | None = None
    capacity: int = 0
    notes: tuple[str, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)
    trial: bool = False
    region: tuple[Term, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Final:
    """The model on all labels. mean_kans: over the population."""

    fitted: Fitted
    handlers: HandlerEffect | None
    mean_kans: float


def fit_target(
    doel: Doel,
    examples: Examples,
    population: pd.DataFrame,
    grants: Sequence[Grant],
    *,
    as_of: date,
    **given: Any,
) -> TrainedTarget:
    """One target, here and now; `given`: the other fields of Request."""
    request = Request(doel=doel, examples=examples, population=population, grants=tuple(grants), as_of=as_of, **given)
    return fit_targets([request])[0]


def fit_targets(
    requests: Sequence[Request], *, jobs: int = 1, progress: Callable[[str, int, int], None] | None = None
) -> tuple[TrainedTarget, ...]:
    """Train every target; models and folds of all targets run side by side in `jobs` processes.

    Only features that the register admits for the target and the grants are read. Raises Refusal, before any work, with
    too few labels, when no feature is admitted, or when one alone separates the labels (see leak.py).
    """
    ready = [(request, _features(request)) for request in requests]
    asked = [trials(request.examples, request.as_of) if request.out_of_time else () for request in requests]
    calls = [delayed(_final)(request, features) for request, features in ready]
    for (request, features), own in zip(ready, asked, strict=True):
        calls += [
            delayed(run_trial)(
                request.doel,
                request.examples,
                trial,
                features,
                seed=request.seed,
                recipe=request.recipe,
                champion=_champion(request, features),
                region=request.region,
            )
            for trial in own
        ]
    done = iter(_run(calls, jobs, progress))
    finals = [next(done) for _ in ready]
    tested = [[next(done) for _ in own] for own in asked]
    return tuple(
        _trained(request, features, final, found)
        for (request, features), final, found in zip(ready, finals, tested, strict=True)
    )


def _run(calls: list[Any], jobs: int, progress: Callable[[str, int, int], None] | None) -> Iterator[Any]:
    results = Parallel(n_jobs=min(jobs, max(len(calls), 1)), return_as="generator")(
        delayed(_alone)(*one) for one in calls
    )
    for number, result in enumerate(results, start=1):
        if progress is not None:
            progress("models and folds", number, len(calls))
        yield result


def _alone(function: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """One call on one thread: calls run side by side, and threads that wait for each other spin."""
    with threadpool_limits(limits=1):
        return function(*given, **named)


def _features(request: Request) -> tuple[Feature, ...]:
    """The features to learn from; raises Refusal where there is nothing to learn from, or not from this."""
    doel, examples = request.doel, request.examples
    may = admitted(doel, request.grants, trial=True) if request.trial else admitted(doel, request.grants)
    features = tuple(f for f in may if f.name in examples.X.columns)
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
            do="score without a model (in a cold start) until more outcomes are in",
        )
    require_no_alarm(examples, features, f"training {doel}")
    return features


def _champion(request: Request, features: Sequence[Feature]) -> TableModel | None:
    """The champion, where it can read these features."""
    champion = request.champion
    names = [feature.name for feature in features]
    return champion if champion is not None and readable(champion, names, request.examples.register) else None


def _final(request: Request, features: Sequence[Feature]) -> Final:
    """Learn from all labels; where the handlers differ significantly, once more with their labels weighed."""
    names = [feature.name for feature in features]
    population, examples, labelled = request.population[names], request.examples, request.examples.labelled
    fitted = learn(request.doel, examples, population, features, request.seed, request.recipe, region=request.region)
    rows = (fitted.boosted.held_out_[labelled], examples.y[labelled], examples.behandelaar[labelled])
    effect = handler_effect(*rows, seed=request.seed)
    if effect is not None and effect.significant:
        weight = np.ones(len(examples))
        weight[labelled] = label_weights(*rows)
        examples = replace(examples, weight=weight)
        fitted = learn(
            request.doel, examples, population, features, request.seed, request.recipe, region=request.region
        )
        effect = replace(effect, corrected=True)
    fitted = calibrated(fitted, examples, population)
    some = population.iloc[:: max(1, len(population) // SAMPLE)]
    return Final(fitted=fitted, handlers=effect, mean_kans=float(probability(fitted.score(some)).mean()))


def _trained(request: Request, features: Sequence[Feature], final: Final, found: Sequence[Tried]) -> TrainedTarget:
    examples, fitted = request.examples, final.fitted
    y, drawn = examples.y[examples.labelled], examples.steekproef
    model = replace(fitted.model, register=examples.register, trained_as_of=request.as_of.isoformat())
    target = TrainedTarget(
        doel=request.doel.value,
        model=model,
        labels=len(y),
        positives=int(y.sum()),
        light=int((~examples.labelled).sum()),
        drawn=int(drawn.sum()),
        found=int(examples.y[drawn].sum()),
        strength=fitted.boosted.strength_,
        belief=fitted.boosted.belief_,
        recipe=request.recipe,
        seed=request.seed,
    )
    return _measured(request, features, final, target, found) if request.out_of_time else target


def _measured(
    request: Request, features: Sequence[Feature], final: Final, target: TrainedTarget, found: Sequence[Tried]
) -> TrainedTarget:
    """The target with its back-test and its gates."""
    results = backtest(
        target.doel,
        request.examples,
        found,
        capacity=request.capacity,
        seed=request.seed,
        champion=_about_champion(request, features, found),
        notes=request.notes,
    )
    case = Case(
        folds=results.backtest.folds,
        pooled=results.backtest.pooled,
        champion=request.champion is not None,
        versus_newest=results.versus.newest,
        versus_pooled=results.versus.pooled,
        reliability=results.backtest.reliability,
        chance_ece=results.versus.chance_ece,
        mean_kans=final.mean_kans,
        share=target.model.calibration.prevalence,
        error=target.model.calibration.prevalence_se,
        model_features=target.model.features,
        features=features,
    )
    judged = complete(results.backtest, final.handlers, gates(case, request.bounds))
    return replace(target, backtest=judged, flagged=of_trials(found))


def _about_champion(request: Request, features: Sequence[Feature], found: Sequence[Tried]) -> str:
    """What the comparison with the model in use rests on (Dutch); empty without one."""
    if request.champion is None:
        return ""
    if _champion(request, features) is None:
        return "Het model in gebruik leest andere kenmerken dan dit register kent; het is niet te vergelijken."
    count = sum(one.trial.kind == TIME and fair(request.champion, one.trial) for one in found)
    if not count:
        return (
            f"Het model in gebruik is getraind op {request.champion.trained_as_of}. Geen tijdvak begon daarna; "
            "vergelijken zou niet eerlijk zijn."
        )
    periods = "1 tijdvak dat begon" if count == 1 else f"{count} tijdvakken die begonnen"
    return f"Het model in gebruik is vergeleken op {periods} nadat het was getraind."
