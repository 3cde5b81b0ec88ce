"""The pack as people get it: from the registry, for the champion, and only when its papers belong to it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from features.columns import Doel
from features.errors import Refusal
from pipelines.pack import Packed, run
from pipelines.progress import Steps
from pipelines.promote import promote
from pipelines.settings import Settings
from tests.models.accountability.facts_made_up import ANSWERS
from tests.pipelines.bench_made_up import challenger, document_of

SPOOK = Doel.SPOOKBEWONING


def pack(settings: Settings, out: Path) -> tuple[Packed, ...]:
    return run(tuple(Doel), out, settings, Steps(quiet=True))


def test_the_challenger_until_there_is_a_champion(settings: Settings, tmp_path: Path) -> None:
    settings = replace(settings, organisatie=ANSWERS)
    first = challenger(settings)
    (done,) = pack(settings, tmp_path / "uit")
    assert (done.doel, done.alias, done.version, done.to_fill_in) == ("spookbewoning", "challenger", first.version, ())
    assert {path.name for path in done.folder.iterdir()} == set(done.files)
    promote(SPOOK, settings, proposer="anna", approver="bert")
    challenger(settings, 2.0)
    (again,) = pack(settings, tmp_path / "uit")
    assert (again.alias, again.version) == ("champion", first.version)
    card = (again.folder / "modelkaart.html").read_text()
    assert f"versie {first.version}" in card and first.sha256 in card and first.run_id in card
    entry = json.loads((again.folder / "algoritmeregister.json").read_text())
    assert entry["organisatie"] == "Gemeente Oosterveen" and first.sha256 in entry["technische_werking"]


def test_a_model_that_is_not_the_one_of_its_facts_is_not_accounted_for(settings: Settings, tmp_path: Path) -> None:
    one = challenger(settings)
    file = document_of(settings, one)
    file.write_text(file.read_text().replace('"basis": -2.0', '"basis": -3.0'))
    with pytest.raises(Refusal, match="papers are of another"):
        pack(settings, tmp_path / "uit")
    assert not (tmp_path / "uit" / "spookbewoning").exists()


def test_a_run_without_its_facts_is_refused(settings: Settings, tmp_path: Path) -> None:
    one = challenger(settings)
    document_of(settings, one).parents[2].joinpath("feiten.json").unlink()
    with pytest.raises(Refusal, match=r"no feiten\.json"):
        pack(settings, tmp_path / "uit")


def test_no_model_at_all_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no champion and no challenger"):
        pack(settings, tmp_path / "uit")
