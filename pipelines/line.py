"""`schijnwerper run`: the whole line in one, from a delivery to a publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipelines.landings import Landed, land
from pipelines.places import folder_to_write
from pipelines.progress import Steps
from pipelines.registering import trained_before
from pipelines.score import Scored, score
from pipelines.settings import Settings
from pipelines.train import train


def run(levering: Path, peildatum: date | None, out: Path, settings: Settings, steps: Steps) -> Scored:
    """Read, train where there are labels, score and publish; nothing is published when any step refuses."""
    folder_to_write(out)
    landed = land(levering, settings, steps)
    as_of = landed.day(peildatum)
    challenge(landed, as_of, settings, steps)
    return score(landed, as_of, out, settings, steps)


def challenge(landed: Landed, as_of: date, settings: Settings, steps: Steps) -> None:
    """Train challengers, unless those that are there come from exactly this."""
    if not trained_before(landed, as_of, settings):
        train(landed, as_of, settings, steps)
