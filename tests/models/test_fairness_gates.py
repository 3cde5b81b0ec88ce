"""The gates of a promotion and the stop rule follow from what is unfounded, and say what was found."""

from __future__ import annotations

from models.fairness import PICKED, RANKED, Disparity, FairnessReport, Grouping, Stage
from models.fairness_bounds import FairnessBounds
from models.fairness_gates import OFTEN, WRONGLY, fairness_gates, stopping
from models.proportions import Rate, unknown

BOUNDS = FairnessBounds(groepen=("huishouden", "buurt"))


def _rate(value: float) -> Rate:
    return Rate(value=value, low=value * 0.9, high=value * 1.1, n=100)


def _disparity(group: str, ratio: float, unfounded: tuple[str, ...] = (), fpr: Rate | None = None) -> Disparity:
    return Disparity(
        group=group, ratio=_rate(ratio), hit=unknown(0), fpr=fpr or unknown(0), broken=unfounded,
        beyond_noise=unfounded, unfounded=unfounded,
    )  # fmt: skip


def _report(stage: str, **groupings: tuple[Disparity, ...]) -> FairnessReport:
    parts = tuple(Grouping(name=name, groups=(), disparities=found, joined=(0, 0)) for name, found in groupings.items())
    one = Stage(name=stage, of="o", n=1, selected=1, outcomes=(), groupings=parts)
    return FairnessReport(doel="spookbewoning", as_of="2026-10-01", stages=(one,), statements=())


def test_a_gate_per_grouping_names_what_is_wrong() -> None:
    wrong = (_disparity("een volwassene", 2.0, (OFTEN, WRONGLY), _rate(0.1)), _disparity("twee volwassenen", 0.5))
    household, place = fairness_gates(_report(RANKED, huishouden=wrong, leeftijd=()), BOUNDS)
    assert (household.name, household.passed) == ("eerlijk naar huishouden", False)
    assert "“een volwassene”: 2,00 keer zo vaak gekozen (1,80 tot 2,20) en 10 procentpunt vaker" in household.found
    assert "twee volwassenen" not in household.found
    assert (place.passed, place.found.split(":")[0]) == (True, "niet te toetsen")


def test_a_gate_that_passes_shows_the_largest_difference_and_what_could_not_be_tested() -> None:
    fine = (_disparity("a", 1.1), _disparity("b", 0.6))
    gate = fairness_gates(_report(RANKED, huishouden=fine), BOUNDS)[0]
    assert gate.passed
    assert "verst weg: “b”, 0,60 keer" in gate.found
    assert "te weinig uitkomsten van de steekproef" in gate.found
    measured = fairness_gates(_report(RANKED, huishouden=(_disparity("a", 1.1, (), _rate(0.01)),)), BOUNDS)[0]
    assert "te weinig uitkomsten" not in measured.found


def test_what_the_desk_does_stops_no_model_but_raises_the_stop_rule() -> None:
    report = _report(PICKED, huishouden=(_disparity("a", 3.6, (OFTEN,)),), leeftijd=(_disparity("b", 9.0, (OFTEN,)),))
    assert all(gate.passed for gate in fairness_gates(report, BOUNDS))
    assert stopping(report, BOUNDS) == ("spookbewoning, uitgekozen: huishouden “a” is te vaak gekozen.",)
    assert stopping(_report(PICKED, huishouden=(_disparity("a", 3.6),)), BOUNDS) == ()
