"""`schijnwerper evaluate`: the back-test of both targets, without registering anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from features.columns import Doel
from models.figures import Backtest
from models.leak import changed_by_the_future, tables_of
from pipelines.landings import Landed, land
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.train import learned


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """backtests: one per target with labels enough. skipped: (target, why). notes: see train.Learned.

    leaks: features that knew of things recorded after their day; empty = none, None = not checked.
    """

    backtests: tuple[Backtest, ...]
    skipped: tuple[tuple[Doel, str], ...]
    notes: tuple[str, ...]
    leaks: tuple[str, ...] | None


def run(levering: Path, peildatum: date | None, settings: Settings, steps: Steps, *, leaks: bool = False) -> Evaluated:
    """Learn, back-test and judge as `train` does; leaks: also build features twice, to see whether any knows ahead."""
    landed = land(levering, settings, steps)
    as_of = landed.day(peildatum)
    found = learned(landed, as_of, settings, steps)
    return Evaluated(
        backtests=tuple(target.backtest for target in found.trained if target.backtest is not None),
        skipped=found.skipped,
        notes=found.notes,
        leaks=_leaks(landed, as_of, steps) if leaks else None,
    )


def _leaks(landed: Landed, as_of: date, steps: Steps) -> tuple[str, ...]:
    """The check of the clock, a year before the peildatum, on every gemeente."""
    day = as_of.replace(year=as_of.year - 1, day=min(as_of.day, 28))
    found: set[str] = set()
    with steps.step("features with and without what was recorded later"):
        for landing in landed.landings:
            found |= set(changed_by_the_future(tables_of(landing.at(as_of)), landing.at(day)))
    return tuple(sorted(found))
