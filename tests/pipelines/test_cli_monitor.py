"""`stop-lift`, `monitor` and `pack` from the command line: what they print, and how they refuse."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines import monitor, show_monitor
from pipelines.cli import call
from pipelines.monitor import Monitored
from pipelines.stop import set_stop
from tests.models.accountability.test_monitoring_page import told


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", str(tmp_path / "werk"))
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    folder = tmp_path / "pub" / "run-1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"run_id": "run-1", "peildatum": "2026-10-01"}')
    (tmp_path / "pub" / "actueel").write_text("run-1\n")
    return tmp_path / "pub"


def test_a_stop_is_lifted_by_name_and_reason(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_stop(root, ["een"], datetime(2026, 11, 20, tzinfo=UTC))
    assert call(["stop-lift", "--publicaties", str(root), "--by", "anna"]) == 1  # no reason
    assert call(["stop-lift", "--publicaties", str(root), "--by", "anna", "--reason", "hersteld", "--json"]) == 0
    document = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (document["by"], document["reason"], document["run_id"]) == ("anna", "hersteld", "run-1")
    assert "stop" not in json.loads((root / "run-1" / "manifest.json").read_text())
    assert call(["stop-lift", "--publicaties", str(root), "--by", "anna", "--reason", "weer"]) == 1
    assert "nothing to lift" in capsys.readouterr().err


def test_monitor_refuses_what_is_not_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["monitor", "nergens", "--publicaties", str(root), "--json"]) == 1
    assert "nergens" in json.loads(capsys.readouterr().out)["place"]
    assert call(["monitor", "nergens", "--publicaties", "ook-nergens"]) == 1
    assert "no publication" in capsys.readouterr().err


def test_pack_refuses_without_a_model(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["pack", "--out", str(tmp_path / "uit"), "--json"]) == 1
    assert "no champion" in json.loads(capsys.readouterr().out)["found"]


def test_what_monitor_prints(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    done = Monitored(report=told(0), html=Path("x.html"), mlflow_run="r", newly=True)
    monkeypatch.setattr(monitor, "run", lambda *_, **__: done)
    assert call(["monitor", "levering", "--publicaties", str(root)]) == 0
    out = capsys.readouterr().out
    assert "STOP" in out and "the stop flag is set on run-1" in out and "x.html" in out
    assert call(["monitor", "levering", "--publicaties", str(root), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["stop"] is True and document["newly"] is True
    band = document["targets"][0]["bands"][0]
    assert (band["name"], band["n"], band["found"]) == ("A", 20, 0)
    assert band["promised"] == pytest.approx(0.45)
    assert document["targets"][0]["bands"][1]["promised"] is None  # no NaN in JSON


def test_the_verdict_says_which_of_four_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    from dataclasses import replace

    stopped = told(0)
    calm = replace(stopped, stop=False, reasons=(), disparity=())
    said = {
        "was stopped already": Monitored(
            report=replace(stopped, stopped_since="2026-09-01"), html=None, mlflow_run="r", newly=False
        ),
        "holds until a person lifts it": Monitored(
            report=replace(calm, stopped_since="2026-09-01"), html=None, mlflow_run="r", newly=False
        ),
        "nothing to stop for": Monitored(report=calm, html=None, mlflow_run="r", newly=False),
    }
    for words, done in said.items():
        show_monitor.monitored(done, as_json=False)
        assert words in capsys.readouterr().out
