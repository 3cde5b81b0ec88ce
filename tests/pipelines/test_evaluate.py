"""What `evaluate` tells: people get tables and sentences, machines one document without NaN; nothing is registered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from features import landing
from features.columns import Doel
from features.landing import Sources
from models.evaluate import Interval
from models.figures import MODEL
from pipelines import evaluate
from pipelines.cli import call
from pipelines.evaluate import Evaluated
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.show_evaluate import evaluated
from pipelines.train import Learned
from tests.features.tiny import table, world
from tests.models.backtest_made_up import backtest
from tests.models.trained_made_up import trained
from tests.pipelines.bench_made_up import landed

NAN = float("nan")
DONE = Evaluated(
    backtests=(backtest("spookbewoning"),),
    skipped=((Doel.SCHIJNBEWONING, "3 positives among 20 labels: too few to learn from"),),
    notes=("Twee [dubbel].",),
    leaks=("uitkomsten",),
)


def test_people_get_tables_gates_and_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    evaluated(DONE, False)
    told = capsys.readouterr().out
    found = DONE.backtests[0]
    assert MODEL in told and "0.40 (0.30 to 0.50)" in told and "capacity 40 per half year" in told
    assert all(gate.name in told for gate in found.gates)
    assert all(sentence.split(".")[0][:60] in told for sentence in found.statements)
    assert "3 positives among 20" in told and "Twee [dubbel]." in told
    assert "leak: feature uitkomsten" in told
    without_folds = told.count("contender")
    evaluated(DONE, False, with_folds=True)
    assert capsys.readouterr().out.count("contender") == without_folds + len(found.folds)


def test_machines_get_one_document_in_which_what_is_not_known_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    unknown = Interval(value=NAN, low=NAN, high=NAN)
    pooled = tuple(replace(one, average_precision=unknown) for one in DONE.backtests[0].pooled)
    evaluated(replace(DONE, backtests=(replace(DONE.backtests[0], pooled=pooled),)), True)
    document = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert document["backtests"][0]["pooled"][0]["average_precision"]["value"] is None
    assert document["backtests"][0]["folds"]
    assert document["leaks"] == ["uitkomsten"]


class Place:
    """Stands for a Landing with one signal, handled after the day that is looked at."""

    gemeente = "0175"

    def at(self, as_of: date) -> Sources:
        signal = {"adres": 0, "soort": "retourpost", "bekend": pd.Timestamp("2025-01-05")}
        return world(as_of, signalen=table(landing.SIGNALEN, [signal]))


def test_nothing_is_registered_and_the_clock_is_checked_on_request(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = replace(trained("spookbewoning"), backtest=backtest())
    monkeypatch.setattr(evaluate, "learned", lambda *_: Learned(trained=(target,), skipped=(), notes=("n",)))
    monkeypatch.setattr(evaluate, "land", lambda *_: replace(landed(), landings=(Place(),)))
    done = evaluate.run(Path("levering"), None, settings, Steps(quiet=True))
    assert (done.backtests, done.notes, done.leaks) == ((target.backtest,), ("n",), None)
    assert evaluate.run(Path("levering"), None, settings, Steps(quiet=True), leaks=True).leaks == ()


def test_the_command_refuses_what_is_not_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["evaluate", "nergens", "--json"]) == 1
    assert "nergens" in json.loads(capsys.readouterr().out)["place"]
