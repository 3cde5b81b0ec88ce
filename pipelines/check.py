"""`schijnwerper check`: read everything, keep nothing but the counts."""

from __future__ import annotations

from pathlib import Path

from features.check import CheckReport, check
from features.delivery import Delivery
from pipelines.progress import Steps
from pipelines.settings import Settings


def run(levering: Path, settings: Settings, steps: Steps) -> CheckReport:
    """Read the delivery and count; rejected rows are listed in the werkmap, never in the delivery itself."""
    delivery = Delivery.open(levering)
    folder = settings.werkmap / "check"
    folder.mkdir(parents=True, exist_ok=True)
    with steps.step("check the delivery"):
        return check(delivery, settings.key, rejects=folder / "afgekeurd.csv", progress=steps)
