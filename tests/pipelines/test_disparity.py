from __future__ import annotations

from types import SimpleNamespace

import pytest

from models.fairness_bounds import FairnessBounds
from pipelines import disparity as step
from pipelines.disparity import disparity
from pipelines.settings import Settings
from tests.pipelines.bench_made_up import landed


@pytest.mark.parametrize("sentences", [(), ("spookbewoning, gerangschikt: buurt “A” is te vaak gekozen.", "nog een.")])
def test_a_failed_gate_per_sentence_of_the_stop_rule_of_fairness(
    sentences: tuple[str, ...], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step.fairness, "run", lambda *_: (SimpleNamespace(doel="spookbewoning"),))
    monkeypatch.setattr(step, "stopping", lambda report, bounds: sentences)
    gates = disparity(landed(), settings.werkmap, settings)
    assert [gate.found for gate in gates if not gate.passed] == list(sentences)
    assert len(gates) == max(1, len(sentences)) and gates[0].passed is (not sentences)
    assert "0,80 tot 1,25" in gates[0].expected
    assert FairnessBounds().selectie_laag == 0.8
