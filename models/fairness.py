"""What is reported of fairness: per stage, grouping and group the rates, what differs, and which bounds that breaks.

Stages: gerangschikt (in bands A-C), uitgekozen (at the desk), bezocht, bevestigd. These records compute nothing;
fairness_measure.py fills them, fairness_gates.py judges them.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.proportions import Rate

RANKED, PICKED, VISITED, CONFIRMED = "gerangschikt", "uitgekozen", "bezocht", "bevestigd"
STAGES = (RANKED, PICKED, VISITED, CONFIRMED)


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """Rates that need outcomes. hit: share of the selected that was right; fpr: share selected of those with nothing
    amiss; fnr: share not selected of those with something amiss. source: which outcomes (Stage.outcomes)."""

    source: str
    hit: Rate
    fpr: Rate
    fnr: Rate


@dataclass(frozen=True, kw_only=True)
class GroupFigures:
    """One group at one stage. n: entered the stage; selected: went on; selection: its share."""

    group: str
    n: int
    selected: int
    selection: Rate
    outcomes: tuple[Outcomes, ...]


@dataclass(frozen=True, kw_only=True)
class Disparity:
    """A group against all others together (NOBODY apart). ratio: of selection rates; hit, fpr: group minus others.

    broken: the bounds it is outside of, in Dutch; beyond_noise: those of which the interval lies outside too, with
    allowance for the number of groups looked at; unfounded: beyond noise and not borne out by the group's hits.
    """

    group: str
    ratio: Rate
    hit: Rate
    fpr: Rate
    broken: tuple[str, ...]
    beyond_noise: tuple[str, ...]
    unfounded: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """One way to divide. joined: (groups, rows) that were too small to show."""

    name: str
    groups: tuple[GroupFigures, ...]
    disparities: tuple[Disparity, ...]
    joined: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage. of: the rows that entered; outcomes: (source, what it is of), Dutch."""

    name: str
    of: str
    n: int
    selected: int
    outcomes: tuple[tuple[str, str], ...]
    groupings: tuple[Grouping, ...]


@dataclass(frozen=True, kw_only=True)
class FairnessReport:
    """All stages of one target. as_of: ISO day; statements: Dutch sentences, what is estimated from what."""

    doel: str
    as_of: str
    stages: tuple[Stage, ...]
    statements: tuple[str, ...]

    def stage(self, name: str) -> Stage | None:
        """The stage of that name, None where there is none."""
        return next((stage for stage in self.stages if stage.name == name), None)
