from __future__ import annotations

import json
import math

import pytest

from features.errors import Refusal
from models import figure_names
from models.figures_json import facts_from_json, facts_to_json, from_json, to_json
from tests.models.backtest_made_up import backtest, facts


def same(a: object, b: object) -> bool:
    return repr(a) == repr(b)  # NaN differs from itself, its text does not


def test_figures_come_back_as_they_went() -> None:
    made = backtest()
    assert same(from_json(to_json(made)), made)
    assert to_json(from_json(to_json(made))) == to_json(made)
    assert "NaN" not in to_json(made)
    assert math.isnan(from_json(to_json(made)).reliability.bins[-1].low)  # type: ignore[union-attr]


def test_a_field_with_a_default_may_be_absent_in_an_older_document() -> None:
    document = json.loads(facts_to_json(facts()))
    del document["data"]
    assert facts_from_json(json.dumps(document)).data == ()


def test_facts_come_back_as_they_went() -> None:
    assert facts_from_json(facts_to_json(facts())) == facts()


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("schema"),
        lambda d: d.pop("labels"),
        lambda d: d.update(extra=1),
        lambda d: d.update(labels="700"),
        lambda d: d.update(labels=True),
        lambda d: d.update(data=[["a"]]),
        lambda d: d.update(schema="schijnwerper/cijfers/1"),
    ],
)
def test_anything_else_is_refused(change: object) -> None:
    document = json.loads(facts_to_json(facts()))
    change(document)  # type: ignore[operator]
    with pytest.raises(Refusal, match="feiten"):
        facts_from_json(json.dumps(document))
    with pytest.raises(Refusal):
        facts_from_json("[]")


def test_every_finite_figure_has_one_name() -> None:
    found = figure_names.metrics(backtest())
    names = [name for name, _ in found]
    assert len(set(names)) == len(names)
    told = dict(found)
    assert told["later_precisie_bij_60"] == 0.40
    assert told["later_profielen_lift_bij_1pct"] == 2.0
    assert told["steekproef_gemiddelde_precisie_laag"] == pytest.approx(0.10)
    assert told["ece_hoog"] == 0.06
    assert all(math.isfinite(value) for value in told.values())
    assert not any("difference" in name for name in names)
