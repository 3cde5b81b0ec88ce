"""Equal treatment of one target for the page: stages with their groupings, and where each ratio lies on a picture."""

from __future__ import annotations

from dataclasses import dataclass

from features.columns import Doel
from models.accountability.fairness_page import Dot, place
from models.fairness import Disparity, FairnessReport, Grouping, Stage
from models.fairness_gates import stopping
from models.published_account import FairnessAccount

TICKS = (0.25, 0.5, 1.0, 2.0, 4.0)  # times as often


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One way to divide, with its picture. open: something here is beyond noise."""

    grouping: Grouping
    dots: tuple[Dot, ...]
    verdict: str  # "fout" | "geel" | "goed"


@dataclass(frozen=True, kw_only=True)
class Equal:
    """beyond: what differs beyond chance; edges: where the bounds lie on the picture (0-100); ticks: place and text."""

    report: FairnessReport
    stages: tuple[tuple[Stage, tuple[Drawn, ...]], ...]
    stops: tuple[str, ...]
    beyond: tuple[tuple[Stage, Grouping, Disparity], ...]
    edges: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]


def section(account: FairnessAccount, doel: Doel) -> Equal | None:
    """What was measured of one target; None where it was not."""
    report = next((one for one in account.reports if one.doel == doel), None)
    if report is None:
        return None
    bounds = account.bounds
    return Equal(
        report=report,
        stages=tuple((stage, tuple(_drawn(one) for one in stage.groupings)) for stage in report.stages),
        stops=stopping(report, bounds),
        beyond=tuple(
            (stage, grouping, one)
            for stage in report.stages
            for grouping in stage.groupings
            for one in grouping.disparities
            if one.beyond_noise
        ),
        edges=(place(bounds.selectie_laag), place(bounds.selectie_hoog)),
        ticks=tuple((place(times), f"{times:g}×".replace(".", ",")) for times in TICKS),
    )


def _drawn(grouping: Grouping) -> Drawn:
    dots = tuple(
        Dot(
            group=d.group,
            at=place(d.ratio.value),
            low=place(d.ratio.low),
            high=place(d.ratio.high),
            mark="fout" if d.unfounded else "geel" if d.beyond_noise else "goed",
        )
        for d in grouping.disparities
        if d.ratio.known
    )
    unfounded = any(d.unfounded for d in grouping.disparities)
    beyond = any(d.beyond_noise for d in grouping.disparities)
    return Drawn(grouping=grouping, dots=dots, verdict="fout" if unfounded else "geel" if beyond else "goed")
