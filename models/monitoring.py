"""The monitoring report of a model in use: what it promised, what came of it, what changed, and must it stop?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.agreement import Agreement, Judgements, agreement
from models.drift import Drift, Level
from models.figures import Gate
from models.since import Calibrated, Outcomes, Rate, by_band, by_reason, calibrated, rate
from models.stop_rule import StopRule, reasons, unequal


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What is known of one target. outcomes: since its publications; drift None: no reference to compare with."""

    doel: str
    model: str  # name and version, or what stands in for them
    outcomes: Outcomes
    drift: Drift | None = None
    judgements: Judgements | None = None


@dataclass(frozen=True, kw_only=True)
class TargetReport:
    """One target. overall: all that the list or chance put forward; random: the random stream; reasons: to stop."""

    doel: str
    model: str
    bands: tuple[Rate, ...]
    overall: Rate
    random: Rate
    by_reason: tuple[Rate, ...]
    calibrated: Calibrated | None
    agreement: Agreement | None
    drift: Drift | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """stop: the rule fired now; reasons: why (Dutch). stopped_since: ISO moment of a stop that holds already, or "".

    as_of: ISO day up to which outcomes were known; since: ISO day from which they count. publications: (run id, ISO day
    from which it was in use).
    """

    run_id: str
    as_of: str
    since: str
    publications: tuple[tuple[str, str], ...]
    targets: tuple[TargetReport, ...]
    disparity: tuple[Gate, ...]
    rule: StopRule
    stop: bool
    reasons: tuple[str, ...]
    stopped_since: str = ""


def report(
    watched: Sequence[Watched],
    rule: StopRule,
    *,
    run_id: str,
    as_of: str,
    since: str = "",
    publications: Sequence[tuple[str, str]] = (),
    disparity: Sequence[Gate] = (),
    stopped_since: str = "",
) -> Report:
    """Measure every target and apply the stop rule. since: outcomes of investigations begun before it do not count."""
    targets = tuple(_target(one, rule, since) for one in watched)
    why = tuple(reason for target in targets for reason in target.reasons)
    found = Report(
        run_id=run_id,
        as_of=as_of,
        since=since,
        publications=tuple(publications),
        targets=targets,
        disparity=(),
        rule=rule,
        stop=bool(why),
        reasons=why,
        stopped_since=stopped_since,
    )
    return with_disparity(found, disparity)


def with_disparity(found: Report, disparity: Sequence[Gate]) -> Report:
    """The report with the gates of fairness, and the rule applied to them too."""
    why = (*found.reasons, *unequal(found.rule, disparity))
    return replace(found, disparity=tuple(disparity), stop=bool(why), reasons=why)


def _target(one: Watched, rule: StopRule, since: str) -> TargetReport:
    found = one.outcomes
    if since:
        found = found.take(found.start >= np.datetime64(since[:10]))
    bands, random, honest = by_band(found), rate("steekproef", found, found.random), calibrated(found)
    return TargetReport(
        doel=one.doel,
        model=one.model,
        bands=bands,
        overall=rate("alle", found, found.by_list),
        random=random,
        by_reason=by_reason(found),
        calibrated=honest,
        agreement=None if one.judgements is None else agreement(one.judgements),
        drift=one.drift,
        reasons=reasons(rule, one.doel, top=bands[0], random=random, calibrated=honest, drift=one.drift),
    )


def metrics(found: Report) -> tuple[tuple[str, float], ...]:
    """Every finite figure of the report, named for MLflow."""
    told = [("stop", float(found.stop))]
    for target in found.targets:
        told += [(f"{target.doel}_{name}", value) for name, value in _figures(target)]
    told.append(("ongelijkheid_buiten_grens", float(sum(not gate.passed for gate in found.disparity))))
    return tuple((name, value) for name, value in told if math.isfinite(value))


def _figures(target: TargetReport) -> Iterator[tuple[str, float]]:
    for name, one in [*((f"band_{band.name}", band) for band in target.bands), ("steekproef", target.random)]:
        yield from (
            (f"{name}_n", float(one.n)),
            (f"{name}_raak", one.rate.value),
            (f"{name}_raak_laag", one.rate.low),
            (f"{name}_raak_hoog", one.rate.high),
            (f"{name}_beloofd", one.promised),
        )
    if target.calibrated is not None:
        yield from (
            ("ijking_n", float(target.calibrated.n)),
            ("ijking_z", target.calibrated.z),
            ("ijking_beloofd", target.calibrated.expected),
            ("ijking_raak", float(target.calibrated.found)),
        )
    if target.agreement is not None:
        yield from (("bureau_kappa", target.agreement.kappa), ("bureau_volgorde", target.agreement.ordered))
    if target.drift is not None:
        yield from (
            ("kenmerken_rood", float(len(target.drift.of(Level.ROOD)))),
            ("kenmerken_geel", float(len(target.drift.of(Level.GEEL)))),
            ("score_psi", target.drift.score.psi),
        )
