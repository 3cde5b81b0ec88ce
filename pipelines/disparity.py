"""Disparity as the stop rule sees it: a gate per difference between groups that is beyond noise and without ground."""

from __future__ import annotations

from pathlib import Path

from models.fairness_gates import stopping
from models.figures import Gate
from models.wording import dutch_number
from pipelines import fairness
from pipelines.landings import Landed
from pipelines.progress import Steps
from pipelines.settings import Settings

NAME = "gelijke behandeling"


def disparity(landed: Landed, publicaties: Path, settings: Settings) -> tuple[Gate, ...]:
    """A failed gate per sentence of fairness's own stop rule; one passed gate where there is none."""
    reports = fairness.run(landed.levering, publicaties, settings, Steps(quiet=True))
    bounds = settings.eerlijkheid
    low, high = (dutch_number(bound, 2) for bound in (bounds.selectie_laag, bounds.selectie_hoog))
    expected = f"elke groep {low} tot {high} keer zo vaak als de andere"
    broken = [sentence for report in reports for sentence in stopping(report, bounds)]
    if not broken:
        return (Gate(name=NAME, passed=True, found="geen verschil buiten de ruis", expected=expected),)
    return tuple(Gate(name=NAME, passed=False, found=sentence, expected=expected) for sentence in broken)
