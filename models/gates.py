"""The gates of promotion: each one condition, with what was found and what is needed, in words a person can act upon.

A gate that cannot be judged (no champion yet, no fair fold) passes and says so: what is missing is not held against a
model, but whoever approves it must see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features.columns import Feature
from models.evaluate import Interval
from models.figures import MODEL, Fold, Gate, Measured, Reliability
from models.splits import TIME
from models.wording import dutch_number

BETTER, NOT_WORSE, HONEST, PREVALENCE, PAPERS = (
    "beter dan de profielen",
    "niet slechter dan het model in gebruik",
    "eerlijke kansen",
    "aandeel klopt met de steekproef",
    "papieren compleet",
)


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What the gates ask. positieven: fewest in the newest fold to judge by it alone; else all time folds together.

    ece: largest expected calibration error beyond chance; marge: how far below 0 a difference in average precision may
    surely lie, and how far above it must. prevalentie_sd: standard errors between mean kans and estimated share.
    """

    positieven: int = 10
    ece: float = 0.05
    marge: float = 0.0
    prevalentie_sd: float = 2.0


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the gates judge. versus_newest, versus_pooled: model minus champion on the folds where that is fair.

    chance_ece: the calibration error that honest probabilities stay below by chance. mean_kans: over the population;
    share, error: the estimated prevalence. model_features: what the model reads.
    """

    folds: Sequence[Fold]
    pooled: Sequence[Measured]
    champion: bool
    versus_newest: Interval | None
    versus_pooled: Interval | None
    reliability: Reliability | None
    chance_ece: float
    mean_kans: float
    share: float
    error: float
    model_features: Sequence[str]
    features: Sequence[Feature]


def gates(case: Case, bounds: Bounds, extra: Sequence[Gate] = ()) -> tuple[Gate, ...]:
    """All gates of one target, those of others (`extra`) last."""
    return (
        _better(case, bounds),
        _not_worse(case, bounds),
        _honest(case, bounds),
        _prevalence(case, bounds),
        _papers(case),
        *extra,
    )


def _newest(case: Case, bounds: Bounds) -> Measured | None:
    """The model on the newest fold in time, where it holds enough positives."""
    in_time = [fold for fold in case.folds if fold.kind == TIME]
    found = next((one for one in in_time[-1].measured if one.contender == MODEL), None) if in_time else None
    return found if found is not None and found.positives >= bounds.positieven else None


def _better(case: Case, bounds: Bounds) -> Gate:
    expected = f"verschil in gemiddelde precisie met zekerheid boven {dutch_number(bounds.marge, 2)} (90%)"
    newest = _newest(case, bounds)
    found = newest or next((one for one in case.pooled if one.contender == MODEL), None)
    if found is None or not found.positives:
        nothing = "in latere onderzoeken is niets gevonden, dus er is niets om aan te toetsen"
        return Gate(name=BETTER, passed=False, found=nothing, expected=expected)
    where = "nieuwste halfjaar" if newest else f"alle tijdvakken samen (minder dan {bounds.positieven} in het nieuwste)"
    return Gate(
        name=BETTER,
        passed=bool(found.difference.low > bounds.marge),
        found=f"{_interval(found.difference)}, {where}, {found.positives} keer raak",
        expected=expected,
    )


def _not_worse(case: Case, bounds: Bounds) -> Gate:
    expected = f"verschil in gemiddelde precisie niet met zekerheid onder {dutch_number(0.0 - bounds.marge, 2)} (90%)"
    if not case.champion:
        return Gate(name=NOT_WORSE, passed=True, found="er is nog geen model in gebruik", expected=expected)
    newest = _newest(case, bounds)
    found = case.versus_newest if newest and case.versus_newest is not None else case.versus_pooled
    if found is None:
        reason = "geen tijdvak begon na de training van het model in gebruik: een vergelijking zou niet eerlijk zijn"
        return Gate(name=NOT_WORSE, passed=True, found=reason, expected=expected)
    return Gate(name=NOT_WORSE, passed=not found.high < -bounds.marge, found=_interval(found), expected=expected)


def _honest(case: Case, bounds: Bounds) -> Gate:
    most = max(bounds.ece, case.chance_ece)
    expected = f"afwijking van de kansen (ECE) niet met zekerheid boven {dutch_number(most, 3)}"
    if case.reliability is None:
        return Gate(name=HONEST, passed=False, found="geen latere uitkomsten om aan te toetsen", expected=expected)
    ece = case.reliability.ece
    return Gate(name=HONEST, passed=bool(ece.low <= most), found=_interval(ece, 3), expected=expected)


def _prevalence(case: Case, bounds: Bounds) -> Gate:
    room = bounds.prevalentie_sd * case.error
    return Gate(
        name=PREVALENCE,
        passed=bool(np.abs(case.mean_kans - case.share) <= room),
        found=f"gemiddelde kans {_percent(case.mean_kans)}",
        expected=f"tussen {_percent(max(case.share - room, 0.0))} en {_percent(case.share + room)}",
    )


def _papers(case: Case) -> Gate:
    lacking = [f.label for f in case.features if f.name in set(case.model_features) and not f.papers.complete()]
    return Gate(
        name=PAPERS,
        passed=not lacking,
        found=f"onvolledig: {', '.join(lacking)}" if lacking else "alle kenmerken van het model",
        expected="grondslag, doel en vijf toetsen bij elk kenmerk",
    )


def _interval(figure: Interval, decimals: int = 2) -> str:
    value, low, high = (dutch_number(part, decimals) for part in (figure.value, figure.low, figure.high))
    return f"{value} (90%: {low} tot {high})"


def _percent(share: float) -> str:
    return f"{dutch_number(100 * share, 2)}%"
