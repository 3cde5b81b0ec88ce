"""What is in a delivery and what is wrong with it, before anything is built: the numbers of `schijnwerper check`."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from features.delivery import MANIFEST, REQUIRED, Delivery
from features.ingest import REJECTS, walk
from features.job import Job, Progress, quiet
from features.rejects import Rejects
from features.reports import IngestReport


@dataclass(frozen=True, kw_only=True)
class CheckReport:
    """The report of one delivery.

    ingest: counts per table, sources that are off, addresses per gemeente. blocking: sentences on what stands in the
    way of a build; empty = the delivery can be built. recognised: files known by their header, not by their place.
    rejects: where the list of rejected rows was written, None = nowhere.
    """

    folder: str
    ingest: IngestReport
    blocking: tuple[str, ...]
    recognised: tuple[str, ...]
    rejects: str | None = None

    @property
    def ready(self) -> bool:
        """True when a landing can be built from it."""
        return not self.blocking


def check(delivery: Delivery, key: bytes, *, rejects: Path | None = None, progress: Progress = quiet) -> CheckReport:
    """Read everything in `delivery` for the report only: sources without a ground too, and without levering.toml.

    rejects: where afgekeurd.csv is to be written. Raises Refusal for a file that cannot be read at all.
    """
    with tempfile.TemporaryDirectory(prefix="schijnwerper-check-") as folder:
        listed = Rejects(rejects or Path(folder) / REJECTS)
        report = walk(Job(delivery, Path(folder), listed, key, check=True, progress=progress))
    return CheckReport(
        folder=str(delivery.folder),
        ingest=report,
        blocking=blocking(delivery),
        recognised=delivery.recognised,
        rejects=None if rejects is None else str(rejects),
    )


def blocking(delivery: Delivery) -> tuple[str, ...]:
    """What stands in the way of a build, in sentences."""
    found = []
    if not delivery.manifest:
        found.append(f"{MANIFEST} is absent: write it with gemeenten, peildatum and a grondslag per source")
    for source in REQUIRED:
        if not delivery.has(source):
            found.append(f"{source} is absent: a build needs it")
        elif delivery.manifest and delivery.grant(source) is None:
            found.append(f"{source} has no grondslag in {MANIFEST}: it may not be read")
    return tuple(found)
