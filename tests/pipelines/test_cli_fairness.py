"""The commands `fairness` and `papers` as people and machines call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.cli import call
from tests.pipelines.gemeente_made_up import landed, published


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = landed(tmp_path / "landing")
    for step in ("fairness", "papers", "cbs"):
        monkeypatch.setattr(f"pipelines.{step}.land", lambda levering, settings, steps: found)
    settings = tmp_path / "schijnwerper.toml"
    settings.write_text("[eerlijkheid]\nkleinste_groep = 10\nminste_uitkomsten = 5\n", encoding="utf-8")
    monkeypatch.setenv("SCHIJNWERPER_INSTELLINGEN", str(settings))
    monkeypatch.setenv("SCHIJNWERPER_WERKMAP", str(tmp_path / "werk"))
    monkeypatch.setenv("SCHIJNWERPER_TAKEN", "1")


def test_fairness_prints_the_groups_outside_the_bounds_and_the_gates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["fairness", "levering", "--publicaties", str(published(tmp_path, 40))]) == 0
    shown = capsys.readouterr().out
    assert "gerangschikt: 40 of 119" in shown
    assert "eerlijk naar buurt" in shown


def test_fairness_as_json_holds_every_figure_and_the_unknown_ones_as_null(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["fairness", "levering", "--publicaties", str(published(tmp_path, 40)), "--json"]) == 0
    spook, _ = json.loads(capsys.readouterr().out)["reports"]
    assert [stage["name"] for stage in spook["stages"]] == [
        "gerangschikt",
        "uitgekozen",
    ]  # of spook nothing was visited
    first = spook["stages"][0]["groupings"][0]["groups"][0]
    assert first["selection"]["n"] == first["n"]


def test_the_hand_over_is_written_and_nothing_else_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cbs.csv"
    assert call(["fairness", "levering", "--cbs", str(file), "--per", "persoon"]) == 0
    assert "99 pseudonyms for CBS" in capsys.readouterr().out
    assert file.exists()
    assert (tmp_path / "cbs.csv.LEESMIJ.txt").exists()


def test_papers_prints_a_line_per_feature(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["papers", "levering"]) == 0
    shown = capsys.readouterr().out
    assert "volwassenen_zonder_gezinsband" in shown
    assert "proef" in shown
    assert call(["papers", "levering", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["entries"]) > 100
