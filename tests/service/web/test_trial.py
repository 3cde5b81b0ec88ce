"""A model that two people have not approved, or one that was set aside: the page says so, calmly, and only then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.manifest import read_manifest
from tests.service.publication import write_publication
from tests.service.web.test_pages import LIST, first_address

TRIAL = (
    "Proef: dit model is nog niet door twee mensen goedgekeurd.</strong> "
    "Gebruik de lijst om te beoordelen, niet om onderzoeken te beginnen."
)


def publish(folder: Path, *, cold: bool = False, **about: Any) -> None:
    """A publication whose manifest says this of the model of spookbewoning."""
    write_publication(folder, "run-1", n=40, cold=cold)
    file = folder / "run-1" / "manifest.json"
    manifest = json.loads(file.read_text())
    manifest["doelen"]["spookbewoning"] |= about
    file.write_text(json.dumps(manifest))


def test_a_trial_is_told_on_the_list_and_on_the_address(client_of: Callable[..., httpx.Client], tmp_path: Path) -> None:
    publish(tmp_path, goedgekeurd=False)
    client = client_of(tmp_path)
    assert TRIAL in client.get(LIST).text
    assert TRIAL in client.get(first_address(client)).text
    assert "Proef:" not in client.get("/ranglijsten/schijnbewoning").text


@pytest.mark.parametrize("about", [{}, {"goedgekeurd": True}, {"goedgekeurd": None}, {"goedgekeurd": "nee"}])
def test_otherwise_nothing_is_said(
    client_of: Callable[..., httpx.Client], tmp_path: Path, about: dict[str, Any]
) -> None:
    publish(tmp_path, **about)
    client = client_of(tmp_path)
    assert "Proef:" not in client.get(LIST).text and "Proef:" not in client.get(first_address(client)).text


def test_a_model_that_was_set_aside_is_named_with_its_reason(
    client_of: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    why = "Het model leest energie, en dat zit niet in deze levering"
    publish(tmp_path, cold=True, niet_gebruikt=[why], goedgekeurd=None)
    told = client_of(tmp_path).get(LIST).text
    assert "Er is een model, maar deze lijst gebruikt het niet." in told and why in told
    assert "nog niet geleerd van onderzoeken" not in told


def test_the_manifest_reads_what_scoring_wrote(tmp_path: Path) -> None:
    publish(tmp_path, goedgekeurd=False, niet_gebruikt=["Het model leerde van andere gemeenten"])
    model = next(m for m in read_manifest(tmp_path / "run-1" / "manifest.json").modellen if m.doel == "spookbewoning")
    assert model.trial and model.niet_gebruikt == ("Het model leerde van andere gemeenten",)
