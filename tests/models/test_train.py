"""Training a target: only admitted features, honest figures, the same bytes for the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from features.columns import Doel, Feature, Proof, Status
from features.errors import Refusal
from features.register import admitted
from features.table import Grant
from models import figures
from models.backtest import trials
from models.derived import forest, with_unusual
from models.document import from_json, to_json
from models.examples import Examples
from models.figures import Backtest
from models.gates import BETTER, HONEST, NOT_WORSE, PREVALENCE
from models.gates import PAPERS as PAPERS_GATE
from models.rankers.boosted import Recipe
from models.tables import probability
from models.train import Request, TrainedTarget, fit_target, fit_targets
from tests.models.example_rows import rows
from tests.models.made_up import PAPERS, feature

AS_OF = date(2026, 10, 1)
QUICK = Recipe(bags=2, rounds=20, folds=2)
BARE = Recipe(boost=False, folds=2)  # in back-tests: seven folds of it
GRANTS = (Grant(source="energie", grondslag="convenant", doelen=(Doel.SPOOKBEWONING,)),)
REGISTER = tuple(feature(name) for name in ("verbruik", "ouderdom", "ruis"))
NAMES = [f.name for f in REGISTER]


def _admit(monkeypatch: pytest.MonkeyPatch, *register: Feature) -> None:
    """The real gate, on another register."""
    monkeypatch.setattr("models.train.admitted", lambda doel, grants: admitted(doel, grants, register))


@pytest.fixture(autouse=True)
def made_up_register(monkeypatch: pytest.MonkeyPatch) -> None:
    _admit(monkeypatch, *REGISTER)


@pytest.fixture
def newest_fold_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven folds take long, and one shows as much."""
    monkeypatch.setattr("models.train.trials", lambda examples, as_of: trials(examples, as_of)[2:3])


@pytest.fixture(scope="module")
def tested() -> Backtest:
    """A back-test of all folds."""
    with pytest.MonkeyPatch.context() as patch:
        _admit(patch, *REGISTER)
        found = _trained().backtest
    assert found is not None
    return found


@cache
def _town() -> tuple[Examples, pd.DataFrame]:
    rng = np.random.default_rng(2)
    X = pd.DataFrame(rng.normal(size=(6000, 3)), columns=NAMES)
    X["ruis"] = X["ruis"].mask(rng.random(6000) < 0.3)
    y = (rng.random(6000) < 1 / (1 + np.exp(-(2 * X["verbruik"].to_numpy() - 4)))).astype(float)
    picked = np.argsort(-(X["verbruik"].to_numpy() + rng.normal(size=6000)))[:500]
    rows_of = np.concatenate([picked, np.setdiff1d(np.arange(6000), picked)[:1000]])
    labelled = np.arange(1500) < 500
    start = np.datetime64("2024-01-01") + rng.integers(0, 950, 1500).astype("timedelta64[D]")
    return rows(
        X.iloc[rows_of].reset_index(drop=True),
        np.where(labelled, y[rows_of], 0.0),
        labelled=labelled,
        address=rows_of,
        start=start.astype("datetime64[s]"),
        afgerond=(start + np.timedelta64(40, "D")).astype("datetime64[s]"),
        steekproef=labelled & (np.arange(1500) % 10 == 0),
        block=rng.integers(0, 8, 1500),
        register="r7",
    ), X


def _trained(grants: tuple[Grant, ...] = GRANTS, **given: Any) -> TrainedTarget:
    found, population = _town()
    given = {"recipe": BARE if given.get("out_of_time", True) else QUICK} | given
    return fit_target(Doel.SPOOKBEWONING, found, population, grants, as_of=AS_OF, **given)


def test_the_model_is_a_calibrated_document_of_its_register() -> None:
    found = _trained(out_of_time=False)
    assert (found.model.register, found.model.trained_as_of) == ("r7", "2026-10-01")
    assert to_json(from_json(to_json(found.model))) == to_json(found.model)
    _, population = _town()
    population = with_unusual(population, forest(population, 0).score(population))
    kans = probability(found.model.score(population))
    calibration = found.model.calibration
    assert kans.mean() == pytest.approx(calibration.prevalence, abs=3 * calibration.prevalence_se)


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert to_json(_trained(out_of_time=False).model) == to_json(_trained(out_of_time=False).model)


def test_the_figures_are_of_later_investigations(tested: Backtest) -> None:
    model = tested.of(figures.MODEL)
    assert model is not None
    # the last 18 months of 950 days from 2024-01-01, up to 2026-08-08: less than all 500 labels
    assert 100 < model.n < 400
    assert model.at[0].lift.value > 1.2
    assert [fold.kind for fold in tested.folds] == ["tijd"] * 3 + ["ruimte"] * 4
    assert _trained(out_of_time=False).backtest is None


def test_the_gates_are_judged_and_the_papers_with_them(tested: Backtest) -> None:
    by_name = {gate.name: gate for gate in tested.gates}
    assert list(by_name) == [BETTER, NOT_WORSE, HONEST, PREVALENCE, PAPERS_GATE]
    assert by_name[BETTER].passed and by_name[PAPERS_GATE].passed


@pytest.mark.usefixtures("newest_fold_alone")
def test_two_targets_side_by_side_are_each_what_they_are_alone() -> None:
    found, population = _town()
    both = (Grant(source="energie", grondslag="convenant", doelen=tuple(Doel)),)
    requests = [
        Request(
            doel=doel, examples=found, population=population, grants=both, as_of=AS_OF, recipe=BARE, out_of_time=out
        )
        for doel, out in ((Doel.SPOOKBEWONING, True), (Doel.SCHIJNBEWONING, False))
    ]
    told: list[tuple[str, int, int]] = []
    together = fit_targets(requests, progress=lambda *step: told.append(step))
    assert [target.doel for target in together] == ["spookbewoning", "schijnbewoning"]
    assert together[1].backtest is None
    alone = fit_targets(requests[:1])[0]
    assert to_json(alone.model) == to_json(together[0].model)
    assert alone.backtest == together[0].backtest
    assert told[-1] == ("models and folds", 3, 3)  # two models and the one fold of the first


@pytest.mark.usefixtures("newest_fold_alone")
def test_a_champion_is_compared_with_where_that_is_fair_and_named_where_it_is_not() -> None:
    ours = _trained(out_of_time=False).model
    for trained, words in (("2026-01-01", "vergeleken op 1 tijdvak"), ("2026-09-01", "zou niet eerlijk zijn")):
        backtest = _trained(champion=replace(ours, trained_as_of=trained), recipe=BARE).backtest
        assert backtest is not None and words in " ".join(backtest.statements)
    strange = _trained(champion=replace(ours, register="r6"), recipe=BARE).backtest
    assert strange is not None and "leest andere kenmerken" in " ".join(strange.statements)


def test_a_feature_that_holds_the_outcome_is_refused_by_name() -> None:
    found, population = _town()
    told = replace(found, X=found.X.assign(ruis=np.where(found.labelled, found.y, 0.0)))
    with pytest.raises(Refusal, match="feature ruis alone separates the labels"):
        fit_target(Doel.SPOOKBEWONING, told, population, GRANTS, as_of=AS_OF)


@pytest.mark.usefixtures("newest_fold_alone")
def test_where_handlers_differ_their_labels_are_weighed() -> None:
    """A lenient handler overlooks three of four: the effect is found, and the model corrected for it."""
    found, population = _town()
    rng = np.random.default_rng(1)
    who = np.where(found.labelled, np.where(rng.random(len(found)) < 0.5, "streng", "mild"), "")
    overlooked = (who == "mild") & (rng.random(len(found)) < 0.75)
    handled = replace(found, behandelaar=who, y=np.where(overlooked, 0.0, found.y))
    target = fit_target(Doel.SPOOKBEWONING, handled, population, GRANTS, as_of=AS_OF, recipe=BARE)
    assert target.backtest is not None and target.backtest.handlers is not None
    assert target.backtest.handlers.significant and target.backtest.handlers.corrected
    bare = replace(handled, behandelaar=np.full(len(found), "", dtype="U6"))
    plain = fit_target(Doel.SPOOKBEWONING, bare, population, GRANTS, as_of=AS_OF, recipe=BARE)
    assert plain.backtest is not None and plain.backtest.handlers is None
    assert to_json(plain.model) != to_json(target.model)


def test_a_feature_without_complete_papers_is_never_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 5."""
    for status in (Status.PROEF, Status.GEWEIGERD):
        _admit(monkeypatch, feature("verbruik", papers=replace(PAPERS, status=status)), *REGISTER[1:])
        assert "verbruik" not in _trained(out_of_time=False).model.features
    _admit(monkeypatch, feature("verbruik", papers=replace(PAPERS, proxy=Proof(says="s", evidence=" "))), *REGISTER[1:])
    with pytest.raises(Refusal, match=r"papers that are not complete: proxy \(evidence\)"):
        _trained(out_of_time=False)


def test_a_source_that_is_not_granted_for_this_target_is_never_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 5."""
    _admit(monkeypatch, feature("verbruik", sources=("woz",)), *REGISTER[1:])
    grants = (*GRANTS, Grant(source="woz", grondslag="g", doelen=(Doel.SCHIJNBEWONING,)))
    assert "verbruik" not in _trained(out_of_time=False, grants=grants).model.features
    grants = (*GRANTS, Grant(source="woz", grondslag="g", doelen=(Doel.SPOOKBEWONING,)))
    assert "verbruik" in _trained(out_of_time=False, grants=grants).model.features


def test_nothing_admitted_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _admit(monkeypatch)
    with pytest.raises(Refusal, match="no admitted feature"):
        _trained()


def test_too_few_positives_are_refused() -> None:
    found, population = _town()
    few = found.take((found.y == 0) | (np.cumsum(found.y) <= 2))
    with pytest.raises(Refusal, match="2 positives among"):
        fit_target(Doel.SPOOKBEWONING, few, population, GRANTS, as_of=AS_OF)
