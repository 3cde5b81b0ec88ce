"""The training record: what is stored comes back, and only with the bytes that were recorded."""

from __future__ import annotations

import numpy as np
import pytest

from features.errors import Refusal
from models.document import to_json
from models.evaluate import Evaluation, Interval, Precision
from models.rankers.boosted import Recipe
from models.registry import Registry
from models.tables import Calibration, TableModel, Term
from models.trained import Bin, Point, TrainedTarget

FIGURE = Interval(value=0.5, low=0.4, high=0.6)


def _trained(doel: str, high: float) -> TrainedTarget:
    term = Term(features=("a",), cuts=(np.array([1.0]),), scores=np.array([0.0, 0.0, high, 0.0]))
    found = Evaluation(
        n=90,
        positives=9,
        k=30,
        precision=FIGURE,
        recall=FIGURE,
        lift=FIGURE,
        average_precision=FIGURE,
        ties=Precision(worst=0.4, expected=0.5, best=0.6),
    )
    return TrainedTarget(
        doel=doel,
        model=TableModel(
            doel=doel, base=-2.0, terms=(term,), trained_as_of="2026-10-01", calibration=Calibration(prevalence=0.01)
        ),
        labels=90,
        positives=9,
        light=100,
        drawn=10,
        found=1,
        strength=10.0,
        belief=0.5,
        recipe=Recipe(),
        seed=1,
        out_of_time=found,
        profiles=None,
        reliability=(Bin(kans=0.1, found=0.2, n=10),),
        curve=(Point(k=10, model=FIGURE, profiles=FIGURE),),
    )


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("mlflow")
    return Registry(f"sqlite:///{folder / 'mlflow.db'}", folder / "artefacten")


def test_there_is_no_champion_before_the_first_promotion(registry: Registry) -> None:
    assert registry.champion("spookbewoning") is None


def test_both_targets_are_logged_and_the_last_promoted_is_champion(registry: Registry) -> None:
    first = registry.log([_trained("spookbewoning", 1.0), _trained("schijnbewoning", 2.0)])
    registry.log([_trained("spookbewoning", 3.0)], promote=False)
    for made in first:
        found = registry.champion(made.model.doel)
        assert found is not None
        assert (found.version, found.sha256, to_json(found.model)) == (made.version, made.sha256, to_json(made.model))
    newer = registry.log([_trained("spookbewoning", 4.0)])[0]
    found = registry.champion("spookbewoning")
    assert found is not None
    assert (found.version, found.model.terms[0].scores[2]) == (newer.version, 4.0)


def test_a_run_holds_the_document_the_card_and_both_pictures(registry: Registry) -> None:
    registry.log([_trained("schijnbewoning", 2.0)])
    names = {path.name for path in registry.artifacts.rglob("*") if path.is_file()}
    assert {"tabellen.json", "modelkaart.md", "betrouwbaarheid.png", "precisie.png"} <= names


def test_a_model_of_other_gemeenten_is_not_ours(registry: Registry) -> None:
    registry.log([_trained("spookbewoning", 1.0)])
    other = Registry(registry.store, registry.artifacts, "0175-0221")
    assert other.champion("spookbewoning") is None
    other.log([_trained("spookbewoning", 7.0)])
    found = registry.champion("spookbewoning")
    assert found is not None
    assert found.model.terms[0].scores[2] == 1.0


def test_a_changed_document_is_refused(registry: Registry) -> None:
    registry.log([_trained("schijnbewoning", 2.0)])
    for path in registry.artifacts.rglob("tabellen.json"):
        path.write_text(path.read_text().replace("2.0", "9.0"))
    with pytest.raises(Refusal, match="SHA-256"):
        registry.champion("schijnbewoning")
