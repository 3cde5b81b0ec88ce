"""An account beside a made-up publication: a model, its facts and figures, fairness and monitoring, all small."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from models.document import to_json as model_to_json
from models.fairness import GroupFigures, Grouping, Outcomes
from models.fairness_gates import OFTEN
from models.figures_json import facts_to_json
from models.figures_json import to_json as figures_to_json
from models.proportions import Rate
from models.published_account import (
    Decision,
    FairnessAccount,
    decision_to_json,
    fairness_to_json,
    monitoring_to_json,
    without_handlers,
)
from tests.models.accountability.facts_made_up import made_up
from tests.models.accountability.test_monitoring_page import told
from tests.models.test_fairness_gates import BOUNDS, _disparity, _report

DOEL = "spookbewoning"


def account(run: Path, *, approved: bool = True, reports: bool = True) -> None:
    """Write the account of spookbewoning beside the publication in `run`, and its digest into the manifest."""
    facts = made_up()
    folder = run / "verantwoording" / DOEL
    folder.mkdir(parents=True)
    model = model_to_json(facts.model)
    assert facts.backtest is not None
    (folder / "model.json").write_text(model)
    (folder / "feiten.json").write_text(facts_to_json(facts.run))
    (folder / "cijfers.json").write_text(figures_to_json(without_handlers(facts.backtest)))
    decision = Decision(
        version="3", approved=approved, approved_at="2026-10-02T09:00:00+00:00", organisation=facts.organisation
    )
    (folder / "besluit.json").write_text(decision_to_json(decision))
    manifest = json.loads((run / "manifest.json").read_text())
    about = manifest["doelen"][DOEL]
    about |= {"digest": f"sha256:{hashlib.sha256(model.encode()).hexdigest()}", "goedgekeurd": approved}
    (run / "manifest.json").write_text(json.dumps(manifest))
    if reports:
        (folder.parent / "eerlijkheid.json").write_text(fairness_to_json(fairness(run.name)))
        (folder.parent / "bewaking.json").write_text(monitoring_to_json(told()))


def fairness(run_id: str) -> FairnessAccount:
    """One stage, one grouping: a group that is picked 3.6 times as often without ground."""
    made = _report("gerangschikt", huishouden=(_disparity("een volwassene", 3.6, (OFTEN,)),))
    rate = Rate(value=0.36, low=0.3, high=0.42, n=100)
    shown = GroupFigures(
        group="een volwassene",
        n=100,
        selected=36,
        selection=rate,
        outcomes=(Outcomes(source="onderzoeken", hit=rate, fpr=rate, fnr=rate),),
    )
    stage = made.stages[0]
    grouping: Grouping = replace(stage.groupings[0], groups=(shown,), joined=(2, 31))
    stage = replace(stage, groupings=(grouping,), outcomes=(("onderzoeken", "eerdere onderzoeken"),))
    return FairnessAccount(
        run_id=run_id, made="2026-10-02T09:00:00+00:00", reports=(replace(made, stages=(stage,)),), bounds=BOUNDS
    )
