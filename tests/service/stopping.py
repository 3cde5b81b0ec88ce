"""A made-up publication with the stop flag on it, as monitoring leaves it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.service.publication import Written, write_publication

SINCE = "2026-11-20T09:30:00+00:00"
WHY = "Spookbewoning: van de bezochte adressen in band A was 4% raak, beloofd was 30%."


def set_stop(folder: Path, *, since: str = SINCE, why: str = WHY) -> None:
    """Rewrite the manifest whole, as `pipelines.stop` does."""
    file = folder / "manifest.json"
    aside = folder / ".manifest"
    aside.write_text(json.dumps(json.loads(file.read_text()) | {"stop": {"sinds": since, "reden": [why]}}))
    aside.replace(file)


def lift_stop(folder: Path) -> None:
    file = folder / "manifest.json"
    aside = folder / ".manifest"
    raw = json.loads(file.read_text())
    del raw["stop"]
    aside.write_text(json.dumps(raw))
    aside.replace(file)


def write_stopped(publicaties: Path, run_id: str = "run-1", *, n: int = 120) -> Written:
    written = write_publication(publicaties, run_id, n=n)
    set_stop(publicaties / run_id)
    return written
