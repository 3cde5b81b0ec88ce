"""The stop rule: written down before anything is measured, and applied by the machine, so that nobody has to dare.

It stops on what is beyond noise only: a bad month by chance is no reason, and a good one does not make up for it. It
never starts again by itself: a person lifts a stop, with a name and a motivation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.drift import Drift, Level
from models.figures import Gate
from models.since import Calibrated, Rate
from models.wording import dutch_number


@dataclass(frozen=True, kw_only=True)
class StopRule:
    """The table [bewaking] of the settings.

    minstens: outcomes before a rate is judged. belofte_deel: the upper bound of band A's hit rate may not lie below
    this part of its promise. boven_steekproef: nor below what the random stream finds. ijking_z, ijking_factor: found
    against promised may not be off by more than both (standard deviations, and times). rode_kenmerken: more red
    features stop. ongelijkheid: a disparity beyond noise stops. venster_maanden: only outcomes of so many months back
    count.
    """

    minstens: int = 10
    belofte_deel: float = 0.5
    boven_steekproef: bool = True
    ijking_z: float = 3.29  # by chance once in a thousand
    ijking_factor: float = 2.0
    rode_kenmerken: int = 10
    ongelijkheid: bool = True
    venster_maanden: int = 12


def reasons(
    rule: StopRule, doel: str, *, top: Rate, random: Rate, calibrated: Calibrated | None, drift: Drift | None
) -> tuple[str, ...]:
    """Why this target has to stop, in Dutch sentences; empty = go on. top: band A; random: the random stream."""
    name = doel.capitalize()
    found = [
        *_rates(rule, top, random),
        *_calibration(rule, calibrated),
        *_drift(rule, drift),
    ]
    return tuple(f"{name}: {sentence}" for sentence in found)


def unequal(rule: StopRule, gates: Sequence[Gate]) -> tuple[str, ...]:
    """Why disparity has to stop it. gates: those of fairness, beyond noise by their own making."""
    if not rule.ongelijkheid:
        return ()
    return tuple(
        f"{gate.name.capitalize()}: {gate.found.rstrip('.')} (grens: {gate.expected})."
        for gate in gates
        if not gate.passed
    )


def _rates(rule: StopRule, top: Rate, random: Rate) -> Iterator[str]:
    if top.n < rule.minstens:
        return
    told = (
        f"van {top.n} onderzochte adressen in band A was {_percent(top.rate.value)} raak "
        f"(90% zeker: niet meer dan {_percent(top.rate.high)})"
    )
    if top.rate.high < rule.belofte_deel * top.promised:
        yield f"{told}; beloofd was {_percent(top.promised)}."
    if rule.boven_steekproef and random.n >= rule.minstens and top.rate.high < random.rate.value:
        yield f"{told}; in de steekproef was dat {_percent(random.rate.value)}."


def _calibration(rule: StopRule, calibrated: Calibrated | None) -> Iterator[str]:
    if calibrated is None or calibrated.n < rule.minstens or abs(calibrated.z) <= rule.ijking_z:
        return
    high, low = max(calibrated.found, calibrated.expected), min(calibrated.found, calibrated.expected)
    if high > rule.ijking_factor * low:
        yield (
            f"de kans klopt niet meer: bij {calibrated.n} onderzochte adressen beloofde het model "
            f"{dutch_number(calibrated.expected, 1)} keer raak, het werd {calibrated.found}."
        )


def _drift(rule: StopRule, drift: Drift | None) -> Iterator[str]:
    red = () if drift is None else drift.of(Level.ROOD)
    if len(red) > rule.rode_kenmerken:
        yield (
            f"{len(red)} kenmerken zien er heel anders uit dan toen het model leerde (grens: {rule.rode_kenmerken})."
        )


def _percent(value: float) -> str:
    return f"{dutch_number(100 * value, 0)}%"
