"""The landing of a delivery in our own folder: made when the delivery changed, opened when it did not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from features.delivery import Delivery
from features.errors import Refusal
from features.ingest import ingest, open_landings
from features.landing import Landing
from features.reports import IngestReport
from pipelines.progress import Steps
from pipelines.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Landed:
    """A delivery that has landed: its report and one Landing per gemeente."""

    levering: Path
    folder: Path
    report: IngestReport
    landings: tuple[Landing, ...]

    def day(self, given: date | None) -> date:
        """The as-of date: what was asked for, else the delivery's own. Raises Refusal when it lies after the latter."""
        own = self.report.peildatum
        if given is None and own is None:
            raise Refusal(
                str(self.levering / "levering.toml"),
                found="no peildatum",
                expected="a day",
                do="add it, or give --peildatum",
            )
        if given is not None and own is not None and given > own:
            raise Refusal(
                "--peildatum",
                found=given.isoformat(),
                expected=f"at most {own.isoformat()}, the day this delivery was exported",
                do="choose an earlier day or take a newer delivery",
            )
        return given or own  # type: ignore[return-value]


def land(levering: Path, settings: Settings, steps: Steps) -> Landed:
    """Read the delivery into its landing (skipped when nothing changed) and open it."""
    delivery = Delivery.open(levering)
    folder = settings.landing_root / _name(levering)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with steps.step("read the delivery"):
        report = ingest(delivery, folder, key=settings.key, progress=steps)
    landings = tuple(one for one in open_landings(folder) if report.adressen.get(one.gemeente))
    return Landed(levering=levering, folder=folder, report=report, landings=landings)


def _name(levering: Path) -> str:
    """A folder name per delivery folder: readable, and different for two folders of the same name."""
    place = str(levering.resolve())
    return f"{levering.resolve().name}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
