"""Each gate opens and shuts, and says what it found."""

from __future__ import annotations

from dataclasses import replace

from features.columns import Proof
from models import figures
from models.evaluate import Interval
from models.figures import Fold, Gate, Measured, Reliability
from models.gates import BETTER, HONEST, NOT_WORSE, PAPERS, PREVALENCE, Bounds, Case, gates
from tests.models.made_up import PAPERS as COMPLETE
from tests.models.made_up import feature


def _interval(low: float, high: float) -> Interval:
    return Interval(value=(low + high) / 2, low=low, high=high)


def _model(low: float, high: float, positives: int = 30) -> Measured:
    return Measured(
        contender=figures.MODEL,
        n=200,
        positives=positives,
        at=(),
        average_precision=_interval(0.4, 0.6),
        difference=_interval(low, high),
    )


def _fold(kind: str, measured: Measured) -> Fold:
    return Fold(kind=kind, name="x", train_labels=300, train_positives=40, measured=(measured,))


GOOD = Case(
    folds=(_fold("tijd", _model(-0.3, -0.1)), _fold("tijd", _model(0.02, 0.2)), _fold("ruimte", _model(-0.3, -0.1))),
    pooled=(_model(-0.1, 0.1),),
    champion=True,
    versus_newest=_interval(-0.1, 0.05),
    versus_pooled=_interval(-0.3, -0.2),
    reliability=Reliability(chosen="c", tried=(), ece=_interval(0.03, 0.09), bins=()),
    chance_ece=0.02,
    mean_kans=0.03,
    share=0.04,
    error=0.01,
    model_features=("verbruik",),
    features=(feature("verbruik"),),
)


def _failed(case: Case, bounds: Bounds = Bounds()) -> list[str]:  # noqa: B008 - frozen
    return [gate.name for gate in gates(case, bounds) if not gate.passed]


def test_all_open() -> None:
    found = gates(GOOD, Bounds(), extra=(Gate(name="eerlijkheid", passed=True, found="", expected=""),))
    assert [gate.name for gate in found] == [BETTER, NOT_WORSE, HONEST, PREVALENCE, PAPERS, "eerlijkheid"]
    assert all(gate.passed for gate in found)
    assert "nieuwste halfjaar" in found[0].found


def test_no_better_than_the_profiles_beyond_noise() -> None:
    noisy = replace(GOOD, folds=(_fold("tijd", _model(-0.01, 0.2)),))
    assert _failed(noisy) == [BETTER]
    none = replace(GOOD, folds=(), pooled=(), versus_pooled=None)
    assert _failed(none) == [BETTER]
    nothing_found = replace(none, pooled=(_model(float("nan"), float("nan"), positives=0),))
    assert _failed(nothing_found) == [BETTER]
    assert "niets gevonden" in gates(nothing_found, Bounds())[0].found


def test_with_few_positives_in_the_newest_fold_all_time_folds_decide() -> None:
    few = replace(GOOD, folds=(_fold("tijd", _model(0.1, 0.2, positives=9)),))
    assert _failed(few) == [BETTER, NOT_WORSE]  # the pooled figures are bad on both counts
    assert _failed(few, Bounds(positieven=9)) == []
    assert "alle tijdvakken samen" in gates(few, Bounds())[0].found


def test_surely_worse_than_the_champion() -> None:
    assert _failed(replace(GOOD, versus_newest=_interval(-0.2, -0.01))) == [NOT_WORSE]


def test_no_champion_or_no_fair_fold_passes_and_says_so() -> None:
    for case, words in (
        (replace(GOOD, champion=False), "nog geen model in gebruik"),
        (replace(GOOD, versus_newest=None, versus_pooled=None), "geen tijdvak begon na de training"),
    ):
        gate = gates(case, Bounds())[1]
        assert gate.passed and words in gate.found


def test_dishonest_probabilities() -> None:
    wide = Reliability(chosen="c", tried=(), ece=_interval(0.06, 0.1), bins=())
    assert _failed(replace(GOOD, reliability=wide)) == [HONEST]
    assert _failed(replace(GOOD, reliability=wide, chance_ece=0.061)) == []  # so much is chance, with so few rows
    assert _failed(replace(GOOD, reliability=None)) == [HONEST]


def test_a_town_that_is_called_too_likely() -> None:
    assert _failed(replace(GOOD, mean_kans=0.0601)) == [PREVALENCE]
    assert "6,01%" in gates(replace(GOOD, mean_kans=0.0601), Bounds())[3].found


def test_a_feature_without_papers_is_named() -> None:
    bad = feature("verbruik", papers=replace(COMPLETE, proxy=Proof(says="", evidence="")))
    gate = gates(replace(GOOD, features=(bad, feature("ander"))), Bounds())[4]
    assert not gate.passed and "Verbruik" in gate.found
    unread = feature("ander", papers=bad.papers)  # the model does not read it
    assert gates(replace(GOOD, features=(feature("verbruik"), unread)), Bounds())[4].passed
