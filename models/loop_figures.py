"""From the runs of a benchmark to its figures: mean over the towns, with 90% intervals, per policy and target.

The town is the unit: months and addresses of one town share its luck, so the interval of a mean over m towns is
Student's with m - 1 degrees of freedom, and so is that of the paired difference with another policy on the same towns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from features.columns import Doel
from models.evaluate import Interval
from models.loop_records import LoopRun, Month
from models.policies_named import PROFILES
from models.stream import LEVEL, METHODS, Coverage, Stratum, coverage, estimate, truth

NAN = float("nan")


@dataclass(frozen=True, kw_only=True)
class Played:
    """A run with what it was of."""

    policy: str
    seed: int
    run: LoopRun
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One policy and target over the whole period; shares 0-1.

    hits: confirmed findings, all towns' mean; difference: hits minus those of the profiles on the same town; true_hits:
    those that were real; per_visit: hits / picked; recall: real findings / cases that existed; silent: share of the
    picked without an answer.
    free_found: the share of the free addresses that an inspector would confirm (what the random stream estimates);
    free_true: the share where the target really holds. naive: hits / chosen, read as if it told of all; naive_bias:
    minus free_found. stream: the random stream's estimate, of all towns' draws together; covered: per town, whether its
    interval held free_found; coverage: the same by drawing
    again, mean of the towns. kans, top_kans, top_true: see loop_records.Month.
    """

    policy: str
    doel: str
    towns: int
    hits: Interval
    difference: Interval
    true_hits: Interval
    per_visit: Interval
    recall: Interval
    silent: Interval
    free_found: Interval
    free_true: Interval
    naive: Interval
    naive_bias: Interval
    drawn: int
    drawn_hits: int
    stream: Interval
    covered: tuple[bool, ...]
    coverage: tuple[Coverage, ...]
    kans: Interval
    top_kans: Interval
    top_found: Interval
    top_true: Interval
    seconds: float


def over_towns(values: Sequence[float]) -> Interval:
    """The mean with Student's 90% interval; one town has none (NaN), and NaN values stay out."""
    known = np.array([v for v in values if not np.isnan(v)])
    if not len(known):
        return Interval(value=NAN, low=NAN, high=NAN)
    mean = float(known.mean())
    if len(known) == 1:
        return Interval(value=mean, low=NAN, high=NAN)
    half = float(student.ppf(1 - (1 - LEVEL) / 2, len(known) - 1) * known.std(ddof=1) / np.sqrt(len(known)))
    return Interval(value=mean, low=mean - half, high=mean + half)


def months_of(run: LoopRun, doel: Doel) -> tuple[Month, ...]:
    """The months of one target, in order."""
    return tuple(month for month in run.months if month.doel == doel.value)


def strata(months: Iterable[Month]) -> tuple[Stratum, ...]:
    """The draws of the random stream."""
    return tuple(Stratum(free=m.free, found=m.free_found, drawn=m.drawn) for m in months)


def figures(played: Sequence[Played], *, redraws: int = 2000) -> tuple[Figures, ...]:
    """Per policy (in order of first mention) and target."""
    names = tuple(dict.fromkeys(p.policy for p in played))
    return tuple(_figures(name, doel, played, redraws) for name in names for doel in Doel)


def _figures(name: str, doel: Doel, played: Sequence[Played], redraws: int) -> Figures:
    mine = [p for p in played if p.policy == name]
    runs = [months_of(p.run, doel) for p in mine]
    profiles = {p.seed: _sum(months_of(p.run, doel), "hits") for p in played if p.policy == PROFILES}
    shared = [(p, months) for p, months in zip(mine, runs, strict=True) if p.seed in profiles]
    naive = [_ratio(months, "chosen_hits", "chosen") for months in runs]
    would = [share(months, "free_found") for months in runs]
    every = [stratum for months in runs for stratum in strata(months)]
    drawn, found = sum(s.drawn for s in every), sum(_sum(months, "drawn_hits") for months in runs)
    return Figures(
        policy=name,
        doel=doel.value,
        towns=len(mine),
        hits=over_towns([_sum(months, "hits") for months in runs]),
        difference=over_towns([_sum(months, "hits") - profiles[p.seed] for p, months in shared]),
        true_hits=over_towns([_sum(months, "true_hits") for months in runs]),
        per_visit=over_towns([_ratio(months, "hits", "picked") for months in runs]),
        recall=over_towns([months[-1].cases_found / max(months[-1].cases, 1) for months in runs]),
        silent=over_towns([_ratio(months, "silent", "picked") for months in runs]),
        free_found=over_towns(would),
        free_true=over_towns([share(months, "free_true") for months in runs]),
        naive=over_towns(naive),
        naive_bias=over_towns([n - w for n, w in zip(naive, would, strict=True)]),
        drawn=drawn,
        drawn_hits=int(found),
        stream=estimate(int(found), drawn),
        covered=tuple(covers(months) for months in runs if sum(m.drawn for m in months)),
        coverage=tuple(_coverage(runs, method, redraws) for method in METHODS) if drawn else (),
        kans=over_towns([_mean(months, "kans") for months in runs]),
        top_kans=over_towns([_mean(months, "top_kans") for months in runs]),
        top_found=over_towns([_ratio(months, "top_found", "top") for months in runs]),
        top_true=over_towns([_ratio(months, "top_true", "top") for months in runs]),
        seconds=float(np.mean([p.seconds for p in mine])),
    )


def covers(months: Sequence[Month]) -> bool:
    """Whether the interval of the random stream holds what it estimates."""
    said = estimate(sum(m.drawn_hits for m in months), sum(m.drawn for m in months))
    return said.low <= truth(strata(months)) <= said.high


def _coverage(runs: Sequence[tuple[Month, ...]], method: str, draws: int) -> Coverage:
    """Of the interval of one town, as a gemeente would read it: the mean over the towns."""
    each = [coverage(strata(months), method, draws=draws, seed=i) for i, months in enumerate(runs)]
    return Coverage(
        method=method,
        truth=float(np.mean([c.truth for c in each])),
        share=float(np.mean([c.share for c in each])),
        width=float(np.mean([c.width for c in each])),
        bias=float(np.mean([c.bias for c in each])),
        draws=draws,
    )


def share(months: Sequence[Month], name: str) -> float:
    """Mean over the months of a number among the free addresses, as a share of them."""
    return float(np.mean([getattr(m, name) / max(m.free, 1) for m in months]))


def _sum(months: Sequence[Month], name: str) -> float:
    return float(sum(getattr(m, name) for m in months))


def _ratio(months: Sequence[Month], above: str, below: str) -> float:
    total = _sum(months, below)
    return _sum(months, above) / total if total else NAN


def _mean(months: Sequence[Month], name: str) -> float:
    values = np.array([getattr(m, name) for m in months])
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else NAN
