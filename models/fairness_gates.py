"""Which differences are too large beyond noise, and what follows: the gates of a promotion and the stop rule.

A group may be selected more often for a good reason: more is found there. So a ratio outside the bounds stops only
where the hits point the other way (the outcome test: Becker 1957; Knowles, Persico & Todd 2001, DOI 10.1086/318603),
unless the settings say otherwise. A higher FPR always stops: it falls on those with whom nothing is amiss.
"""

from __future__ import annotations

from models.fairness import RANKED, Disparity, FairnessReport, Grouping
from models.fairness_bounds import FairnessBounds
from models.figures import Gate
from models.proportions import Rate
from models.wording import dutch_number

OFTEN, SELDOM, WRONGLY = "te vaak gekozen", "te weinig gekozen", "te vaak ten onrechte gekozen"


def judged(
    group: str, ratio: Rate, wide: Rate, hit: Rate, fpr: Rate, wide_fpr: Rate, bounds: FairnessBounds
) -> Disparity:
    """The disparity with its verdicts. wide: with intervals that hold for all groups of the stage at once."""
    broken, beyond, unfounded = [], [], []
    sides = (
        (OFTEN, ratio.value > bounds.selectie_hoog, wide.low > bounds.selectie_hoog, hit.high < 0),
        (SELDOM, ratio.value < bounds.selectie_laag, wide.high < bounds.selectie_laag, hit.low > 0),
        (WRONGLY, fpr.value > bounds.fpr_verschil, wide_fpr.low > bounds.fpr_verschil, True),
    )
    for name, outside, surely, against in sides:  # a figure that is unknown (NaN) is outside of nothing
        if outside:
            broken.append(name)
        if outside and surely:
            beyond.append(name)
            if against or bounds.ook_met_grond:
                unfounded.append(name)
    return Disparity(
        group=group,
        ratio=ratio,
        hit=hit,
        fpr=fpr,
        broken=tuple(broken),
        beyond_noise=tuple(beyond),
        unfounded=tuple(unfounded),
    )


def fairness_gates(report: FairnessReport, bounds: FairnessBounds) -> tuple[Gate, ...]:
    """One gate per grouping that can stop a promotion, on the ranking alone: what the desk does is no model's doing."""
    stage = report.stage(RANKED)
    groupings = {} if stage is None else {grouping.name: grouping for grouping in stage.groupings}
    return tuple(_gate(name, groupings.get(name), bounds) for name in bounds.groepen)


def stopping(report: FairnessReport, bounds: FairnessBounds) -> tuple[str, ...]:
    """The stop rule: Dutch sentences, one per unfounded difference at any stage; empty = nothing to stop for."""
    return tuple(
        f"{report.doel}, {stage.name}: {grouping.name} “{d.group}” is {' en '.join(d.unfounded)}."
        for stage in report.stages
        for grouping in stage.groupings
        if grouping.name in bounds.groepen
        for d in grouping.disparities
        if d.unfounded
    )


def _gate(name: str, grouping: Grouping | None, bounds: FairnessBounds) -> Gate:
    ground = "" if bounds.ook_met_grond else ", of de trefkans geeft er grond voor"
    low, high = dutch_number(bounds.selectie_laag, 2), dutch_number(bounds.selectie_hoog, 2)
    expected = (
        f"elke groep {low} tot {high} keer zo vaak gekozen als de andere{ground}; "
        f"hoogstens {dutch_number(100 * bounds.fpr_verschil, 0)} procentpunt vaker ten onrechte gekozen"
    )
    if grouping is None or not grouping.disparities:
        found = "niet te toetsen: te weinig adressen om groepen te vergelijken"
        return Gate(name=f"eerlijk naar {name}", passed=True, found=found, expected=expected)
    wrong = [d for d in grouping.disparities if d.unfounded]
    if wrong:
        found = "; ".join(f"“{d.group}”: {_told(d)}" for d in wrong)
    else:
        furthest = max(grouping.disparities, key=_distance)
        measured = sum(d.fpr.known for d in grouping.disparities)
        found = f"niets buiten de grenzen zonder grond; verst weg: “{furthest.group}”, {_times(furthest)}"
        found += "" if measured else "; ten onrechte gekozen: te weinig uitkomsten van de steekproef om te toetsen"
    return Gate(name=f"eerlijk naar {name}", passed=not wrong, found=found, expected=expected)


def _told(d: Disparity) -> str:
    parts = [] if not {OFTEN, SELDOM} & set(d.unfounded) else [_times(d)]
    if WRONGLY in d.unfounded:
        parts.append(f"{100 * d.fpr.value:.0f} procentpunt vaker ten onrechte gekozen")
    return " en ".join(parts)


def _times(d: Disparity) -> str:
    value, low, high = (dutch_number(part, 2) for part in (d.ratio.value, d.ratio.low, d.ratio.high))
    return f"{value} keer zo vaak gekozen ({low} tot {high})"


def _distance(d: Disparity) -> float:
    """How far from equal at the least, on either side alike: by the nearer end of the interval. Unknown = 0."""
    return max(d.ratio.low, 1 / d.ratio.high) if d.ratio.known else 0.0
