"""Training a target: only admitted features, honest figures, the same bytes for the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest

from features.columns import Doel, Feature, Proof, Status
from features.errors import Refusal
from features.register import admitted
from features.table import Grant
from models.card import card
from models.derived import forest, with_unusual
from models.document import from_json, to_json
from models.examples import Examples
from models.rankers.boosted import Recipe
from models.tables import probability
from models.train import TrainedTarget, fit_target
from tests.models.made_up import PAPERS, feature

AS_OF = date(2026, 10, 1)
QUICK = Recipe(bags=2, rounds=20, folds=2)
GRANTS = (Grant(source="energie", grondslag="convenant", doelen=(Doel.SPOOKBEWONING,)),)
REGISTER = tuple(feature(name) for name in ("verbruik", "ouderdom", "ruis"))
NAMES = [f.name for f in REGISTER]


def _admit(monkeypatch: pytest.MonkeyPatch, *register: Feature) -> None:
    """The real gate, on another register."""
    monkeypatch.setattr("models.train.admitted", lambda doel, grants: admitted(doel, grants, register))


@pytest.fixture(autouse=True)
def made_up_register(monkeypatch: pytest.MonkeyPatch) -> None:
    _admit(monkeypatch, *REGISTER)


@cache
def _town() -> tuple[Examples, pd.DataFrame]:
    rng = np.random.default_rng(2)
    X = pd.DataFrame(rng.normal(size=(6000, 3)), columns=NAMES)
    X["ruis"] = X["ruis"].mask(rng.random(6000) < 0.3)
    y = (rng.random(6000) < 1 / (1 + np.exp(-(2 * X["verbruik"].to_numpy() - 4)))).astype(float)
    picked = np.argsort(-(X["verbruik"].to_numpy() + rng.normal(size=6000)))[:500]
    rows = np.concatenate([picked, np.setdiff1d(np.arange(6000), picked)[:1000]])
    labelled = np.arange(1500) < 500
    start = np.datetime64("2024-01-01") + rng.integers(0, 950, 1500).astype("timedelta64[D]")
    return Examples(
        X=X.iloc[rows].reset_index(drop=True),
        y=np.where(labelled, y[rows], 0.0),
        labelled=labelled,
        address=rows,
        start=start.astype("datetime64[s]"),
        afgerond=(start + np.timedelta64(40, "D")).astype("datetime64[s]"),
        steekproef=labelled & (np.arange(1500) % 10 == 0),
        register="r7",
    ), X


def _trained(*, out_of_time: bool = True, grants: tuple[Grant, ...] = GRANTS) -> TrainedTarget:
    found, population = _town()
    return fit_target(Doel.SPOOKBEWONING, found, population, grants, as_of=AS_OF, recipe=QUICK, out_of_time=out_of_time)


def test_the_model_is_a_calibrated_document_of_its_register() -> None:
    found = _trained()
    assert (found.model.register, found.model.trained_as_of) == ("r7", "2026-10-01")
    assert to_json(from_json(to_json(found.model))) == to_json(found.model)
    _, population = _town()
    population = with_unusual(population, forest(population, 0).score(population))
    kans = probability(found.model.score(population))
    calibration = found.model.calibration
    assert kans.mean() == pytest.approx(calibration.prevalence, abs=3 * calibration.prevalence_se)


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert to_json(_trained(out_of_time=False).model) == to_json(_trained(out_of_time=False).model)


def test_the_figures_are_of_later_investigations() -> None:
    found = _trained()
    assert found.out_of_time is not None
    assert found.profiles is not None
    # the last 18 months of 950 days from 2024-01-01, up to 2026-08-08: less than all 500 labels
    assert 100 < found.out_of_time.n < 400
    assert found.out_of_time.lift.value > 1.2
    assert found.curve[0].k == 10
    assert sum(part.n for part in found.reliability) == found.labels == 500


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
    few = found.take((found.y == 0) | (np.cumsum(found.y) <= 5))
    with pytest.raises(Refusal, match="5 positives among"):
        fit_target(Doel.SPOOKBEWONING, few, population, GRANTS, as_of=AS_OF)


def test_the_card_names_ingredients_and_what_it_is_not_for() -> None:
    text = card(_trained())
    assert "500 uitkomsten" in text
    assert "wel: regels uit de praktijk" in text
    assert "Waarvoor niet" in text
