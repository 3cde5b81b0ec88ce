"""`train`: nothing is begun while the store is down, nothing is registered half, a broken champion does not stand in
the way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from features.columns import Doel
from features.errors import Refusal
from models.train import Request
from models.trained import TrainedTarget
from pipelines.bench import bench
from pipelines.outcomes import Outcomes
from pipelines.progress import Steps
from pipelines.promote import promote
from pipelines.settings import Settings
from pipelines.train import train
from tests.models.test_train import _town
from tests.models.trained_made_up import trained
from tests.pipelines.bench_made_up import challenger, document_of, landed

AS_OF = date(2026, 10, 1)
STEPS = Steps(quiet=True)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """What was asked of the trainer; it answers with models by hand."""
    examples, town = _town()
    few = examples.take(~examples.labelled)
    requests: list[Request] = []

    def fit(given: list[Request], **_: object) -> tuple[TrainedTarget, ...]:
        requests.extend(given)
        return tuple(trained(request.doel.value) for request in given)

    outcomes = Outcomes(
        examples={Doel.SPOOKBEWONING: examples, Doel.SCHIJNBEWONING: few},
        capacity=dict.fromkeys(Doel, 40),
        notes={Doel.SPOOKBEWONING: ("Twee dubbel.",), Doel.SCHIJNBEWONING: ("Twee dubbel.",)},
    )
    monkeypatch.setattr("pipelines.train.gathered", lambda *_: outcomes)
    monkeypatch.setattr("pipelines.train.population", lambda *_: town)
    monkeypatch.setattr("pipelines.train.fit_targets", fit)
    monkeypatch.setattr("pipelines.train.remember", lambda target, *_: target)  # tested elsewhere
    monkeypatch.setattr("pipelines.train.with_fairness", lambda trained, *_: trained)
    return requests


def test_a_target_with_too_few_labels_is_skipped_with_the_reason_and_the_other_registered(
    settings: Settings, asked: list[Request]
) -> None:
    done = train(landed(), AS_OF, settings, STEPS)
    assert [one.doel for one in done.registered] == ["spookbewoning"]
    assert done.skipped == ((Doel.SCHIJNBEWONING, "no finished investigations that speak for it"),)
    assert done.notes == ("Twee dubbel.",)
    (request,) = asked
    assert (request.capacity, request.notes, request.champion) == (40, ("Twee dubbel.",), None)
    assert request.bounds == settings.poorten


def test_a_store_that_is_down_is_told_of_before_any_work(settings: Settings, asked: list[Request]) -> None:
    down = replace(settings, mlflow="sqlite:////proc/nergens/mlflow.db")
    with pytest.raises(Refusal):
        train(landed(), AS_OF, down, STEPS)
    assert asked == []


def test_a_leak_registers_nothing(settings: Settings, asked: list[Request], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refusal("training", found="feature x alone separates the labels", expected="", do="")

    monkeypatch.setattr("pipelines.train.fit_targets", refuse)
    with pytest.raises(Refusal, match="feature x"):
        train(landed(), AS_OF, settings, STEPS)
    assert bench(settings).registry.versions("spookbewoning") == ()


def test_a_challenger_on_trial_is_no_champion_to_compare_with(settings: Settings, asked: list[Request]) -> None:
    challenger(settings)
    train(landed(), AS_OF, settings, STEPS)
    assert asked[0].champion is None


def test_the_champion_is_compared_with_and_a_broken_one_does_not_stand_in_the_way(
    settings: Settings, asked: list[Request]
) -> None:
    one = challenger(settings)
    promote(Doel.SPOOKBEWONING, settings, proposer="anna", approver="bert")
    assert train(landed(), AS_OF, settings, STEPS).notes == ("Twee dubbel.",)
    assert asked[0].champion is not None and asked[0].champion.doel == "spookbewoning"
    document = document_of(settings, one)
    document.write_bytes(document.read_bytes().replace(b"0.25", b"0.26", 1))
    notes = train(landed(), AS_OF, settings, STEPS).notes
    assert asked[1].champion is None
    assert "niet vergeleken" in notes[0] and "SHA-256" in notes[0]
