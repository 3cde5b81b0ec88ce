"""`promote`, `rollback` and `models` as they are typed, and what a trial or a model set aside looks like there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from features.columns import Doel
from pipelines import show
from pipelines.chosen import Aside
from pipelines.cli import call
from pipelines.score import Scored
from pipelines.settings import Settings
from tests.pipelines.bench_made_up import FAILED, challenger


@pytest.fixture
def typed(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """The command line finds the same bench."""
    monkeypatch.chdir(tmp_path)
    for name, value in (("WERKMAP", settings.werkmap), ("MLFLOW", settings.mlflow), ("MODELNAAM", settings.modelnaam)):
        monkeypatch.setenv(f"SCHIJNWERPER_{name}", str(value))
    return settings


def test_two_people_and_back(typed: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    def say(*arguments: str, code: int = 0) -> dict[str, Any]:
        assert call([*arguments, "--json"]) == code
        return dict(json.loads(capsys.readouterr().out))

    first = challenger(typed).version
    assert say("promote", "spookbewoning", "--proposer", "anna")["approver"] == ""
    assert "two different people" in say("promote", "spookbewoning", "--approver", "anna", code=1)["expected"]
    assert say("promote", "spookbewoning", "--approver", "bert")["champion"] == first
    second = challenger(typed, 2.0).version
    done = say("promote", "spookbewoning", "--proposer", "bert", "--approver", "anna", "--version", second)
    assert (done["champion"], done["proposer"], done["approver"]) == (second, "bert", "anna")
    assert say("rollback", "spookbewoning", "--by", "carla")["champion"] == first
    listed = {one["version"]: one["state"] for one in say("models")["models"]}
    assert listed == {first: "champion", second: "trained"}


def test_for_people_it_says_who_and_what_is_next(typed: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["models"]) == 0
    assert "schijnwerper train" in capsys.readouterr().out
    challenger(typed)
    assert call(["promote", "spookbewoning", "--proposer", "anna"]) == 0
    assert "--approver NAME" in capsys.readouterr().out
    assert call(["promote", "spookbewoning", "--approver", "bert"]) == 0
    told = capsys.readouterr().out
    assert "proposed by anna" in told and "approved by bert" in told
    challenger(typed, 2.0, gates=FAILED)
    assert call(["models"]) == 0
    told = capsys.readouterr().out
    assert "gate not passed: steekproef" in told and "1 of 2" in told
    assert call(["promote", "spookbewoning", "--proposer", "anna"]) == 1
    assert "minstens 5" in capsys.readouterr().err


def test_a_trial_and_a_model_set_aside_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    aside = Aside(version="4", english="it reads energie, which this delivery does not have", dutch="")
    done = Scored(
        folder=Path("run"),
        run_id="run",
        as_of=date(2026, 10, 1),
        cold=(Doel.SCHIJNBEWONING,),
        off={},
        counts=(),
        trial=(Doel.SPOOKBEWONING,),
        aside={Doel.SCHIJNBEWONING: (aside,)},
    )
    show.scored(done, as_json=False)
    told = capsys.readouterr().out
    assert "spookbewoning: trial: this model has not been approved by two people" in told
    assert "schijnbewoning: model version 4 not used: it reads energie" in told
    assert "schijnbewoning: no model" in told
