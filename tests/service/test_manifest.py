from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from features.columns import Doel
from features.errors import Refusal
from service.manifest import read_manifest


def write(folder: Path, content: object) -> Path:
    file = folder / "manifest.json"
    file.write_text(json.dumps(content))
    return file


def test_the_least_that_a_manifest_holds(tmp_path: Path) -> None:
    manifest = read_manifest(write(tmp_path, {"run_id": "r", "peildatum": "2026-10-01"}))
    assert manifest.peildatum == date(2026, 10, 1)
    assert manifest.model(Doel.SPOOKBEWONING).cold
    assert manifest.invoer == ()


def test_a_model_with_a_base_is_not_cold(tmp_path: Path) -> None:
    about = {"spookbewoning": {"model": "boosted", "versie": 3, "basis": -4, "cijfers": {"a": 0.5, "b": None}}}
    model = read_manifest(write(tmp_path, {"run_id": "r", "peildatum": "2026-10-01", "doelen": about})).model(
        Doel.SPOOKBEWONING
    )
    assert (model.cold, model.basis, model.versie, model.cijfers) == (False, -4.0, "3", (("a", 0.5),))


@pytest.mark.parametrize(
    "content", [[], "x", {"run_id": "r"}, {"run_id": "r", "peildatum": "2026-13-01"}, {"peildatum": "2026-10-01"}]
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(Refusal, match="last good publication"):
        read_manifest(write(tmp_path, content))
