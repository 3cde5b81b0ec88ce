"""The list of features with papers of a small gemeente: as a page and as JSON, refused under another name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from features.errors import Refusal
from features.register import FEATURES
from pipelines import papers
from pipelines.progress import Steps
from pipelines.settings import Settings
from tests.pipelines.gemeente_made_up import landed

QUIET = Steps(quiet=True)


def _settings(folder: Path) -> Settings:
    return Settings(werkmap=folder, mlflow="", taken=1, zaad=1, key=b"k" * 32)


def test_every_feature_is_listed_with_its_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = landed(tmp_path)
    monkeypatch.setattr("pipelines.papers.land", lambda levering, settings, steps: found)
    made = papers.run(tmp_path, _settings(tmp_path), QUIET, tmp_path / "uit" / "kenmerken.json")
    assert [entry.name for entry in made.entries] == [feature.name for feature in FEATURES]
    document = json.loads((tmp_path / "uit" / "kenmerken.json").read_text(encoding="utf-8"))
    assert {entry["status"] for entry in document["entries"]} == {"toegelaten", "proef"}
    people = next(entry for entry in document["entries"] if entry["name"] == "ingeschrevenen")
    assert len(people["tests"]) == 5
    # ten outcomes of schijnbewoning, five of them hits; two were drawn by lot: too few to tell
    relation = next(one for one in people["relations"] if one["doel"] == "schijnbewoning")
    assert (relation["random"]["value"], relation["random"]["n"]) == (None, 2)
    assert (relation["everything"]["value"], relation["everything"]["n"]) == (0.5, 10)
    papers.run(tmp_path, _settings(tmp_path), QUIET, tmp_path / "kenmerken.html")
    assert "Wat mag het model lezen" in (tmp_path / "kenmerken.html").read_text(encoding="utf-8")


def test_another_ending_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"ends in \.html or \.json"):
        papers.run(tmp_path / "absent", _settings(tmp_path), QUIET, tmp_path / "kenmerken.pdf")
