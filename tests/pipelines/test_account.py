"""What a publication accounts for: the documents of its own models, whole with it, and nobody in them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from features.columns import Doel
from features.errors import Refusal
from models.document import from_json as model_from_json
from models.figures_json import facts_from_json, from_json
from models.published_account import decision_from_json
from pipelines.account import add, digests, documents
from pipelines.chosen import chosen
from pipelines.promote import promote
from pipelines.settings import Settings
from pipelines.store import Publication
from tests.pipelines.bench_made_up import challenger, landed

SPOOK = Doel.SPOOKBEWONING


def test_the_model_its_facts_its_figures_and_who_let_it_in(settings: Settings) -> None:
    one = challenger(settings)
    trial = documents(chosen(landed(), settings).models, settings)
    assert set(trial) == {f"spookbewoning/{name}.json" for name in ("model", "feiten", "cijfers", "besluit")}
    assert digests(trial)["spookbewoning/model.json"] == one.sha256
    assert model_from_json(trial["spookbewoning/model.json"].decode()).base == -2.0
    assert facts_from_json(trial["spookbewoning/feiten.json"].decode()).labels == 90
    assert not decision_from_json(trial["spookbewoning/besluit.json"].decode()).approved

    promote(SPOOK, settings, proposer="anna de vries", approver="bert")
    found = documents(chosen(landed(), settings).models, settings)
    decision = decision_from_json(found["spookbewoning/besluit.json"].decode())
    assert decision.approved and decision.approved_at[:2] == "20" and decision.version == one.version
    assert "anna" not in b"".join(found.values()).decode()  # who they are stands in our own record


def test_how_much_handlers_differ_is_told_and_who_differs_is_not(settings: Settings) -> None:
    challenger(settings)
    found = documents(chosen(landed(), settings).models, settings)
    handlers = from_json(found["spookbewoning/cijfers.json"].decode()).handlers
    assert handlers is not None and handlers.handlers == 3 and handlers.effects == ()


def test_a_cold_start_has_no_model_to_account_for(settings: Settings) -> None:
    assert documents({}, settings) == {}


def test_a_model_that_is_written_back_otherwise_is_refused(settings: Settings) -> None:
    challenger(settings)
    models = chosen(landed(), settings).models
    other = replace(models[SPOOK], model=replace(models[SPOOK].model, base=-3.0))
    with pytest.raises(Refusal, match="written back"):
        documents({SPOOK: other}, settings)


def test_it_appears_with_the_publication_and_reports_follow(tmp_path: Path) -> None:
    account = {"spookbewoning/model.json": b"{}"}
    publication = Publication(tmp_path, "een")
    final = publication.publish({"verantwoording": digests(account)}, account)
    listed = json.loads((final / "manifest.json").read_text())["verantwoording"]
    assert listed == {"spookbewoning/model.json": hashlib.sha256(b"{}").hexdigest()}
    assert (final / "verantwoording" / "spookbewoning" / "model.json").read_bytes() == b"{}"
    for text in ("eerste", "tweede"):
        add(final, "bewaking.json", text)
        assert (final / "verantwoording" / "bewaking.json").read_text() == text
    assert [p.name for p in (final / "verantwoording").iterdir() if p.name.startswith(".")] == []
