"""Which model a publication rests on, with real training: a trial, a delivery it does not fit, one without outcomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loop.conftest import Made, Terminal, published, without


def learned(made: Made) -> list[str]:
    return [doel for doel, model in made.manifest["doelen"].items() if model["basis"] is not None]


def test_what_nobody_approved_is_published_as_a_trial(everything: Made) -> None:
    assert learned(everything)
    for doel, model in everything.manifest["doelen"].items():
        assert model["goedgekeurd"] is (False if doel in learned(everything) else None)
    assert "trial: this model has not been approved by two people" in everything.stdout


@pytest.mark.parametrize(("off", "aside"), [("energie", True), ("onderzoeken", False)])
def test_a_delivery_that_the_model_does_not_fit_is_a_cold_start(
    everything: Made, levering: Path, tmp_path: Path, off: str, aside: bool
) -> None:
    """Without a source it reads, the model is named as not used; without outcomes there is none at all."""
    delivery = without(levering, tmp_path / "levering", off)
    done = Terminal(everything.werkmap)("score", delivery, "--out", tmp_path / "publicaties")
    assert done.returncode == 0, done.stderr
    _, manifest = published(tmp_path / "publicaties")
    for doel, model in manifest["doelen"].items():
        assert model["basis"] is None and model["goedgekeurd"] is None
        if doel in learned(everything):
            told = [f"Het model leest {off}, en dat zit niet in deze levering"] if aside else []
            assert model["niet_gebruikt"] == told
            assert (f"{doel}: model version" in done.stdout) is aside
