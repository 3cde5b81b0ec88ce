"""The fairness gates of a newly trained model: added to those of its back-test, on its own ranking of today."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from features.columns import Doel
from models.examples import Examples
from models.fairness_bounds import FairnessBounds
from models.fairness_held_out import Flagged
from models.group_names import DWELLING, RURAL
from models.tables import TableModel, Term
from models.trained import TrainedTarget
from pipelines.audit import PER_GEMEENTE
from pipelines.fair import with_fairness
from pipelines.progress import Steps
from pipelines.settings import Settings
from tests.models.backtest_made_up import backtest
from tests.models.trained_made_up import trained
from tests.pipelines.gemeente_made_up import AS_OF, landed

SPOOK = Doel.SPOOKBEWONING
RURAL_FIRST = TableModel(
    doel="spookbewoning",
    base=0.0,
    terms=(Term(features=("buitengebied",), cuts=(np.array([0.5]),), scores=np.array([0.0, -1.0, 1.0, 0.0])),),
)


def _examples() -> Examples:
    """Four labels, two of them held out."""
    day = np.full(4, np.datetime64("2026-02-10", "s"))
    return Examples(
        X=pd.DataFrame({"x": np.zeros(4)}), y=np.array([1.0, 0, 1, 0]), labelled=np.ones(4, dtype=bool),
        address=np.arange(4) + 175 * PER_GEMEENTE, start=day, afgerond=day, steekproef=np.arange(4) == 3,
        selectiekans=np.full(4, 0.1), behandelaar=np.full(4, ""), block=np.zeros(4, dtype=np.int64), register="r",
    )  # fmt: skip


def _target() -> TrainedTarget:
    flagged = Flagged(rows=np.array([2, 3]), ahead=np.array([True, False]))
    return replace(trained("spookbewoning"), model=RURAL_FIRST, backtest=backtest("spookbewoning"), flagged=flagged)


def _judged(folder: Path, target: TrainedTarget, bounds: FairnessBounds) -> TrainedTarget:
    settings = Settings(werkmap=folder, mlflow="", taken=1, zaad=1, key=b"k" * 32, eerlijkheid=bounds)
    return with_fairness([target], {SPOOK: _examples()}, landed(folder), AS_OF, settings, Steps(quiet=True))[0]


def test_a_model_that_puts_one_group_ahead_does_not_pass_where_the_bounds_are_strict(tmp_path: Path) -> None:
    strict = FairnessBounds(kleinste_groep=10, groepen=(RURAL, DWELLING), ook_met_grond=True)
    found = _judged(tmp_path, _target(), strict).backtest
    assert found is not None
    before = backtest("spookbewoning").gates
    assert found.gates[: len(before)] == before
    rural, dwelling = found.gates[len(before) :]
    assert (rural.name, rural.passed) == ("eerlijk naar buitengebied", False)
    assert "“buitengebied”" in rural.found
    assert dwelling.passed  # all homes are of one kind: nothing to compare


def test_where_hits_may_bear_it_out_too_few_outcomes_stop_nothing(tmp_path: Path) -> None:
    found = _judged(tmp_path, _target(), FairnessBounds(kleinste_groep=10, groepen=(RURAL,))).backtest
    assert found is not None
    assert found.gates[-1].passed
    assert "te weinig uitkomsten" in found.gates[-1].found


def test_a_target_without_a_back_test_stays_as_it_was(tmp_path: Path) -> None:
    target = trained("spookbewoning")
    bare = replace(target, backtest=None)
    assert _judged(tmp_path, bare, FairnessBounds()) is bare
